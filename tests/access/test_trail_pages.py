"""The trail as pages: scoped, filtered, exported, and itself recorded (T23, T32)."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from balai.access.actions import forget_changes
from balai.access.models import AuditEntry
from balai.access.rules import operator
from balai.access.views.trail import ON_A_PAGE
from tests.access.trails import AT, CADRE, FAMILIES, MAJENE, actor, entry, many, several
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
NIK = "1605024107" + "900001"


@pytest.fixture
def dpo(tree):
    """The data protection officer of Kabupaten Majene, signed in."""
    return signed_in(person("auditor", MAJENE))


def rows(response):
    return [row["entry"] for row in response.context["rows"]]


def test_the_page_begins_with_what_it_means_and_shows_the_newest_first(dpo):
    several(3)
    response = dpo.get("/jejak")
    page = response.content.decode()
    assert "siapa melakukan atau melihat apa, kapan, dan mengapa" in page
    assert "3 catatan cocok" in page
    assert [one.number for one in rows(response)] == [3, 2, 1]
    assert "membuka halaman keluarga" in page
    assert "Kader" in page
    assert response.headers["Cache-Control"] == "no-store, private"


def test_only_the_reader_s_own_region_is_there(dpo):
    entry(region="16.05.01.2002")
    entry(region="")
    assert rows(dpo.get("/jejak")) == []
    other = AuditEntry.objects.get(region="", deed="family.view")
    assert dpo.get(f"/jejak/{other.pk}").status_code == 404
    assert dpo.get("/jejak/99999999999999999999").status_code == 404


def test_who_may_not_read_the_trail_is_turned_away(tree, client):
    for path in ("/jejak", "/jejak/1", "/jejak/kebocoran", "/jejak/kebocoran/surat", "/jejak/ekspor.csv",
                 "/jejak/kebocoran/ekspor.csv"):  # fmt: skip
        assert client.get(path).status_code == 302
        assert signed_in(person("family_office", MAJENE)).get(path).status_code == 403


def test_reading_the_trail_is_recorded_where_the_reader_is(dpo):
    dpo.get("/jejak?wilayah=76.05.03&perbuatan=family")
    read = AuditEntry.objects.get(deed="trail.read")
    assert (read.region, read.hat, read.detail) == (MAJENE, "auditor", {"wilayah": "76.05.03", "perbuatan": "family"})
    assert [one.deed for one in rows(dpo.get("/jejak"))] == ["trail.read"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("akun=" + str(CADRE.account), [4, 3, 1]),
        ("akun=account:" + str(CADRE.account), [4, 3, 1]),
        ("akun=operator:uji", [2]),
        ("perbuatan=family", [3, 1]),
        ("perbuatan=family.view", [1]),
        ("perbuatan=fam", []),
        ("wilayah=76.05.01", [3]),
        ("wilayah=76.05", [4, 3, 2, 1]),
        ("perihal=subjek+2", [3]),
        ("perihal=" + str(FAMILIES[3]), [4]),
        ("dari=2026-03-02", [4]),
        ("sampai=2026-03-01", [3, 2, 1]),
        ("dari=2026-03-01&sampai=2026-03-02", [4, 3, 2, 1]),
        ("sebelum=0", []),
        ("sebelum=abc", [4, 3, 2, 1]),
        ("sebelum=99999999999999999999", [4, 3, 2, 1]),
        ("subject__startswith=x&_connector=OR&order_by=hash", [4, 3, 2, 1]),
    ],
)
def test_filters_narrow_by_known_names_only(dpo, query, numbers):
    entry(0, subjects=FAMILIES[:2])
    entry(1, by=operator("uji"), deed="regions.add")
    entry(2, region="76.05.01.1001", deed="family.add.many")
    entry(3, deed="number.reveal", subjects=[FAMILIES[3]], at=AT + timedelta(days=1))
    assert [one.number for one in rows(dpo.get(f"/jejak?{query}"))] == numbers


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("wilayah=76.5", "bukan kode wilayah"),
        ("perbuatan=%3Cscript%3E", "bukan nama perbuatan"),
        ("dari=kemarin", "bukan tanggal"),
        ("sampai=9999-12-31", "bukan tanggal"),
        ("dari=2026-03-02&sampai=2026-03-01", "sesudah awalnya"),
        (f"perihal={NIK}", "tidak dicari di sini"),
        (f"akun={NIK}", "tidak dicari di sini"),
    ],
)
def test_what_is_wrong_in_a_filter_is_said_and_finds_nothing(dpo, query, said):
    several(2)
    response = dpo.get(f"/jejak?{query}")
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert rows(response) == []
    assert NIK not in page
    assert "<script>" not in page
    assert not AuditEntry.objects.filter(detail__contains=NIK).exists()


def test_older_entries_are_a_page_further(dpo):
    several(ON_A_PAGE + 5)
    first = dpo.get("/jejak?wilayah=76.05")
    older = first.context["older"]
    assert len(rows(first)) == ON_A_PAGE
    assert f"sebelum={older}" in first.content.decode()
    second = dpo.get(f"/jejak?wilayah=76.05&sebelum={older}")
    assert [one.number for one in rows(second)] == [5, 4, 3, 2, 1]
    assert second.context["older"] is None
    assert "Yang terbaru" in second.content.decode()


def test_more_than_can_be_counted_is_said_so(tree):
    many(10_001, regions=("76.05.03.2024",))
    page = signed_in(person("auditor", MAJENE)).get("/jejak").content.decode()
    assert "Lebih dari 10.000 catatan" in page


def test_an_empty_trail_says_what_to_do(dpo):
    assert "Longgarkan saringannya" in dpo.get("/jejak?perihal=tidak-ada").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_seen_can_be_taken_along_and_nothing_in_it_runs(dpo, kind):
    for number, sign in enumerate("=+-@\t＝"):
        entry(number, subject=f"{sign}HYPERLINK(1)", why="@SUM(1)")
    response = dpo.get(f"/jejak/ekspor.{kind}?wilayah=76.05")
    assert response.headers["Content-Disposition"] == f'attachment; filename="balai-jejak.{kind}"'
    if kind == "csv":
        lines = list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))
        assert all(line[7].startswith("'") and line[9].startswith("'") for line in lines[1:])
    else:
        assert b"<f>" not in response.content
        lines = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert len(lines) == 7
    taken = AuditEntry.objects.get(deed="trail.export")
    assert taken.detail == {"wilayah": "76.05", "kind": kind, "rows": 6}


@pytest.mark.parametrize("path", ["/jejak/ekspor.pdf", "/jejak/ekspor.csv?wilayah=x", "/jejak/kebocoran/ekspor.pdf",
                                  "/jejak/kebocoran/ekspor.csv", "/jejak/kebocoran/surat"])  # fmt: skip
def test_a_file_that_cannot_be_is_not_found(dpo, path):
    assert dpo.get(path).status_code == 404


def test_an_entry_says_everything_but_personal_values(dpo):
    made = entry(
        subjects=FAMILIES[:1], why="kunjungan rumah", changes={"name": ("Siti", "Sitti")}, detail={"people": 2}
    )
    page = dpo.get(f"/jejak/{made.pk}").content.decode()
    for said in ("kunjungan rumah", str(FAMILIES[0]), "people", made.hash, "bukan perangkat terdaftar", "<code>name"):
        assert said in page
    assert "Siti" not in page
    assert "tidak dibuka bagi peran Anda" in page
    read = AuditEntry.objects.get(deed="trail.read")
    assert (read.subject, read.detail) == (str(made.pk), {"entry": made.pk})


def test_values_of_no_person_are_shown_before_and_after(dpo):
    made = entry(deed="kampung.correct", changes={"name": ("Surodadi", None)}, region=MAJENE)
    page = dpo.get(f"/jejak/{made.pk}").content.decode()
    assert "<td>Surodadi</td><td>–</td>" in page


def test_an_erased_entry_says_when_it_was_erased(dpo):
    made = entry(subjects=FAMILIES[:1], why="Bu Siti", changes={"name": ("Siti", "Sitti")})
    forget_changes(by=operator("uji"), at=AT, subjects=FAMILIES[:1], region=MAJENE)
    page = dpo.get(f"/jejak/{made.pk}").content.decode()
    assert "dikosongkan pada 1 Maret 2026" in page
    assert "Siti" not in page


def test_an_entry_of_a_device_and_of_a_stranger_are_shown(dpo):
    device = actor("cadre", MAJENE, device=FAMILIES[5])
    made = entry(by=device)
    assert str(FAMILIES[5]) in dpo.get(f"/jejak/{made.pk}").content.decode()


def asked(path="", **more):
    given = {"akun": CADRE.account, "dari": "2026-03-01", "sampai": "2026-03-01", **more}
    return f"/jejak/kebocoran{path}?" + "&".join(f"{key}={value}" for key, value in given.items())


@pytest.fixture
def reached():
    """Families 0 and 1 seen twice and once, family 2 by another account, family 3 elsewhere, an account of staff."""
    entry(0, subjects=FAMILIES[:2])
    entry(1, subjects=FAMILIES[:1], deed="number.reveal", why="memastikan")
    entry(2, subjects=[FAMILIES[2]], by=actor("cadre", MAJENE, 7))
    entry(3, subjects=[FAMILIES[3]], region="16.05.01.2002")
    entry(4, subjects=[FAMILIES[4]], deed="account.move")
    entry(5, subjects=[FAMILIES[5]], at=AT + timedelta(days=1))


def test_the_form_of_a_breach_says_what_it_is_for(dpo):
    page = dpo.get("/jejak/kebocoran").content.decode()
    assert "Pasal 46" in page
    assert not AuditEntry.objects.filter(deed="breach.list").exists()


def test_everybody_reached_is_listed_with_data_and_times(dpo, reached):
    response = dpo.get(asked())
    listed = {one.subject: (one.times, data) for one, data in response.context["rows"]}
    assert listed == {
        FAMILIES[0]: (2, ["nama, alamat, tanggal lahir, dan hubungan keluarga", "nomor NIK atau KK"]),
        FAMILIES[1]: (1, ["nama, alamat, tanggal lahir, dan hubungan keluarga"]),
    }
    page = response.content.decode()
    assert "2 keluarga dan orang" in page
    assert "72 jam" in page
    assert AuditEntry.objects.get(deed="breach.list").detail["affected"] == 2


def test_nobody_reached_is_said(dpo, reached):
    assert "tidak membuka atau mengubah" in dpo.get(asked(dari="2026-05-01", sampai="2026-05-01")).content.decode()


@pytest.mark.parametrize(
    ("given", "said"), [({"akun": ""}, "Isi bagian ini"), ({"dari": "x"}, "bukan tanggal"), ({"akun": NIK}, "tidak")]
)
def test_what_is_missing_of_a_breach_is_said_and_what_was_typed_stays(dpo, reached, given, said):
    response = dpo.get(asked(**given))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'value="2026-03-02T00:00"' in response.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_taken_along(dpo, reached, kind):
    content = dpo.get(asked(f"/ekspor.{kind}")).content
    if kind == "csv":
        lines = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    else:
        lines = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [line[0] for line in lines[1:]] == [str(FAMILIES[0]), str(FAMILIES[1])]
    assert [line[1] for line in lines[1:]] == ["P3, P4", "P3"]
    assert lines[1][4] == "2026-03-01 08:00:00+07:00"


def test_the_letter_to_one_person_names_the_data_of_that_person(dpo, reached):
    page = dpo.get(asked("/surat", orang=FAMILIES[1])).content.decode()
    assert "nama, alamat, tanggal lahir" in page
    assert "nomor NIK" not in page
    assert "1 kali" in page
    assert dpo.get(asked("/surat", orang=FAMILIES[2])).status_code == 404


def test_the_letter_to_the_authority_tells_of_all(dpo, reached):
    page = dpo.get(asked("/surat")).content.decode()
    assert "2 keluarga dan orang" in page
    assert "nomor NIK atau KK" in page
    assert "lembaga penyelenggara" in page
    assert AuditEntry.objects.filter(deed="breach.letter").count() == 1
