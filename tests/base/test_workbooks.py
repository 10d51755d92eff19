"""Tables that people send in: what is read, and what harms nobody."""

import io
import json
import resource
import subprocess
import sys
import tempfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.base.errors import NotValid
from balai.base.workbooks import Row, check, child, guard, read_sheets
from balai.base.workbooks.reading import Merged
from tests.base import books
from tests.base.books import BOMBS, CELLS, OLE, book, packed, rows


def read(source, name="a.xlsx", **options):
    with read_sheets(source, name=name, **options) as sheets:
        return {sheet.name: [(row.line, row.cells) for row in sheet.rows] for sheet in sheets}


def refusal(source, name="a.xlsx", **options):
    with pytest.raises(NotValid) as refused:
        read(source, name, **options)
    assert str(refused.value).startswith(name)
    return str(refused.value)


def test_sheets_come_in_order_with_the_row_numbers_that_a_person_sees():
    content = book(Satu=[["A", "B"], [36.0, 1.5], [], ["x", True, None]], Kosong=[], Dua=[["C"]])
    assert read(content) == {
        "Satu": [(1, ["A", "B"]), (2, [36, 1.5]), (4, ["x", True])],
        "Kosong": [],
        "Dua": [(1, ["C"])],
    }


def test_a_cell_is_text_number_date_or_nothing():
    moment = datetime.fromisoformat("2026-01-02 03:00")
    cells = [date(2026, 1, 2), moment, time(3), "001", 10**15 + 1, 2**40]
    ((row,),) = read(book(A=[cells])).values()
    assert row[1] == [date(2026, 1, 2), moment, "03:00:00", "001", 1e15 + 1, 2**40]
    assert isinstance(row[1][4], float)


def test_beyond_the_last_cell_there_is_nothing():
    row = Row(1, ["a", None, 3])
    assert [row[0], row[1], row[2], row[3], row[99]] == ["a", None, 3, None, None]


def test_size_joined_cells_and_hidden_sheets_are_told():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet("Terlihat")
        page.merge_range(2, 1, 3, 4, "Ibu")
        made.add_worksheet("Tersembunyi").hide()
    with read_sheets(out.getvalue(), name="a.xlsx") as sheets:
        seen, hidden = sheets
    assert (seen.width, seen.height, seen.merged, seen.hidden) == (2, 3, (Merged(3, 1, 4, 4),), False)
    assert (hidden.width, hidden.height, hidden.merged, hidden.hidden) == (0, 0, (), True)


def test_a_page_that_is_only_a_chart_is_no_sheet():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        made.add_worksheet("Data").write(0, 0, 1)
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Data!$A$1:$A$1"})
        made.add_chartsheet("Grafik").set_chart(chart)
    assert list(read(out.getvalue())) == ["Data"]
    assert [line["name"] for line in written(out.getvalue())[1] if isinstance(line, dict)] == ["Data"]


def test_a_sheet_that_is_not_read_to_its_end_is_passed(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(book(Satu=[["A"], ["B"]], Dua=[["C"]]))
    with read_sheets(tmp_path / "a.xlsx") as sheets:
        assert [sheet.name for sheet in sheets] == ["Satu", "Dua"]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=6))
def test_what_was_written_is_read(table):
    filled = [(line, list(cells)) for line, cells in enumerate(table, start=1)]
    for _line, cells in filled:
        while cells and cells[-1] is None:
            cells.pop()
    assert read(book(A=table))["A"] == [(line, cells) for line, cells in filled if cells]


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_is_meant_to_harm_is_refused_with_a_sentence(name):
    content, said = BOMBS[name]
    assert said in refusal(content)


def test_at_least_twenty_bombs_are_tried():
    assert len(BOMBS) >= 20


