"""Rows of this room that the tests of the rights of persons look for (tests/privacy/planted.py)."""

from datetime import timedelta

from balai.families.models import PastStay
from tests.families.register import AT


def plant(family, person):
    day = AT.date()
    PastStay.objects.create(
        person=person, family=family, region=family.region, relation=person.relation,
        from_on=day - timedelta(days=900), until_on=day - timedelta(days=30), made_at=AT, made_by="uji",
    )  # fmt: skip
