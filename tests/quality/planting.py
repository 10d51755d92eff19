"""Rows of this room that the tests of the rights of persons look for (tests/privacy/planted.py)."""

from balai.families.models import LastWrite
from balai.quality.models import Verification
from tests.families.register import AT


def plant(family, person):
    LastWrite.objects.note([family.pk], entry=1, at=AT, by="uji")
    Verification.objects.create(
        family=family, region=family.region, village=family.region[:13], outcome="sent_back", reason="uji", year=2025,
        entry=1, decided_at=AT, decided_by="uji", until_at=AT, undone_at=AT, undone_by="uji",
    )  # fmt: skip
