"""The few invented families: like families, marked, entered by the same door, with numbers that nobody can have."""

from datetime import UTC, datetime

import numpy as np
import pytest

from balai.access.models import AuditEntry, acting
from balai.access.rules import operator
from balai.demo.actions import load_demo
from balai.demo.rules import story
from balai.demo.rules.families import EACH, VILLAGES, invent_families
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import Relation, check
from balai.regions.models import Place
from tests.demo.test_load_demo import SHORT

ON = story().exported_on
BY = operator("tester")
AT = datetime(2025, 12, 16, 3, 0, tzinfo=UTC)


def invented(seed, first=0):
    return list(invent_families(np.random.default_rng(seed), ON, first))


@pytest.mark.parametrize("seed", range(8))
def test_invented_families_are_families(seed):
    found = invented(seed)
    assert len(found) == EACH
    for one in found:
        check(one.people, ON)
        assert one.since_on < ON
    kinds = {tuple(sorted({person.relation for person in one.people})) for one in found}
    assert (Relation.HEAD, Relation.SPOUSE, Relation.CHILD) in kinds


def test_a_mother_is_at_least_nineteen_years_older_than_her_child():
    for one in (family for seed in range(8) for family in invented(seed)):
        women = [
            person for person in one.people if person.relation <= Relation.SPOUSE and person.sex == 2 and person.born_on
        ]
        children = [person for person in one.people if person.relation == Relation.CHILD and person.born_on]
        assert all((child.born_on - woman.born_on).days > 18 * 365 for woman in women for child in children)


def test_a_seed_tells_the_same_families_again():
    assert invented(3) == invented(3) != invented(4)


def test_the_numbers_are_of_no_province_and_each_is_given_once():
    found = [*invented(1), *invented(2, first=EACH * 10)]
    numbers = [number for one in found for number in (one.card, *(person.nik for person in one.people)) if number]
    assert all(number.startswith("00") and len(number) == 16 for number in numbers)
    assert len(set(numbers)) == len(numbers) > 60


@pytest.mark.django_db
def test_the_demonstration_enters_them_by_the_door_of_a_kader(tree):
    counts = load_demo(by=BY, at=AT, told=SHORT)
    with acting(BY):
        assert counts["families"] == Family.objects.count() == VILLAGES * EACH
        assert set(Family.objects.values_list("invented", flat=True)) == {True}
        homes = set(Family.objects.values_list("region", flat=True))
        assert homes == set(Person.objects.values_list("region", flat=True))
        assert homes == set(Place.objects.within("16.05").villages().order_by("pk").values_list("pk", flat=True)[:2])
        assert all(row.number.startswith("00") for row in IdentityNumber.objects.all())
    assert AuditEntry.objects.filter(deed="family.add").count() == VILLAGES * EACH
