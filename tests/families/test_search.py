"""Looking for a family in all of one's region, by how a name sounds or by an address."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from balai.access.models import AuditEntry, acting
from balai.families.models import LastWrite, Person, find_families
from tests.families import register
from tests.families.register import BESIDE, BY, FAR, HERE, KECAMATAN, RT1
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(places):
    return signed_in(person("field_officer", "16.05"))


@pytest.fixture
def families(places):
    """Name of the head -> family."""
    rows = {
        "Soekarno Wijaya": register.family(HERE, [register.head("Soekarno Wijaya")], address="Gang Mawar 12"),
        "Muhammad Rizki": register.family(BESIDE, [register.head("Muhammad Rizki")], address="Jalan Kenanga"),
        "Suwarno": register.family(RT1, [register.head("Suwarno"), register.child("Fitri Sukarno")]),
        "Sukarno": register.family(FAR, [register.head("Sukarno")]),
    }
    return {row.pk: name for name, row in rows.items()}


def found(families, text, code="", most=9, by=None):
    with acting(by or register.actor("field_officer", "16.05")):
        return {families[pk]: name for pk, name in find_families(code, text, most).items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sukarno", {"Soekarno Wijaya": "Soekarno Wijaya", "Suwarno": "Fitri Sukarno"}),
        ("Wijaya", {"Soekarno Wijaya": "Soekarno Wijaya"}),
        ("wij soek", {"Soekarno Wijaya": "Soekarno Wijaya"}),
        ("sukarno wijaja", {"Soekarno Wijaya": "Soekarno Wijaya"}),
        ("Moh. Rizqy", {"Muhammad Rizki": "Muhammad Rizki"}),
        ("muhammad", {"Muhammad Rizki": "Muhammad Rizki"}),
        ("mawar", {"Soekarno Wijaya": ""}),
        ("Gang Mawar 12", {"Soekarno Wijaya": ""}),
        ("Tidak Ada", {}),
        ("%", {}),
        ("", {}),
    ],
)
def test_a_family_is_found_by_the_sound_of_a_name_or_its_address_in_scope(families, text, names):
    assert found(families, text) == names


def test_a_kecamatan_narrows_and_no_more_than_asked_are_given(families):
    assert found(families, "sukarno", code="16.05.02") == {}
    assert len(found(families, "sukarno", most=1)) == 1
    assert len(found(families, "jalan", most=1)) == 1


def test_whoever_is_restricted_or_gone_is_not_found(families):
    with acting(BY):
        Person.objects.filter(name="Fitri Sukarno").update(restricted_at=register.AT, restricted_by="x")
        Person.objects.filter(name="Soekarno Wijaya").update(gone_on=register.AT.date(), gone_reason="died")
    assert found(families, "sukarno") == {}


def test_a_corrected_name_is_found_as_it_is_now(families):
    with acting(BY):
        one = Person.objects.get(name="Suwarno")
        register.actions.correct_person(by=BY, at=register.AT, person=one, name="Joko", sex=1, relation=1)
    assert found(families, "Djoko") == {"Suwarno": "Joko"}
    assert found(families, "Suwarno") == {}


def test_the_page_finds_and_tells_whom_and_records_the_families(desk, families):
    said = desk.post("/keluarga/cari", {"cari": "sukarno"}).content.decode()
    assert "2 keluarga cocok" in said
    assert all(shown in said for shown in ("Soekarno Wijaya", "anggota: Fitri Sukarno", "Gang Mawar 12"))
    entry = AuditEntry.objects.filter(deed="family.search").latest("pk")
    assert {families[pk] for pk in entry.touched.values_list("subject", flat=True)} == {"Soekarno Wijaya", "Suwarno"}
    assert "sukarno" not in str(entry.detail).lower()


def test_the_page_is_empty_before_and_helpful_after_nothing(desk, families):
    assert "Pencarian ini tercatat" in desk.get("/keluarga/cari").content.decode()
    assert "Tidak ada yang cocok" in desk.post("/keluarga/cari", {"cari": "zzz"}).content.decode()
    assert desk.post("/keluarga/cari", {"cari": ""}).status_code == 422
    assert desk.post("/keluarga/cari", {"cari": "a", "di": "99"}).status_code == 422


def test_too_many_are_cut_and_said(desk, places, monkeypatch):
    monkeypatch.setattr("balai.families.views.search.MOST", 1)
    for _twice in range(2):
        register.family(HERE, [register.head("Sukarno")])
    assert "Lebih dari 1 keluarga cocok" in desk.post("/keluarga/cari", {"cari": "sukarno"}).content.decode()


def test_one_kecamatan_is_not_asked_for(places):
    desk = signed_in(person("field_officer", KECAMATAN))
    assert 'name="di"' in (said := desk.get("/keluarga/cari").content.decode())
    assert "<select" not in said


def test_a_village_s_list_is_narrowed_by_place_children_and_missing_numbers(desk, places):
    born = timezone.localdate() - timedelta(days=400)  # noqa: TID251  as the pages do
    register.family(RT1, [register.head("Ani", nik=register.nik(41)), register.child(born_on=born)])
    register.family(register.RT2, [register.head("Budi", nik=register.nik(42))])
    for asked, names in (
        ({"di": RT1}, ["Ani"]), ({"hanya": "balita"}, ["Ani"]), ({"hanya": "nik"}, ["Ani"]),
        ({"di": register.RT2, "hanya": "nik"}, []), ({"cari": "boedi"}, ["Budi"]), ({"di": "99"}, ["Ani", "Budi"]),
    ):  # fmt: skip
        page = desk.post(f"/keluarga/desa/{HERE}", asked).content.decode()
        assert [name for name in ("Ani", "Budi") if f">{name}</a>" in page] == names


def order_of(page):
    return re.findall(r'href="/keluarga/[0-9a-f-]{36}">(\w+)</a>', page.content.decode())


@pytest.mark.parametrize(
    ("order", "names"),
    [("", ["Ani", "Budi", "Cici"]), ("rt", ["Cici", "Ani", "Budi"]), ("ubah", ["Budi", "Cici", "Ani"]),
     ("-called", ["Ani", "Budi", "Cici"])],
)  # fmt: skip
def test_a_village_s_list_is_in_the_order_that_its_address_says(desk, places, order, names):
    made = {
        name: register.family(region, [register.head(name, nik=register.nik(number))])
        for number, (name, region) in enumerate((("Ani", register.RT2), ("Cici", RT1), ("Budi", register.RT2)), 51)
    }
    with acting(register.BY):
        for number, name in enumerate(("Ani", "Cici", "Budi")):
            at = register.AT + timedelta(days=number)
            LastWrite.objects.note([made[name].pk], entry=1, at=at, by="uji")
    address = f"/keluarga/desa/{HERE}"
    said = desk.get(address, {"urut": order})
    assert order_of(said) == names
    assert ("terakhir diubah" in said.content.decode()) is (order == "ubah")
    assert order_of(desk.post(address, {"cari": "", "halaman": "1", "urut": order})) == names
    known = address if order in ("", "-called") else f"{address}?urut={order}"
    assert desk.post(address, {"cari": "", "urut": order}).headers["Location"] == known
    live = desk.post(address, {"cari": "bud", "urut": order}, headers={"HX-Request": "true"})
    assert live.headers["HX-Replace-Url"] == known


def test_a_family_that_came_with_a_file_was_changed_when_it_came(desk, places):
    made = register.family(RT1, [register.head("Ani")])
    with acting(register.BY):
        LastWrite.objects.filter(family=made).delete()
    assert "terakhir diubah 16 Des 2025" in desk.get(f"/keluarga/desa/{HERE}?urut=ubah").content.decode()
