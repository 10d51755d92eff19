"""Rows of this room that the tests of the rights of persons look for (tests/privacy/planted.py)."""

from datetime import timedelta
from uuid import uuid4

from balai.survey.models import ANSWERS, Draft
from tests.families.register import AT


def plant(family, person):
    for model in ANSWERS.values():
        subject = {"person": person} if model.subject == "person" else {}
        model.objects.create(
            family=family, region=family.region, from_on=AT.date() - timedelta(days=30), made_at=AT, made_by="uji",
            **subject,
        )  # fmt: skip
    draft = Draft(account=uuid4(), family=family, person=person, region=family.region, block="planning", updated_at=AT)
    draft.hold({"answers": {"method": 5}})
    draft.save(force_insert=True)
