"""Papers, twins and doubles on their pages and on that of the family."""

from datetime import date

import pytest

from balai.access.models import AuditEntry, acting
from balai.families.actions import correct_person
from balai.families.models import Family, Person
from balai.identity.models import Document
from tests.families import register
from tests.families.register import AT, BESIDE, BY, KECAMATAN
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


def test_papers_are_asked_and_kept(desk, row):
    head = register.head_of(row)
    url = f"/keluarga/{row.pk}/anggota/{head.pk}/dokumen"
    assert "Akta kelahiran" in said(desk.get(url))
    done = desk.post(url, {"card": "no", "birth": "yes", "birth_on": "1985-01-01"})
    assert done.url == f"/keluarga/{row.pk}"
    with acting(BY):
        kept = {paper.kind: (paper.is_held, paper.issued_on) for paper in Document.objects.filter(person=head)}
    assert kept == {"card": (False, None), "birth": (True, date(1985, 1, 1))}
    page = said(desk.get(f"/keluarga/{row.pk}"))
    assert "tetapi KTP belum ada" in page
    assert "belum diisi → ada" in page
    assert 'value="1985-01-01"' in said(desk.get(url))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"card_on": "2020-01-01"}, "Pilih “Ada”"),
        ({"card": "yes", "card_on": "2999-01-01"}, "belum terjadi"),
        ({"card": "perhaps"}, "Belum tersimpan"),
    ],
)
def test_a_wrong_paper_is_told_beside_the_field(desk, row, sent, told):
    response = desk.post(f"/keluarga/{row.pk}/anggota/{register.head_of(row).pk}/dokumen", sent)
    assert response.status_code == 422
    assert told in said(response)


def test_two_entries_of_one_person_are_joined_and_parted_on_the_page(desk, row):
    twin = register.family(BESIDE, [register.head("St. Rahmawati")])
    kept, other = register.head_of(row), register.head_of(twin)
    url = f"/keluarga/{row.pk}/anggota/{kept.pk}/kembar"
    assert "St. Rahmawati" in said(desk.get(url))
    assert desk.post(url, {}).status_code == 422
    assert desk.post(url, {"other": str(other.pk)}).url == f"/keluarga/{row.pk}"
    page = said(desk.get(url))
    assert "Yang sudah disatukan" in page
    assert "Tidak ada orang lain" in page
    back = desk.post(f"/keluarga/{row.pk}/anggota/{other.pk}/pisah")
    assert back.url == f"/keluarga/{twin.pk}"
    with acting(BY):
        assert Person.objects.living_here().filter(name="St. Rahmawati").exists()


def test_what_stayed_with_the_other_row_is_said(desk, row):
    twin = register.family(BESIDE, [register.head(nik=register.nik(33))])
    kept, other = register.head_of(row), register.head_of(twin)
    with acting(BY):
        given = {"name": kept.name, "sex": 2, "relation": 1, "born_on": kept.born_on, "nik": register.nik(34)}
        correct_person(by=BY, at=AT, person=kept, **given)
    response = desk.post(f"/keluarga/{row.pk}/anggota/{kept.pk}/kembar", {"other": str(other.pk)})
    assert "Sebagian isian sudah ada pada kedua catatan" in said(response)


def test_the_page_of_the_family_tells_which_papers_are_there(desk, row):
    head, spouse = register.head_of(row), None
    with acting(BY):
        spouse = Person.objects.create(
            family=row, region=row.region, name="Budi Santoso", sex=1, relation=2, born_on=date(2009, 1, 1),
            made_at=AT, made_by="uji",
        )  # fmt: skip
    for one, answers in ((head, {"card": "yes", "marriage": "yes", "birth": "no"}), (spouse, {"card": "no"})):
        desk.post(f"/keluarga/{row.pk}/anggota/{one.pk}/dokumen", answers)
    page = said(desk.get(f"/keluarga/{row.pk}"))
    panel = page[page.index('id="dokumen"') :]
    assert "Ada: KTP elektronik, Buku nikah atau akta perkawinan. Belum ada: Akta kelahiran." in panel
    assert "Wajib KTP" in panel  # married, though not yet 17
    assert "Belum ditanyakan." in panel
    assert f"/keluarga/{row.pk}/anggota/{head.pk}/dokumen" in panel
    reader = signed_in(person("village_head", register.HERE))
    assert "/dokumen" not in said(reader.get(f"/keluarga/{row.pk}"))


def test_a_family_that_was_entered_twice_leaves_the_list_and_is_read_from_then_on(desk, row):
    url = f"/keluarga/{row.pk}/keluar"
    assert "tercatat sekali lagi" in said(desk.get(url))
    assert [one.subject for one in AuditEntry.objects.get(deed="family.form").touched.all()] == [row.pk]
    assert desk.post(url, {"on": "2025-11-01"}).url == f"/keluarga/{row.pk}"
    page = said(desk.get(f"/keluarga/{row.pk}"))
    assert "tidak tinggal di sini lagi sejak 1 Nov 2025" in page
    assert "<dd>Tercatat dua kali</dd>" in page
    assert "/dokumen" not in page
    assert desk.get(url).status_code == 404


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2019-12-31", "baru tinggal di sini setelah tanggal itu"),
        ("2999-01-01", "belum terjadi"),
        ("", 'class="errors"'),
        ("x", "hari-bulan-tahun"),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_the_field(desk, on, told):
    row = register.family(since_on=date(2020, 1, 1))
    response = desk.post(f"/keluarga/{row.pk}/keluar", {"on": on})
    assert (response.status_code, told in said(response)) == (422, True)
    with acting(BY):
        assert Family.objects.get(pk=row.pk).left_on is None
