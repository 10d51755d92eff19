"""Workbooks of exports: every row of a sheet as text, blank ones too. What is refused: tests/base/test_workbooks.py."""

from datetime import date, datetime

import pytest
import xlsxwriter

from balai.base.errors import NotValid
from balai.intake.inputs import workbooks


def book(path, **sheets):
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for line, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    page.write(line, place, cell)
    return path


def test_sheets_are_read_in_order_as_text_with_the_row_numbers_of_the_sheet(tmp_path):
    path = book(tmp_path / "a.xlsx", Satu=[["A", "B"], [36.0, 1.5], [], ["x", True]], Dua=[["", "C"]], Kosong=[])
    with workbooks.sheets(path) as sheets:
        found = {name: [(row.line, row.cells) for row in rows] for name, rows in sheets}
    assert found == {
        "Satu": [(1, ["A", "B"]), (2, ["36", "1.5"]), (3, ["", ""]), (4, ["x", "ya"])],
        "Dua": [(1, ["", "C"])],
        "Kosong": [],
    }


def test_a_sheet_that_is_not_read_to_its_end_is_passed(tmp_path):
    path = book(tmp_path / "a.xlsx", Satu=[["A"], ["B"]], Dua=[["C"]])
    with workbooks.sheets(path) as sheets:
        assert [name for name, _rows in sheets] == ["Satu", "Dua"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(36, "36"), (1.25, "1.25"), (1e20, "1e+20"), (True, "ya"), (False, "tidak"), (date(2025, 1, 2), "2025-01-02"),
     (datetime.fromisoformat("2025-01-02 03:00"), "2025-01-02 03:00:00"), ("x", "x"), (None, "")],
)  # fmt: skip
def test_a_cell_is_the_text_that_a_person_sees(cell, text):
    assert workbooks.text(cell) == text


def test_an_old_workbook_is_let_in(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0nothing that could be read")
    with pytest.raises(NotValid, match="rusak"), workbooks.sheets(path):
        pass
