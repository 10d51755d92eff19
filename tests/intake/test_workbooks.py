import io
import json
import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from balai.base.errors import NotValid
from balai.intake.inputs import sheet_reader, workbooks


def book(path, **sheets):
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for line, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    page.write(line, place, cell)
    return path


def read(path, **options):
    with workbooks.sheets(path, **options) as sheets:
        return {name: [(row.line, row.cells) for row in rows] for name, rows in sheets}


def test_sheets_are_read_in_order_as_text_with_the_row_numbers_of_the_sheet(tmp_path):
    path = book(tmp_path / "a.xlsx", Satu=[["A", "B"], [36.0, 1.5], [], ["x", True]], Dua=[["C"]], Kosong=[])
    assert read(path) == {
        "Satu": [(1, ["A", "B"]), (2, ["36", "1.5"]), (3, ["", ""]), (4, ["x", "ya"])],
        "Dua": [(1, ["C"])],
        "Kosong": [],
    }


def test_a_sheet_that_is_not_read_to_its_end_is_passed(tmp_path):
    path = book(tmp_path / "a.xlsx", Satu=[["A"], ["B"]], Dua=[["C"]])
    with workbooks.sheets(path) as sheets:
        assert [name for name, _rows in sheets] == ["Satu", "Dua"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(36.0, "36"), (1.25, "1.25"), (1e20, "1e+20"), (True, "ya"), (False, "tidak"), (date(2025, 1, 2), "2025-01-02"),
     (datetime.fromisoformat("2025-01-02"), "2025-01-02"),
      (datetime.fromisoformat("2025-01-02 03:00"), "2025-01-02 03:00:00"),
     (time(3), "03:00:00"),
     (timedelta(hours=1), "1:00:00"), ("x", "x"), ("", "")],
)  # fmt: skip
def test_a_cell_is_the_text_that_a_person_sees(cell, text):
    assert sheet_reader.text(cell) == text


def test_the_child_writes_names_and_rows_as_lines(tmp_path):
    out = io.StringIO()
    sheet_reader.write(str(book(tmp_path / "a.xlsx", Satu=[["A"], [2]])), out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == ["Satu", ["A"], ["2"]]


def test_the_child_limits_itself():
    code = (
        "import resource; from balai.intake.inputs import sheet_reader; sheet_reader.limit();"
        "print([resource.getrlimit(one)[0] for one in"
        " (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [1 << 30, 60, 512 << 20, 0]


def test_the_limits_are_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(sheet_reader.resource, "setrlimit", lambda kind, value: asked.append(value))
    sheet_reader.limit()
    assert (1 << 30, 1 << 30) in asked


def zipped(path, entries, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        for name, content in entries:
            archive.writestr(name, content)
    return path


def test_a_bomb_of_high_ratio_is_refused(tmp_path):
    with pytest.raises(NotValid, match="bom"):
        workbooks.check(zipped(tmp_path / "a.xlsx", [("xl/a.xml", b"0" * 5_000_000)]))


def test_too_much_when_unpacked_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 1000)
    with pytest.raises(NotValid, match="bom"):
        workbooks.check(zipped(tmp_path / "a.xlsx", [("xl/a.xml", bytes(range(256)) * 5)], zipfile.ZIP_STORED))


def test_too_many_entries_are_refused(tmp_path):
    with pytest.raises(NotValid, match="bom"):
        workbooks.check(zipped(tmp_path / "a.xlsx", [(f"xl/{n}", b"x") for n in range(201)]))


def test_other_ways_of_packing_are_refused(tmp_path):
    with pytest.raises(NotValid, match="bom"):
        workbooks.check(zipped(tmp_path / "a.xlsx", [("xl/a", b"x")], zipfile.ZIP_BZIP2))


def test_overlapping_entries_are_refused(tmp_path):
    """Two entries of the directory that point at the same bytes (CVE-2024-0450)."""
    path = zipped(tmp_path / "a.xlsx", [("xl/aaa", b"x" * 500), ("xl/bbb", b"x" * 500)], zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 1)
    third = content.index(b"PK\x01\x02", second + 1)
    content[third + 42 : third + 46] = content[second + 42 : second + 46]
    path.write_bytes(bytes(content))
    with pytest.raises(NotValid, match="bom"):
        workbooks.check(path)


def test_an_entry_that_runs_into_the_directory_is_refused(tmp_path):
    path = zipped(tmp_path / "a.xlsx", [("xl/aaa", b"x" * 500)], zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    last = content.rindex(b"PK\x01\x02")
    content[last + 20 : last + 24] = struct.pack("<L", 5000)
    content[last + 24 : last + 28] = struct.pack("<L", 5000)
    path.write_bytes(bytes(content))
    with pytest.raises(NotValid, match="bom"):
        workbooks.check(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.xlsx", b"A;B\n1;2\n", "bukan berkas XLSX"), ("a.xlsx", b"PK\x03\x04half", "bukan berkas XLSX"),
     ("a.xls", b"<html><table>", "bukan berkas XLS"), ("a.xlsx", b"", "bukan berkas XLSX")],
)  # fmt: skip
def test_a_file_that_is_not_what_its_name_says_is_not_valid(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotValid, match=said):
        workbooks.check(path)


def test_another_zip_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme", "x")
    with pytest.raises(NotValid, match="bukan berkas XLSX"):
        workbooks.check(tmp_path / "a.xlsx")


def test_a_large_file_is_refused_before_it_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST", 10)
    with pytest.raises(NotValid, match="20 MB"):
        workbooks.check(book(tmp_path / "a.xlsx", A=[["x"]]))


def test_a_broken_workbook_is_not_valid(tmp_path):
    with pytest.raises(NotValid, match="rusak"):
        read(zipped(tmp_path / "a.xlsx", []))


def test_an_old_workbook_goes_to_the_child(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(workbooks.OLE + b"nothing that could be read")
    with pytest.raises(NotValid, match="rusak"):
        read(path)


def test_a_child_that_takes_too_long_is_ended(tmp_path):
    with pytest.raises(NotValid, match="tidak selesai"):
        read(book(tmp_path / "a.xlsx", A=[["x"]]), timeout=0.001)
