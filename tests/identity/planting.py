"""Rows of this room that the tests of the rights of persons look for (tests/privacy/planted.py)."""

from balai.identity.models import Document
from tests.families.register import AT


def plant(family, person):
    Document.objects.create(
        person=person, family=family, region=family.region, kind="birth", is_held=True, from_on=AT.date(), made_at=AT,
        made_by="uji",
    )  # fmt: skip
