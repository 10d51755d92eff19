import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.base.errors import NotValid
from balai.base.workbooks.texts import DELIMITERS, delimiter_of
from balai.intake.inputs.tables import Broken, csv_table, encoding_of, records


def read(path):
    """(headings, line of the heading, [(line, cells or None for a refused line)])"""
    with csv_table(path) as table:
        rows = [(row.line, None if isinstance(row, Broken) else row.cells) for row in table.rows]
        return table.headings, table.line, rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end_reads_the_same(tmp_path, encoding, delimiter, end):
    lines = [["DESA", "PUS"], ["Ra'as é", "12"], ["B", "3"]]
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(delimiter.join(cells) for cells in lines).encode(encoding))
    assert read(path) == (lines[0], 1, [(2, lines[1]), (3, lines[2])])


def test_the_delimiter_is_the_one_that_splits_the_heading(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('A;"B, C, D, E";F\n1;2;3\n')
    assert read(path)[0] == ["A", "B, C, D, E", "F"]


def test_a_file_of_one_column_has_one_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("A\n1\n")
    assert read(path) == (["A"], 1, [(2, ["1"])])


def test_lines_are_counted_in_the_file_though_a_name_holds_a_line_break(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'\r\n;;\r\nA;B\r\n1;"x-\r\ny"\r\n\r\n2;z\r\n')
    assert read(path) == (["A", "B"], 3, [(4, ["1", "x-\r\ny"]), (6, []), (7, ["2", "z"])])


def test_a_quotation_mark_that_is_never_closed_costs_one_line_and_no_other(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('A;B\n1;x\n2;"y\n' + "".join(f"{n};z\n" for n in range(3, 200)))
    _headings, _line, rows = read(path)
    assert [line for line, cells in rows if cells is None] == [3]
    assert [line for line, _cells in rows] == list(range(2, 201))


def test_an_open_quotation_mark_in_the_last_lines_costs_one_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('A;B\n1;"x\n2;y\n3;z')
    assert read(path)[2] == [(2, None), (3, ["2", "y"]), (4, ["3", "z"])]
    path.write_text('A;B\n1;"x')
    assert read(path)[2] == [(2, None)]


def test_nul_bytes_and_endless_fields_are_refused_line_by_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"A;B\n1;x\0\n2;" + b"y" * 30_000 + b"\n3;" + b"y" * 200_000 + b"\n4;ok\n\0\n")
    assert read(path)[2] == [(2, None), (3, None), (4, None), (5, ["4", "ok"]), (6, None)]


def test_a_byte_that_no_encoding_knows_stays_visible(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"A;B\n\x81\xe9;2\n")
    assert read(path)[2] == [(2, ["\ufffdé", "2"])]


@pytest.mark.parametrize("content", [b"", b"\n\n", b";;\n;;\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_not_valid(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(NotValid, match="kosong"):
        read(path)


def test_a_heading_that_cannot_be_read_is_not_valid(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"A;B\0\n1;2\n")
    with pytest.raises(NotValid, match="baris judul"):
        read(path)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"\x89PNG"])
def test_a_file_that_is_not_what_its_name_says_is_not_valid(tmp_path, start):
    path = tmp_path / "a.csv"
    path.write_bytes(start + b"rest")
    with pytest.raises(NotValid, match="bukan berkas CSV"):
        encoding_of(path)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(max_examples=200)
@given(st.text(alphabet="ab;,\t\"'\r\n\0 1", max_size=300))
def test_no_text_breaks_the_reader_and_no_line_is_passed_over(text):
    file = io.StringIO(text, newline="")
    found = list(records(file, ";"))
    lines = [row.line for row in found]
    assert lines == sorted(set(lines))
    kept = "".join("".join(row.cells) for row in found)
    for letter in "ab1":
        assert kept.count(letter) == text.count(letter)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=20), st.sampled_from(DELIMITERS))
def test_what_a_spreadsheet_writes_comes_back(rows, delimiter):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    file.seek(0)
    assert [row.cells for row in records(file, delimiter)] == rows


def test_the_delimiter_of_nothing_is_the_first():
    assert delimiter_of(io.StringIO("")) == ";"
