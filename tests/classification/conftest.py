from datetime import UTC, date, datetime

import pytest

from balai.access.rules import operator
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.villages.models import AgencyActivity, Answer, Companion, DataHouse, Document, KampungKB, VillageMonth

AT = datetime(2025, 12, 6, 3, 0, tzinfo=UTC)
VILLAGE = "76.05.03.2024"
OTHER = "76.05.03.2025"
STAMP = {"recorded_at": AT, "recorded_by": "test", "source": "test"}


class World:
    """Villages built by hand: what the registry's own actions would write."""

    def __init__(self):
        names = ((Level.PROVINCE, "76", "Sulawesi Barat"), (Level.KABUPATEN, "76.05", "Majene"),
                 (Level.KECAMATAN, "76.05.03", "Sendana"), (Level.VILLAGE, VILLAGE, "Mosso"),
                 (Level.VILLAGE, OTHER, "Limboro"), (Level.PROVINCE, "16", "Sumatera Selatan"))  # fmt: skip
        for level, code, name in names:
            Place.objects.create(code=code, level=level, kind="x", name=name, search_name=name.upper(), source="test")

    def kampung(self, code=VILLAGE, number=1, earliest=date(2019, 1, 1), latest=date(2019, 1, 1), **more):
        return KampungKB.objects.create(
            village_id=code, number=number, founded_earliest=earliest, founded_latest=latest, **STAMP, **more
        )

    def answer(self, kampung, item, value, on=date(2025, 1, 1), at=AT):
        return Answer.objects.create(
            kampung=kampung, village_code=kampung.village_id, item=item, value=value, from_on=on,
            recorded_at=at, recorded_by="test", source="test",
        )  # fmt: skip

    def figures(self, code=VILLAGE, period="2025-11", **values):
        return VillageMonth.objects.create(code=code, period=period, **values)

    def activity(self, agency, on, code=VILLAGE, **more):
        return AgencyActivity.objects.create(village_id=code, agency=agency, on=on, **STAMP, **more)

    def document(self, kampung, kind, from_on=None, to_on=None, **more):
        return Document.objects.create(
            kampung=kampung, kind=kind, level="kades", from_on=from_on, to_on=to_on, **STAMP, **more
        )

    def companion(self, kampung, kind, from_on=None, to_on=None):
        return Companion.objects.create(kampung=kampung, kind=kind, from_on=from_on, to_on=to_on, **STAMP)

    def house(self, exists, from_on=None, to_on=None, code=VILLAGE):
        return DataHouse.objects.create(village_id=code, exists=exists, from_on=from_on, to_on=to_on, **STAMP)


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def by():
    return operator("test")


@pytest.fixture
def at():
    return AT
