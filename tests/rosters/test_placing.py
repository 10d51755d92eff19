"""Families whose RT is not known stand in a list of their own until somebody places them."""

import pytest

from balai.access.models import acting
from balai.base.errors import NotValid
from balai.families.models import Family
from balai.rosters import actions
from tests.families import register
from tests.families.register import AT, BY, FAR, HERE, RT1, RT2
from tests.people import person, signed_in
from tests.reports import seed
from tests.rosters.lists import applied, officer, row, sent, xlsx

PAGE = f"/impor/desa/{HERE}/tanpa-rt"


@pytest.fixture
def places(db):
    return register.places(seed.places())


@pytest.fixture
def desk(places):
    return signed_in(person("field_officer", HERE))


def names(page):
    return page.content.decode()


def test_a_list_says_that_its_rt_is_unknown_and_the_family_stands_in_the_list(desk):
    by = officer()
    roster = applied(by, sent(by, xlsx([row(1, "Budi Santoso", "L", RT="9"), row(2, "Joko", "L", card=2, RT="1")])))
    said = roster.notes[0][0] % roster.notes[0][1]
    assert said.startswith("1 RT, RW, atau dusun belum terdaftar di desa ini: RT 9.")
    assert "“RT belum ditentukan”" in said
    page = names(desk.get(PAGE))
    assert "Budi Santoso" in page
    assert "RT 9" in page
    assert "Joko" not in page


def test_those_that_are_ticked_are_placed_at_once(desk):
    one, other = register.family(people=[register.head("Budi")]), register.family(people=[register.head("Joko")])
    page = names(desk.post(PAGE, {"di": RT1, "keluarga": [str(one.pk)]}))
    assert "1 keluarga baru saja ditempatkan." in page
    with acting(BY):
        assert [Family.objects.get(pk=row.pk).region for row in (one, other)] == [RT1, HERE]
    assert "Joko" in page


@pytest.mark.parametrize("given", [{"di": RT1}, {"di": FAR, "keluarga": ["x"]}, {"keluarga": ["x"]}])
def test_without_a_place_or_a_family_nothing_happens(desk, given):
    row = register.family()
    if "keluarga" in given:
        given = given | {"keluarga": [str(row.pk)]}
    page = desk.post(PAGE, given)
    assert page.status_code == 422
    assert "Tandai keluarganya, lalu pilih tempatnya." in names(page)
    with acting(BY):
        assert Family.objects.get(pk=row.pk).region == HERE


def test_what_is_no_family_is_refused(desk):
    assert desk.post(PAGE, {"di": RT1, "keluarga": ["x"]}).status_code == 422


def test_where_everybody_has_a_place_the_page_says_so(desk):
    assert "Semua keluarga di sini sudah punya RT, RW, atau dusun." in names(desk.get(PAGE))


def test_a_village_without_places_below_says_what_is_missing(places):
    code = "16.05.01.2003"
    register.family(code, people=[register.head("Budi")])
    page = names(signed_in(person("field_officer", code)).get(f"/impor/desa/{code}/tanpa-rt"))
    assert "belum punya RT, RW, atau dusun dalam daftar wilayah" in page
    assert "Budi" in page


def test_who_was_placed_meanwhile_stays_there(places):
    row = register.family()
    with acting(BY):
        assert actions.place_families(by=BY, at=AT, families=[row.pk], region=RT2) == 1
        assert actions.place_families(by=BY, at=AT, families=[row.pk], region=RT1) == 0
        assert Family.objects.get(pk=row.pk).region == RT2
        with pytest.raises(NotValid, match="Pilih RT, RW, atau dusunnya."):
            actions.place_families(by=BY, at=AT, families=[row.pk], region=HERE)
