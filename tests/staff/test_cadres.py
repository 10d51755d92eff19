"""A list of cadres as a file: looked at row by row, applied in one go, the same again changes nothing."""

import io
import re
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.access.models import AuditEntry
from balai.accounts.models import Account, Grant, OneTimeCode
from balai.base.errors import NotValid
from balai.staff import actions
from balai.staff.actions.cadres import plan
from balai.staff.inputs.cadres import read_cadres, template
from balai.staff.rules.cadres import Cadre, Kind, text_of
from tests.accounts.seed import AT, FAR, SIBLING, VILLAGE, lay_out
from tests.people import actor, granted, person, signed_in

HEAD = ["Nama", "Nama akun", "Telepon", "Peran", "Wilayah", "Mulai", "Sampai"]


def workbook(*rows, head=HEAD):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for line, row in enumerate([head, *rows] if head else rows):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    book.close()
    return out.getvalue()


def text_file(*rows, head="Nama;Nama akun;Telepon;Peran;Wilayah;Mulai;Sampai"):
    return "\n".join([head, *rows]).encode()


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "/").replace("-", "."), content)
    return out.getvalue()


SITI = ["Siti Aminah", "", "0812-3456-7890", "Kader", VILLAGE, "", ""]


def one(*cells):
    (row,) = read_cadres("a.xlsx", workbook(list(cells)))
    return row


def test_a_row_is_read_as_it_will_be_used():
    assert one(" Siti  Aminah ", "Siti.A", "0812 3456-7890", "TPK", "16.05.01.2002 Surodadi", "1/12/2026", "") == Cadre(
        2, "Siti Aminah", "siti.a", "+6281234567890", "companion", VILLAGE, date(2026, 12, 1), None
    )


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2026-12-01", date(2026, 12, 1)), ("1-12-2026", date(2026, 12, 1)), (datetime(2026, 12, 1), date(2026, 12, 1))],  # noqa: DTZ001  a sheet knows no zone
)
def test_days_are_read_in_the_ways_people_write_them(cell, day):
    assert one("Siti", "", "", "kader", VILLAGE, cell, "").from_on == day


def test_a_moment_is_read_as_its_day():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"})
    for line, row in enumerate([HEAD, ["Siti", "", "", "kader", VILLAGE, datetime(2026, 12, 1, 9, 30)]]):  # noqa: DTZ001
        for column, cell in enumerate(row):
            (book.get_worksheet_by_name("Sheet1") or book.add_worksheet()).write(line, column, cell)
    book.close()
    assert read_cadres("a.xlsx", out.getvalue())[0].from_on == date(2026, 12, 1)


