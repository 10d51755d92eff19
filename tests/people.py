"""People for tests: `person` makes an account with one grant, `signed_in` a client in which it is signed in."""

from datetime import UTC, date, datetime
from itertools import count

from django.test import Client
from django.utils import timezone

from balai.access.rules import Role
from balai.accounts.models import Account, Assignment, Grant, actor_of

SINCE = date(2025, 1, 1)
GIVEN_AT = datetime(2025, 1, 1, 2, tzinfo=UTC)
GIVEN_BY = "operator:test"
_numbers = count(1)


def person(role, region, agency="", families=(), **fields):
    """An account that holds `role` (its name or the Role) over `region`; `fields` are the account's own."""
    number = next(_numbers)
    known = {"username": f"orang{number}", "name": f"Orang {number}", "invited_at": GIVEN_AT, "invited_by": GIVEN_BY}
    account = Account(**known | fields)
    account.set_unusable_password()
    account.save()
    granted(account, role, region, agency, families)
    return account


def granted(account, role, region, agency="", families=(), **fields):
    """One more grant, given by the operator."""
    name = role.name if isinstance(role, Role) else role
    known = {"from_on": SINCE, "given_at": GIVEN_AT, "given_by": GIVEN_BY}
    grant = Grant.objects.create(account=account, role=name, region=region, agency=agency, **known | fields)
    Assignment.objects.bulk_create(
        Assignment(grant=grant, family=family, given_at=GIVEN_AT, given_by=GIVEN_BY) for family in families
    )
    return grant


def actor(account, assurance=2, hat=None):
    """Who acts when the account asks for a page today."""
    return actor_of(account, {"hat": hat, "assurance": assurance}, timezone.localdate())  # noqa: TID251  as the pages do


def signed_in(account, assurance=2, hat=None, **session):
    """A client whose session is the account's; `session` are further keys of it."""
    client = Client()
    client.force_login(account)
    now = timezone.now().isoformat()  # noqa: TID251  as the pages do
    kept = client.session
    kept.update({"assurance": assurance, "began_at": now, "seen_at": now, **session})
    if hat:
        kept["hat"] = hat
    kept.save()
    return client