# VmHWM is the process's own; what getrusage says of it begins with the size of the one that started it.
PEAK = """
import re, resource, sys
from pathlib import Path
from balai.base.errors import NotValid
from balai.base.workbooks import read_sheets
try:
    with read_sheets(Path(sys.argv[1])) as sheets:
        print(sum(len(list(sheet.rows)) for sheet in sheets))
except NotValid:
    print("refused")
own = int(re.search(r"VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1])
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


def peak(tmp_path, content):
    """What came out, and the highest memory of reader and child in MB."""
    (tmp_path / "a.xlsx").write_bytes(content)
    done = subprocess.run([sys.executable, "-c", PEAK, tmp_path / "a.xlsx"], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("name", ["ratio", "entities", "cells far apart", "lying about its size"])
def test_a_bomb_costs_little_memory(tmp_path, name):
    said, megabytes = peak(tmp_path, BOMBS[name][0])
    assert said == "refused"
    assert int(megabytes) < 300


def test_a_million_rows_with_nothing_in_them_cost_little(tmp_path):
    blank = "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(2, 1_000_000))
    content = rows(books.ONE_CELL + blank + '<row r="1000000"><c r="A1000000"><v>2</v></c></row>')
    found, megabytes = peak(tmp_path, content)
    assert found == "2"
    assert int(megabytes) < 400


def test_a_workbook_padded_beyond_bearing_names_the_way_out(monkeypatch):
    monkeypatch.setattr(guard, "LARGEST_UNPACKED", 5_000)
    assert "Hapus baris dan kolom kosong" in refusal(packed())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "kosong"),
        ("a.xlsx", b"Nama;NIK", "bukan buku kerja. Buka"),
        ("a.xlsx", b"%PDF-1.7", "isinya PDF"),
        ("a.xls", b"<html><table>", "isinya HTML"),
        ("a.xlsx", OLE, "adalah XLS, bentuk lama"),
        ("a.xls", packed(), "sebenarnya XLSX"),
        ("a.xls", OLE + "_VBA_PROJECT_CUR".encode("utf-16-le"), "memuat makro"),
        ("a.xls", OLE + b"nothing that could be read", "rusak"),
        ("a.xlsx", packed({"word/document.xml": "<a/>"}), "bukan buku kerja XLSX"),
        ("a.xlsx", packed({"xl/workbook.xml": "<x/>"}), "rusak"),
        ("a.xlsx", b"0" * (20 * 1024 * 1024 + 1), "paling banyak 20 MB"),
        ("a.csv", b"", "kosong"),
        ("a.csv", packed(), "isinya ZIP/XLSX"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_another_kind_of_file_is_named_with_the_way_out(name, content, said):
    assert said in refusal(content, name, legacy=True)


def test_an_old_workbook_is_let_in_only_when_asked_for():
    assert "adalah XLS" in refusal(OLE + b"x", "a.xls")


def test_the_largest_size_may_be_less():
    assert "paling banyak 1 MB" in refusal(b"0" * (1024 * 1024 + 1), largest=1024 * 1024)


def test_a_part_that_is_no_xml_may_hold_anything():
    assert read(packed(**{"xl/printerSettings/printerSettings1.bin": b"\0<!DOCTYPE"})) == {"A": [(1, [1])]}


def test_a_checked_file_can_be_read_from_its_beginning():
    file = io.BytesIO(book(A=[["x"]]))
    check(file, "a.xlsx")
    assert file.tell() == 0


def test_a_word_between_two_blocks_is_found():
    for place in range(guard.BLOCK - 10, guard.BLOCK + 1):
        hidden = " " * place + "<!DOCTYPE a>" + "".join(str(n) for n in range(500))
        assert "pernyataan XML" in refusal(packed(**{"xl/a.xml": hidden}))


def test_a_child_that_takes_too_long_is_ended():
    assert "tidak selesai" in refusal(book(A=[["x"]]), wall=0.001)


@pytest.mark.parametrize(
    ("code", "said"), [(3, "kata sandi"), (4, "rusak"), (1, "rusak"), (5, "terlalu besar"), (-9, "terlalu besar")]
)
def test_the_end_of_the_child_has_its_sentence(monkeypatch, tmp_path, code, said):
    ending = tmp_path / "child.py"
    ending.write_text(f"import os, signal, sys\nos.kill(os.getpid(), {-code}) if {code} < 0 else sys.exit({code})\n")
    monkeypatch.setattr(child, "__file__", str(ending))
    assert said in refusal(book(A=[["x"]]))


def test_the_child_limits_itself():
    code = (
        "import resource; from balai.base.workbooks import child; child.limit();"
        "print([resource.getrlimit(one)[0] for one in"
        " (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [1 << 30, 60, 512 << 20, 0]


def test_the_limits_are_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(resource, "setrlimit", lambda kind, value: asked.append((kind, value)))
    child.limit()
    assert (resource.RLIMIT_AS, (1 << 30, 1 << 30)) in asked


def test_the_child_sees_no_secret_of_its_parent(monkeypatch, tmp_path):
    monkeypatch.setenv("BALAI_SECRET", "x")
    spy = tmp_path / "child.py"
    spy.write_text("import os, sys\nsys.exit(3 if os.environ.get('BALAI_SECRET') else 4)\n")
    monkeypatch.setattr(child, "__file__", str(spy))
    assert "rusak" in refusal(book(A=[["x"]]))


def written(content):
    out = io.StringIO()
    return child.main(io.BytesIO(content), out), [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_child_describes_a_sheet_and_writes_its_filled_rows():
    code, lines = written(book(Satu=[["A", ""], [], [date(2026, 1, 2), None, 2.5]], Kosong=[]))
    assert code == 0
    assert lines == [
        {"name": "Satu", "hidden": False, "width": 3, "height": 3, "merged": []},
        [1, ["A"]],
        [3, [{"d": "2026-01-02"}, None, 2.5]],
        {"name": "Kosong", "hidden": False, "width": 0, "height": 0, "merged": []},
    ]
    assert written(b"PK") == (child.UNREADABLE, [])


@pytest.mark.parametrize(
    ("failure", "code"), [(child.PasswordError, child.LOCKED), (MemoryError, child.TOO_LARGE), (OSError, 4)]
)
def test_the_child_tells_why_by_its_end(monkeypatch, failure, code):
    def fail(_file, _out):
        raise failure

    monkeypatch.setattr(child, "write", fail)
    assert child.main(io.BytesIO(), io.StringIO()) == code


@pytest.mark.parametrize(
    ("cell", "said"),
    [(36.0, 36), (1.25, 1.25), (1e15, 1e15), (True, True), ("", None), ("x", "x"), (7, 7),
     (datetime.fromisoformat("2025-01-02"), {"d": "2025-01-02"}),
     (datetime.fromisoformat("2025-01-02 03:00"), {"d": "2025-01-02T03:00:00"}),
     (date(2025, 1, 2), {"d": "2025-01-02"}), (time(3), "03:00:00"), (timedelta(hours=1), "1:00:00")],
)  # fmt: skip
def test_the_child_writes_each_cell_so_that_its_kind_is_kept(cell, said):
    found = child.value(cell)
    assert (found, type(found)) == (said, type(said))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_is_one_sheet_of_text_however_it_is_written(encoding, sign):
    text = sign.join(["Nama", "NIK", ""]) + "\r\n\r\n" + sign.join(['"Aña\nBudi"', "0012", ""]) + "\r\n" + "x"
    assert read(text.encode(encoding), "warga.csv") == {
        "warga.csv": [(1, ["Nama", "NIK"]), (3, ["Aña\nBudi", "0012"]), (5, ["x"])]
    }


def test_a_csv_file_does_not_say_its_size_beforehand(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a;b")
    with read_sheets(tmp_path / "a.txt") as sheets:
        (sheet,) = sheets
        assert (sheet.width, sheet.height, sheet.merged) == (None, None, ())


@pytest.mark.parametrize(
    "row", ['"' + "x\n" * 30, '"' + "x\n" * 41 + '"', "x" * 40_000, '"' + "x" * 140_000 + '"', '"a"b;c', "a\0b"]
)
def test_a_row_that_cannot_be_divided_is_named(row):
    assert "baris 2 tidak terbaca" in refusal(f"a;b\n{row}\n".encode(), "a.csv")


def test_nothing_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read(book(A=[["x"]]))
    refusal(BOMBS["cells far apart"][0])
    assert list(tmp_path.iterdir()) == []