def test_numbers_in_cells_are_read_as_what_they_were():
    row = one("Siti", "", 81234567890, "kader", 1605012002, "", "")
    assert (row.phone, row.region) == ("+6281234567890", VILLAGE)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        (["", "x", "", "kader", VILLAGE], "Nama", "Tulis nama orangnya"),
        (["Siti", "a b", "", "kader", VILLAGE], "Nama akun", "tidak dapat dipakai"),
        (["Siti", "", "12", "kader", VILLAGE], "Telepon", "tidak lengkap"),
        (["Siti", "", "", "raja", VILLAGE], "Peran", "bukan peran"),
        (["Siti", "", "", "kader", ""], "Wilayah", "Tulis kode wilayahnya."),
        (["Siti", "", "", "kader", 16.05], "Wilayah", "tersimpan sebagai angka"),
        (["Siti", "", "", "kader", VILLAGE, "besok"], "Mulai", "bukan tanggal"),
        (["Siti", "", "", "kader", VILLAGE, "31-02-2026"], "Mulai", "bukan tanggal"),
        (["Siti", "", "", "kader", VILLAGE, "", "45000"], "Sampai", "bukan tanggal"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_cell(cells, column, said):
    row = one(*cells)
    assert (row.kind, row.line, row.column) == (Kind.REFUSED, 2, column)
    assert said in str(row.reason)


def test_csv_is_read_whatever_divides_it_and_however_it_is_written():
    for sign in ";,\t":
        content = sign.join(HEAD) + "\r\n\r\n" + sign.join(["Aña", "", "", "Kader", VILLAGE, "", ""])
        for encoding in ("utf-8-sig", "cp1252"):
            (row,) = read_cadres("daftar.CSV", content.encode(encoding))
            assert (row.name, row.line) == ("Aña", 3)


def test_other_headings_and_a_date_cell_are_understood():
    head = ["No", "NAMA KADER", "No. HP", "Jabatan", "Kode Desa", "Mulai bertugas", "kode desa"]
    row = read_cadres("a.xlsx", workbook([1, "Siti", "", "Kader", VILLAGE, date(2026, 1, 2), "x"], head=head))[0]
    assert (row.region, row.from_on) == (VILLAGE, date(2026, 1, 2))


def test_the_template_is_read_back():
    (row,) = read_cadres("t.xlsx", template(str))
    assert (row.role, row.region) == ("cadre", VILLAGE)


BOOK = {"xl_workbook-xml": "<workbook/>"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"x", "Hanya berkas XLSX atau CSV"),
        ("a.xlsx", b"bukan zip", "bukan buku kerja"),
        ("a.xlsx", zipped(a="b"), "bukan buku kerja XLSX"),
        ("a.xlsx", zipped(**BOOK), "rusak"),
        ("a.xlsx", zipped(**BOOK, big="0" * 3_000_000), "ditolak"),
        ("a.xlsx", workbook(head=None), "kosong"),
        ("a.xlsx", workbook(), "hanya berisi baris judul"),
        ("a.xlsx", workbook(["x"], head=["Nama"]), "Kolom Peran, Wilayah tidak ada"),
        ("a.xlsx", b"0" * (5 * 1024 * 1024 + 1), "terlalu besar"),
        ("a.csv", workbook(), "bukan berkas CSV"),
        ("a.csv", b"\0\0\0", "tidak terbaca"),
        ("a.csv", text_file('"' + "x" * 140_000), "tidak terbaca"),
        ("a.csv", text_file("x" * 5_000), "tidak terbaca"),
        ("a.csv", text_file(*["x"] * 5001), "5001 baris"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_file_that_is_no_list_is_refused_with_the_way_out(name, content, said):
    with pytest.raises(NotValid) as refused:
        read_cadres(name, content)
    assert said in str(refused.value)


@pytest.fixture
def officer(db):
    lay_out()
    return person("field_officer", "16.05.01")


def planned(officer, *rows):
    found = read_cadres("a.xlsx", workbook(*rows))
    return [(result.kind.value, result.column) for result in plan(by=actor(officer), at=AT, rows=found)]


def test_every_row_says_what_it_would_do(officer):
    same = person("cadre", VILLAGE, name="Tetap", username="tetap", phone="+62811111111")
    person("cadre", FAR, username="jauh")
    above = person("cadre", VILLAGE, name="Atas", username="atas")
    granted(above, "planner", "16.05")
    assert planned(
        officer,
        SITI,
        SITI,
        ["Tetap", "", "0811111111", "Kader", VILLAGE],
        ["tetap", "TETAP", "", "Kader", VILLAGE],
        ["Tetap", "", "0811111111", "Kader", SIBLING],
        ["Tetap", "tetap", "0822222222", "TPK", VILLAGE],
        ["Jauh", "jauh", "", "Kader", VILLAGE],
        ["Siti", "", "", "Kader", FAR],
        ["Siti", "", "", "Kader", "16.05.01.9999"],
        ["Siti", "", "", "PKB/PLKB", VILLAGE],
        ["Siti", "", "", "Kader", "16.05.01"],
        ["Siti", "", "", "Kader", VILLAGE, "2027-01-01", "2026-12-31"],
        ["Atas", "atas", "0833333333", "Kader", VILLAGE],
        ["Siti", "", "", "raja", VILLAGE],
    ) == [
        ("new", ""), ("twice", ""), ("same", ""), ("changed", ""), ("changed", ""), ("twice", ""),
        ("refused", "Nama akun"), ("refused", "Wilayah"), ("refused", "Wilayah"), ("refused", "Peran"),
        ("refused", "Wilayah"), ("refused", "Sampai"), ("refused", ""), ("refused", "Peran"),
    ]  # fmt: skip
    assert Account.objects.count() == 4
    assert same.grants.count() == 1


def test_a_list_lasts_no_longer_than_the_officer(officer):
    officer.grants.update(to_on=date(2026, 12, 31))
    assert planned(officer, [*SITI[:5], "", "2027-01-01"]) == [("refused", "Sampai")]
    actions.apply_cadres(by=actor(officer), at=AT, rows=read_cadres("a.xlsx", workbook(SITI)))
    assert Grant.objects.get(role="cadre").to_on == date(2026, 12, 31)


def test_applying_twice_changes_nothing_the_second_time(officer):
    person("cadre", SIBLING, name="Lama", username="lama", phone="+62811111111")
    rows = read_cadres("a.xlsx", workbook(
        SITI, ["Siti Aminah", "", "", "Kader", SIBLING], ["Lama Sekali", "lama", "", "TPK", VILLAGE],
        ["Siti", "", "", "raja", VILLAGE], ["Lama", "lama", "08122222222", "Kader", SIBLING],
    ))  # fmt: skip
    first = actions.apply_cadres(by=actor(officer), at=AT, rows=rows)
    assert [result.kind.value for result in first] == ["new", "new", "changed", "refused", "twice"]
    assert {result.username for result in first[:2]} == {"siti.aminah", "siti.aminah2"}
    again = actions.apply_cadres(by=actor(officer), at=AT, rows=rows[:4])
    assert [result.kind.value for result in again] == ["same", "same", "same", "refused"]
    assert (Account.objects.count(), Grant.objects.count()) == (4, 5)
    assert Account.objects.get(username="lama").name == "Lama Sekali"
    assert Account.objects.get(username="lama").phone == "+62811111111"
    detail = AuditEntry.objects.filter(deed="account.import").first().detail
    assert detail == {"new": 2, "changed": 1, "same": 0, "twice": 1, "refused": 1}


def test_only_what_differs_is_mended(officer):
    person("cadre", VILLAGE, name="Ani", username="ani")
    person("cadre", SIBLING, name="Budi", username="budi")
    rows = read_cadres(
        "a.xlsx", workbook(["Ani B", "ani", "", "Kader", VILLAGE], ["Budi", "budi", "", "Kader", VILLAGE])
    )
    done = actions.apply_cadres(by=actor(officer), at=AT, rows=rows)
    assert [[str(what) for what in result.what] for result in done] == [["Nama menjadi Ani B"], ["Penugasan baru"]]
    deeds = AuditEntry.objects.order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == ["account.correct", "grant.give", "account.import"]


def upload(client, content, name="daftar.xlsx"):
    return client.post("/petugas/impor", {"berkas": SimpleUploadedFile(name, content)})


def test_the_page_shows_first_and_applies_then(officer):
    client = signed_in(officer)
    assert client.get("/petugas/impor").status_code == 200
    assert client.get("/petugas/impor/templat.xlsx").content.startswith(b"PK")
    page = upload(client, workbook(SITI, ["X", "", "", "raja", VILLAGE])).content.decode()
    assert "bukan peran" in page
    assert Account.objects.count() == 1
    rows = re.search(r'name="rows" value="([^"]+)"', page)[1]
    slips = client.post("/petugas/impor/terapkan", {"rows": rows}).content.decode()
    assert re.search(r'class="code">[A-Z2-9]{4}-[A-Z2-9]{4}<', slips)
    assert OneTimeCode.objects.count() == 1
    assert "Tidak ada orang baru" in client.post("/petugas/impor/terapkan", {"rows": rows}).content.decode()
    assert Account.objects.count() == 2
    assert "Tidak ada yang perlu diterapkan" in upload(client, workbook(SITI)).content.decode()


def test_the_rows_of_another_officer_or_none_are_not_applied(officer):
    page = upload(signed_in(officer), workbook([*SITI[:5], "2026-12-01", ""])).content.decode()
    rows = re.search(r'name="rows" value="([^"]+)"', page)[1]
    other = signed_in(person("field_officer", "16.05.01"))
    for sent in ({"rows": rows}, {"rows": "x"}, {}):
        assert other.post("/petugas/impor/terapkan", sent).status_code == 422
    assert Account.objects.count() == 2


def test_a_file_that_cannot_be_read_is_told_on_the_page(officer):
    client = signed_in(officer)
    assert "Hanya berkas XLSX atau CSV" in upload(client, b"x", "daftar.pdf").content.decode()
    answer = client.post("/petugas/impor", {})
    assert (answer.status_code, "Pilih dahulu berkasnya." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("cell", "text"), [(81234.0, "81234"), (1.5, "1.5"), (" Siti ", "Siti"), (None, "")])
def test_a_cell_is_read_as_a_person_reads_it(cell, text):
    assert text_of(cell) == text
