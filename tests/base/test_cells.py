"""Files that a spreadsheet opens: nothing in them runs."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from balai.base import cells

PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", " =", "  @", "=+", "-@")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_text_that_would_run_gets_an_apostrophe(prefix):
    assert cells.safe(f'{prefix}HYPERLINK("x")') == f'\'{prefix}HYPERLINK("x")'


@pytest.mark.parametrize("cell", [-3, 2.5, None, "Desa", "", "Siti = istri", "' ="])
def test_what_cannot_run_is_left_as_it_is(cell):
    assert cells.safe(cell) == cell


@given(st.text())
def test_no_cell_of_a_csv_file_begins_like_a_formula(text):
    written = cells.as_csv(["a"], [[text]]).decode("utf-8-sig")
    found = [cell for row in list(csv.reader(StringIO(written, newline="")))[1:] for cell in row]
    assert not any(cell.lstrip(" ").startswith(cells.FORMULA) for cell in found)


def test_an_xlsx_file_holds_text_as_text_and_numbers_as_numbers():
    content = cells.as_xlsx(["Nama", "Banyaknya"], [["=1+1", 3], ["Siti", None]])
    assert b"<f>" not in content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows == [["Nama", "Banyaknya"], ["=1+1", 3.0], ["Siti", ""]]
