"""Notes beside a person, and the family on a day of the past."""

from datetime import timedelta

import pytest

from balai.access.models import acting
from balai.base.errors import NotValid
from balai.families import actions
from balai.families.models import PastStay, Person
from balai.families.rules import Relation
from tests.families import register
from tests.families.register import AT, BESIDE, BY, HERE, KECAMATAN
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(places):
    return signed_in(person("field_officer", KECAMATAN))


@pytest.fixture
def row(places):
    return register.family(people=[register.head(), register.child()], card=register.nik(31))


def said(response):
    return response.content.decode()


def child_of(row):
    with acting(BY):
        return row.people.get(relation=Relation.CHILD)


def test_a_newborn_is_known_by_mother_and_order_until_its_nik_comes_on_the_same_row(desk, row):
    child = child_of(row)
    url = f"/keluarga/{row.pk}/anggota/{child.pk}"
    typed = {"name": "Dimas", "sex": "1", "relation": "3", "born_on": "2019-02-03", "no_nik": "newborn"}
    assert desk.post(url, typed | {"birth_order": "0"}).status_code == 422
    desk.post(url, typed | {"birth_order": "2", "mother": str(register.head_of(row).pk)})
    page = said(desk.get(f"/keluarga/{row.pk}"))
    assert "Bayi yang baru lahir" in page
    assert "kelahiran ke-2" in page
    assert "padahal sudah lebih dari satu tahun" in page
    desk.post(url, typed | {"birth_order": "2", "nik": register.nik(35)})
    with acting(BY):
        child.refresh_from_db()
        assert (child.no_nik, child.birth_order, child.numbers.get().number) == (None, 2, register.nik(35))


def test_a_number_that_comes_in_by_an_action_ends_the_reason(row):
    child = child_of(row)
    given = {"by": BY, "at": AT, "person": child, "name": "Dimas", "sex": 1, "relation": 3}
    with acting(BY):
        actions.correct_person(**given, no_nik="unknown", birth_order=1)
        child.refresh_from_db()
        assert (child.no_nik, child.birth_order) == ("unknown", 1)
        actions.correct_person(**given, nik=register.nik(36))
        child.refresh_from_db()
    assert (child.no_nik, child.birth_order) == (None, 1)


def test_other_families_of_the_same_card_are_shown_in_scope_only(desk, row):
    beside = register.family(BESIDE, [register.head()], card=register.nik(31))
    far = register.family(register.FAR, [register.head()], card=register.nik(31))
    page = said(desk.get(f"/keluarga/{row.pk}"))
    assert "KK yang sama:" in page
    assert str(beside.pk) in page
    assert str(far.pk) not in page


def test_the_family_on_a_day_of_the_past_has_those_who_lived_there_then(desk, row):
    day = AT.date()
    with acting(BY):
        child = child_of(row)
        Person.objects.filter(pk=child.pk).update(since_on=day - timedelta(days=10))
        gone = register.family(BESIDE, [register.head("Eko Prasetyo")]).people.get()
        PastStay.objects.create(
            person=gone, family=row, region=HERE, relation=Relation.OTHER, from_on=day - timedelta(days=900),
            until_on=day - timedelta(days=30), made_at=AT, made_by="uji",
        )  # fmt: skip
    url = f"/keluarga/{row.pk}/pada"
    assert "Pilih tanggal" in said(desk.get(url))
    then, today = (said(desk.get(url, {"on": str(day - timedelta(days=n))})) for n in (60, 5))
    assert [name in then for name in ("Siti Rahmawati", "Eko Prasetyo", "Dimas")] == [True, True, False]
    assert [name in today for name in ("Siti Rahmawati", "Eko Prasetyo", "Dimas")] == [True, False, True]
    assert desk.get(url, {"on": "2999-01-01"}).status_code == 422


def test_nobody_lived_there_before_the_first_came(desk, row):
    with acting(BY):
        Person.objects.filter(family=row).update(since_on=AT.date())
    page = said(desk.get(f"/keluarga/{row.pk}/pada", {"on": "2000-01-01"}))
    assert "Tidak ada orang yang tercatat" in page


@pytest.mark.parametrize("given", [{"nik": register.nik(37), "no_nik": "newborn"}, {"birth_order": 26}])
def test_what_cannot_be_of_somebody_without_a_number_is_refused(row, given):
    with acting(BY), pytest.raises(NotValid):
        actions.add_person(by=BY, at=AT, family=row, name="Adi", sex=1, relation=3, **given)
