"""The invented families of the demonstration: marked, in every village that has room for one, with their answers."""

from datetime import UTC, datetime

import pytest

from balai.access.models import AuditEntry, acting
from balai.access.rules import operator
from balai.demo.rules import story
from balai.families.models import Family, IdentityNumber, Person
from balai.survey.models import ANSWERS
from balai.survey.rules import Block
from tests.demo.test_load_demo import SHORT, load

BY = operator("tester")
AT = datetime(2025, 12, 16, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_first_kabupaten_has_families_in_its_villages(tree):
    counts = load(SHORT, families=400)
    with acting(BY):
        assert counts["families"] == Family.objects.count() >= 400
        assert counts["people"] == Person.objects.count()
        assert set(Family.objects.values_list("invented", flat=True)) == {True}
        homes = set(Family.objects.values_list("region", flat=True))
        assert all(code.startswith("16.05.") for code in homes)
        assert len(homes) > 150
        assert all(row.number.startswith("00") for row in IdentityNumber.objects.all()[:50])
        assert ANSWERS[Block.HOUSING].objects.count() == counts["housing"] == 400
    told = AuditEntry.objects.filter(deed="family.load")
    assert {entry.region for entry in told} == homes


def test_the_whole_size_is_told_beside_the_usual_one():
    told = story()
    assert (told.families, told.families_full) == (12_000, 129_600)
