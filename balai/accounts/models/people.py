"""Whom an officer sees: people who work inside the officer's own regions, and those who last did."""

from django.db.models import Exists, OuterRef

from balai.accounts.models.account import Account
from balai.accounts.models.grants import Grant, inside


def people_of(actor, on):
    """Accounts with an open grant inside the actor's ranges; somebody without any open grant is still seen where the
    grants once were, so that the person can be given a new one."""
    of_person, here = Grant.objects.filter(account=OuterRef("pk")), inside(actor.ranges)
    still, once = of_person.open(on), of_person.filter(here)
    return Account.objects.filter(Exists(still.filter(here)) | (~Exists(still) & Exists(once)))
