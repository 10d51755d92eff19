"""Workbooks (XLSX, XLS) as the tables of exports: every row, blank ones too, as text."""

from contextlib import contextmanager
from datetime import date, datetime

from balai.base.workbooks import read_sheets
from balai.intake.inputs.tables import Record


@contextmanager
def sheets(path):
    """Yields an iterator of (sheet name, rows); rows are Records whose line is the row number of the sheet.

    Sheets come in the order of the book and have to be read in that order.
    """
    with read_sheets(path, legacy=True) as found:
        yield ((sheet.name, _records(sheet)) for sheet in found)


def _records(sheet):
    line = 0
    for row in sheet.rows:
        for blank in range(line + 1, row.line):
            yield Record(blank, [""] * sheet.width)
        line = row.line
        cells = [text(cell) for cell in row.cells]
        yield Record(line, cells + [""] * (sheet.width - len(cells)))


def text(cell):
    """A cell as a person sees it in a text file: a date is ISO, an empty cell is empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
