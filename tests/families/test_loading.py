"""Families by the thousand: what stands in the register afterwards is what a form would have written."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from balai.access.models import AuditEntry, acting, pour
from balai.base.errors import NotAllowed, NotValid
from balai.families import actions, rules
from balai.families.models import Family, IdentityNumber, PastStay, Person
from balai.families.rules import Home, Newcomer, Relation, Sex
from tests.families import register
from tests.families.register import AT, BY, FAR, HERE, RT1

MOTHER, CHILD = uuid4(), uuid4()


def newcomer(**given):
    known = {
        "id": uuid4(), "name": "Siti Rahmawati", "sex": Sex.FEMALE, "relation": Relation.HEAD,
        "born_on": date(1984, 5, 17),
    }  # fmt: skip
    return Newcomer(**known | given)


def baby(mother, **given):
    known = {"name": "Dimas", "sex": Sex.MALE, "relation": Relation.CHILD, "born_on": date(2019, 2, 3)}
    return newcomer(**known | {"mother": mother.id} | given)


def home(*people, region=HERE, **more):
    mother = newcomer()
    return Home(id=uuid4(), region=region, people=people or (mother, baby(mother)), **more)


def load(*homes, by=BY, **more):
    with acting(by):
        return actions.load_families(by=by, at=AT, homes=iter(homes), source="uji", **more)


def test_a_family_loaded_stands_as_one_that_was_typed(places):
    mother = newcomer(nik=register.nik(7), since_on=date(2020, 1, 1))
    child = baby(mother, no_nik="newborn", birth_order=2)
    one = home(mother, child, region=RT1, address="  Jalan   Melati 4", since_on=date(2019, 1, 1), card=register.nik(8))
    assert load(one) == rules.Loaded(families=1, people=2)
    with acting(BY):
        family = Family.objects.get(pk=one.id)
        assert (family.region, family.address, family.since_on) == (RT1, "Jalan Melati 4", date(2019, 1, 1))
        assert (family.made_at, family.made_by, family.invented) == (AT, BY.name, False)
        head, born = family.people.in_order()
        assert (head.pk, head.name, head.sex, head.relation) == (mother.id, "Siti Rahmawati", 2, 1)
        assert (head.born_on, head.since_on, head.region) == (date(1984, 5, 17), date(2020, 1, 1), RT1)
        assert (born.mother, born.no_nik, born.birth_order) == (head, "newborn", 2)
        assert head.numbers.get().number == register.nik(7)
        assert family.numbers.get(kind="kk").number == register.nik(8)


def test_a_loaded_number_is_found_as_a_typed_one(places):
    load(home(newcomer(nik=register.nik(9))))
    with acting(BY):
        assert IdentityNumber.objects.with_number("nik", register.nik(9)).count() == 1


def test_a_number_is_taken_as_people_write_it_and_nines_are_no_number(places):
    one, other = newcomer(nik="0000 0001 0180 0011"), newcomer(nik="9" * 16)
    load(home(one, card="9" * 16), home(other))
    with acting(BY):
        assert [row.number for row in IdentityNumber.objects.all()] == [register.nik(11)]


def test_the_trail_has_an_entry_for_each_village_and_thousand(places, monkeypatch):
    monkeypatch.setattr(rules, "HOMES_AT_ONCE", 2)
    here = [home() for _ in range(3)]
    far, seen = home(region=FAR), []
    batch = uuid4()
    assert load(*here, far, batch=batch, progress=seen.append) == rules.Loaded(families=4, people=8)
    entries = AuditEntry.objects.filter(deed="family.load").order_by("pk")
    assert [(entry.region, entry.detail["families"], entry.detail["people"]) for entry in entries] == [
        (HERE, 2, 4), (HERE, 1, 2), (FAR, 1, 2),
    ]  # fmt: skip
    assert {entry.subject for entry in entries} == {str(batch)}
    assert set(entries[0].touched.values_list("subject", flat=True)) == {here[0].id, here[1].id}
    assert seen == [2, 4]


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (lambda one: replace(one, people=()), "Keluarga ke-2: Belum ada kepala keluarga"),
        (lambda one: replace(one, since_on=date(2999, 1, 1)), "Keluarga ke-2: Tanggal ini belum terjadi"),
        (lambda one: replace(one, address="x" * 201), "Keluarga ke-2: Isian ini terlalu panjang"),
        (lambda one: replace(one, people=(newcomer(name="x" * 121),)), "Keluarga ke-2, orang ke-1: Isian ini terlalu"),
        (lambda one: replace(one, people=(newcomer(name="B4YU"),)), "Keluarga ke-2, orang ke-1: Nama hanya berisi"),
        (lambda one: replace(one, people=(newcomer(nik="12"),)), "Nomor ini berisi 2 angka"),
        (lambda one: replace(one, people=(newcomer(nik="1" * 16, no_nik="newborn"),)), "Alasan tidak ada NIK"),
        (lambda one: replace(one, people=(newcomer(no_nik="lost"),)), "Alasan tidak ada NIK"),
        (lambda one: replace(one, people=(newcomer(birth_order=0),)), "Urutan kelahiran"),
        (lambda one: replace(one, people=(newcomer(since_on=date(2999, 1, 1)),)), "orang ke-1: Tanggal ini belum"),
        (lambda one: replace(one, people=(newcomer(mother=uuid4()),)), "orang ke-1: Ibu dipilih"),
        (lambda one: replace(one, people=(newcomer(id=MOTHER, mother=MOTHER),)), "orang ke-1: Ibu dipilih"),
        (lambda one: replace(one, region="16.05.01"), "Tempat 16.05.01 bukan desa"),
        (lambda one: replace(one, region="16.05.01.9999"), "Tempat 16.05.01.9999 bukan desa"),
    ],
)
def test_what_a_form_refuses_is_refused_by_row_and_nothing_is_kept(places, spoilt, said):
    with pytest.raises(NotValid) as caught:
        load(home(), spoilt(home()))
    assert str(caught.value).startswith(said) or said in str(caught.value)
    with acting(BY):
        assert not Family.objects.exists()
        assert not Person.objects.exists()


def test_one_place_out_of_scope_refuses_the_whole_load(officer, places):
    with pytest.raises(NotAllowed):
        load(home(), home(region=FAR), by=officer)
    with acting(BY):
        assert not Family.objects.exists()


def test_who_reads_names_only_loads_nothing(places):
    reader = register.actor("auditor", register.KABUPATEN)
    with pytest.raises(NotAllowed):
        load(home(), by=reader)


def test_an_assigned_companion_loads_nothing(places):
    companion = register.actor("companion", HERE, families=[])
    with pytest.raises(NotAllowed, match="dicatat oleh kader"):
        load(home(), by=companion)


def test_the_walls_of_the_database_let_a_load_through_in_the_role_of_the_app(officer, places, as_app):
    one = home(newcomer(nik=register.nik(12)))
    with as_app():
        load(one, by=officer)
        assert Family.objects.filter(pk=one.id).exists()


def test_nothing_to_load_is_no_harm(places):
    assert load() == rules.Loaded(families=0, people=0)


def past_of(family):
    head = register.head_of(family)
    return {
        "id": [uuid4()], "person_id": [head.pk], "family_id": [family.pk], "region": [HERE], "relation": [1],
        "until_on": [AT.date()], "made_at": [AT],
    }  # fmt: skip


def test_the_assigned_pour_only_for_their_families(places, as_app):
    mine, other = (past_of(register.family()) for _each in range(2))
    companion = register.actor("companion", HERE, families=mine["family_id"])
    with as_app(), acting(companion):
        pour(PastStay, mine, made_by="uji")
        with pytest.raises(NotAllowed), transaction.atomic():
            pour(PastStay, other, made_by="uji")
        assert PastStay.objects.get().family_id == mine["family_id"][0]


def test_moments_and_defaults_are_poured_as_they_are_saved(places):
    family = register.family()
    with acting(BY):
        pour(PastStay, past_of(family), made_by="uji")
        row = PastStay.objects.get()
    assert (row.made_at, row.from_on, row.made_by) == (AT, None, "uji")
