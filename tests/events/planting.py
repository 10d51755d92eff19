"""Rows of this room that the tests of the rights of persons look for (tests/privacy/planted.py)."""

from balai.events.models import Imprint, LifeEvent
from balai.vault.models import imprints
from tests.families.register import AT


def plant(family, person):
    event = LifeEvent.objects.create(
        kind="moved_in", family=family, person=person, region=family.region, on=AT.date(), people=1, steps=1,
        made_at=AT, made_by="uji", undone_at=AT, undone_by="uji",
    )  # fmt: skip
    Imprint.objects.create(
        event=event, step=0, family=family, person=person, region=family.region, touched=person.pk, made_at=AT,
        image=imprints.of_made(person),
    )  # fmt: skip
