"""Entering and correcting: what stands in the register and in the trail afterwards."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from balai.access.models import AuditEntry, acting
from balai.access.rules import STRANGER
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families import actions
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import Relation, Sex
from balai.regions.models import Place
from tests.families import register
from tests.families.register import AT, BESIDE, FAR, HERE, KABUPATEN, KECAMATAN, RT1

pytestmark = pytest.mark.django_db


def entry(deed):
    return AuditEntry.objects.filter(deed=deed).latest("pk")


def subjects(deed):
    return set(entry(deed).touched.values_list("subject", flat=True))


def test_a_family_is_entered_with_its_people_and_numbers(officer):
    number, card = register.nik(), register.nik()
    people = [register.head(name="  Siti  Rahmawati ", nik=number), register.child()]
    row = actions.add_family(
        by=officer, at=AT, region=HERE, people=people, address=" Jalan\tMelati  4", since_on=date(2010, 1, 1), card=card
    )
    assert (row.region, row.address, row.since_on, row.made_by) == (
        HERE, "Jalan Melati 4", date(2010, 1, 1), officer.name,
    )  # fmt: skip
    assert list(row.people.in_order().values_list("name", "relation", "region")) == [
        ("Siti Rahmawati", 1, HERE),
        ("Dimas Prasetyo", 3, HERE),
    ]
    assert {(one.kind, one.number, one.region) for one in row.numbers.all()} == {
        ("nik", number, HERE),
        ("kk", card, HERE),
    }
    assert subjects("family.add") == {row.pk, *row.people.values_list("pk", flat=True)}
    assert entry("family.add").region == HERE


def test_a_number_stands_nowhere_in_clear(officer):
    number = register.nik()
    register.family(people=[register.head(nik=number)], card=number)
    rows = IdentityNumber.objects.values_list("sealed", "blind")
    assert not any(number.encode() in bytes(sealed) or number in blind for sealed, blind in rows)
    assert len({bytes(sealed) for sealed, _blind in rows}) == 2
    assert not AuditEntry.objects.filter(detail__contains=number).exists()


@pytest.mark.parametrize("written", ["", "   ", "9" * 16, "9999 9999 9999 9999"])
def test_an_unknown_number_is_no_number(officer, written):
    row = register.family(people=[register.head(nik=written)], card=written)
    assert not row.numbers.exists()


def test_a_nik_never_tells_a_day_of_birth(officer):
    row = register.family(people=[register.head(born_on=None, nik="00" * 3 + "570584" + "0001")])
    assert row.people.get().born_on is None


@pytest.mark.parametrize("region", [KECAMATAN, KABUPATEN, "16.05.01.9999", "99", RT1 + "9"])
def test_a_family_is_at_home_in_a_village_or_below_it(places, region):
    with pytest.raises(NotValid, match="Pilih desa"):
        register.family(region)
    with acting(register.BY):
        assert not Family.objects.exists()


def test_a_family_can_be_at_home_in_an_rt(officer):
    assert register.family(RT1).region == RT1


def test_no_family_is_entered_in_a_village_that_is_gone(places):
    Place.objects.filter(pk=HERE).update(valid_to=date(2025, 1, 1))
    with pytest.raises(NotValid):
        register.family(HERE)


WHO = [
    ("cadre", HERE, HERE, True),
    ("cadre", RT1, RT1, True),
    ("cadre", RT1, HERE, False),
    ("cadre", BESIDE, HERE, False),
    ("field_officer", KECAMATAN, HERE, True),
    ("field_officer", KECAMATAN, FAR, False),
    ("family_office", KABUPATEN, HERE, True),
    ("companion", HERE, HERE, False),
    ("village_editor", HERE, HERE, False),
    ("village_head", HERE, HERE, False),
    ("agency_officer", KABUPATEN, HERE, False),
    ("planner", KABUPATEN, HERE, False),
    ("system_admin", "", HERE, False),
    ("auditor", KABUPATEN, HERE, False),
]


@pytest.mark.parametrize(("role", "region", "where", "may"), WHO)
def test_who_may_enter_a_family(places, role, region, where, may):
    who = register.actor(role, region, families=[] if role == "companion" else None)
    if may:
        assert register.family(where, by=who)
    else:
        with pytest.raises(NotAllowed):
            register.family(where, by=who)
        assert not AuditEntry.objects.filter(deed="family.add").exists()


def test_a_companion_works_for_the_families_assigned_only(places):
    mine, other = register.family(), register.family()
    who = register.actor("companion", HERE, families=[mine.pk])
    with acting(who):
        actions.correct_family(by=who, at=AT, family=mine, address="Jalan Baru 1", since_on=None)
        assert mine.pk == Family.objects.get().pk
        with pytest.raises(NotAllowed):
            actions.correct_family(by=who, at=AT, family=other, address="Jalan Baru 1", since_on=None)


def test_what_the_caller_has_in_hand_decides_nothing(places):
    """A row got elsewhere is looked up again in the scope of `by`, and its region is not believed."""
    far = register.family(FAR)
    far.region = HERE
    who = register.actor("field_officer", KECAMATAN)
    with acting(who), pytest.raises(NotAllowed):
        actions.correct_family(by=who, at=AT, family=far, address="", since_on=None)
    person = register.head_of(far)
    person.region = HERE
    with acting(who), pytest.raises(NotAllowed):
        actions.correct_person(by=who, at=AT, person=person, name="Lain", sex=1, relation=1)
    with acting(register.BY), pytest.raises(NotAllowed):
        actions.correct_family(by=STRANGER, at=AT, family=far, address="", since_on=None)


def test_a_correction_keeps_what_was_there(officer):
    row = register.family(card=register.nik(4321))
    actions.correct_family(
        by=officer, at=AT, family=row, address="Jalan Kenanga 9", since_on=date(2001, 2, 3), card=register.nik(8765)
    )
    assert entry("family.correct").change.values == {
        "address": ["Jalan Melati 4", "Jalan Kenanga 9"],
        "since_on": [None, "2001-02-03"],
        "kk": ["•••• •••• •••• 4321", "•••• •••• •••• 8765"],
    }
    assert register.number_of(row).number.endswith("8765")


def test_a_correction_that_changes_nothing_says_so(officer):
    row = register.family(card=register.nik(4321))
    actions.correct_family(by=officer, at=AT, family=row, address=row.address, since_on=None, card=register.nik(4321))
    assert not hasattr(entry("family.correct"), "change")
    assert row.numbers.count() == 1


def test_an_empty_number_leaves_what_is_there_and_a_first_one_is_written(officer):
    row = register.family(card=register.nik(4321))
    actions.correct_family(by=officer, at=AT, family=row, address="", since_on=None)
    assert row.numbers.get().number == register.nik(4321)
    head = row.people.get(relation=Relation.HEAD)
    given = {"name": head.name, "sex": head.sex, "relation": 1, "born_on": head.born_on}
    actions.correct_person(by=officer, at=AT, person=head, nik=register.nik(77), **given)
    assert entry("person.correct").change.values == {"nik": ["", "•••• •••• •••• 0077"]}
    assert register.number_of(head).number == register.nik(77)


def test_a_person_is_added_and_corrected(officer):
    row = register.family()
    mother = row.people.get(relation=Relation.HEAD)
    person = actions.add_person(
        by=officer, at=AT, family=row, name="Ayu", sex=Sex.FEMALE, relation=Relation.CHILD, born_on=date(2021, 1, 1),
        mother=mother, nik=register.nik(11),
    )  # fmt: skip
    assert (person.region, person.mother, register.number_of(person).number) == (HERE, mother, register.nik(11))
    assert subjects("person.add") == {row.pk, person.pk}
    person = actions.correct_person(
        by=officer, at=AT, person=person, name="Ayu Lestari", sex=Sex.MALE, relation=Relation.OTHER, mother=None
    )
    assert entry("person.correct").change.values == {
        "name": ["Ayu", "Ayu Lestari"], "sex": [2, 1], "relation": [3, 4], "born_on": ["2021-01-01", None],
        "mother": [str(mother.pk), None],
    }  # fmt: skip
    person.refresh_from_db()
    assert (person.name, person.mother) == ("Ayu Lestari", None)


def test_a_family_has_one_head_and_one_spouse(officer):
    row = register.family()
    for relation in (Relation.HEAD, Relation.SPOUSE):
        add = {"by": officer, "at": AT, "family": row, "name": "Budi", "sex": Sex.MALE, "relation": relation}
        if relation is Relation.SPOUSE:
            actions.add_person(**add)
        with pytest.raises(NotValid, match="satu"):
            actions.add_person(**add)


@pytest.mark.parametrize(("number", "relation"), [(0, Relation.CHILD), (1, Relation.HEAD)])
def test_another_head_is_no_correction(officer, number, relation):
    person = list(register.family().people.in_order())[number]
    with pytest.raises(Refused, match="Pergantian kepala keluarga"):
        actions.correct_person(by=officer, at=AT, person=person, name="Budi", sex=1, relation=relation)


def test_a_mother_is_a_woman_of_the_same_family_and_not_oneself(officer):
    row, other = register.family(), register.family()
    head, child = row.people.in_order()
    stranger = other.people.get(relation=Relation.HEAD)
    given = {"by": officer, "at": AT, "person": child, "name": "Dimas", "sex": Sex.FEMALE, "relation": 3}
    for mother in (stranger, child):
        with pytest.raises(NotValid, match="Ibu dipilih"):
            actions.correct_person(mother=mother, **given)
    with pytest.raises(NotValid, match="Ibu dipilih"):
        actions.correct_person(mother=head, born_on=date(1970, 1, 1), **given)
    assert actions.correct_person(mother=head, **given).mother == head


def test_who_is_restricted_is_kept_and_not_worked_on(officer):
    row = register.family(people=[register.head(nik=register.nik(5)), register.child()])
    head, child = row.people.in_order()
    Person.objects.filter(pk=head.pk).update(restricted_at=AT, restricted_by="account:x")
    with pytest.raises(Refused, match="dibatasi"):
        actions.correct_person(by=officer, at=AT, person=head, name="Budi", sex=1, relation=1)
    with pytest.raises(NotValid, match="Ibu dipilih"):
        actions.correct_person(by=officer, at=AT, person=child, name="Dimas", sex=1, relation=3, mother=head)


def test_a_mother_who_is_restricted_stays_the_mother(officer):
    head, child = register.family().people.in_order()
    given = {"by": officer, "at": AT, "person": child, "name": "Dimas P.", "sex": Sex.MALE, "relation": 3}
    actions.correct_person(mother=head, **given)
    Person.objects.filter(pk=head.pk).update(restricted_at=AT, restricted_by="account:x")
    assert actions.correct_person(**given).mother_id == head.pk


def test_a_place_of_the_village_is_corrected_with_all_that_stands_there(officer):
    row = register.family(people=[register.head(nik=register.nik()), register.child()], card=register.nik())
    given = {"by": officer, "at": AT, "family": row, "address": row.address, "since_on": None}
    actions.correct_family(**given, region=RT1)
    for rows in (Family.objects, Person.objects, IdentityNumber.objects):
        assert set(rows.values_list("region", flat=True)) == {RT1}
    assert entry("family.correct").change.values == {"region": [HERE, RT1]}
    for region, said in ((BESIDE, "di desa lain"), (KECAMATAN, "Pilih desa")):
        with pytest.raises(NotValid, match=said):
            actions.correct_family(**given, region=region)
    with pytest.raises(NotAllowed):
        actions.correct_family(**given, region=FAR)


def test_a_family_does_not_come_tomorrow(places):
    with pytest.raises(NotValid, match="belum terjadi"):
        register.family(since_on=date(2025, 12, 17))


def test_nothing_is_written_where_the_trail_is_not(officer):
    """An entry that cannot be written takes the change back with it."""
    broken = replace(officer, device="no device at all")
    with pytest.raises(AttributeError):
        actions.add_family(by=broken, at=AT, region=HERE, people=[register.head()])
    assert not Family.objects.exists()


def test_a_family_that_is_not_there_is_out_of_reach(officer):
    with pytest.raises(NotAllowed):
        actions.correct_family(by=officer, at=AT, family=Family(pk=uuid4()), address="", since_on=None)
