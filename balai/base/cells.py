"""Tables that leave as files: nothing in them runs in the reader's spreadsheet."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import IO, Any

import xlsxwriter

# What a spreadsheet takes for a formula, and the full-width twins that some turn into it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def safe(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = StringIO()
    write_csv(out, head, rows)
    return out.getvalue().encode()


def write_csv(out: IO[str], head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Row by row. With a byte-order mark, which Excel needs to read UTF-8."""
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in row] for row in rows)


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = BytesIO()
    write_xlsx(out, head, rows, {"in_memory": True})
    return out.getvalue()


def write_xlsx(
    out: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[Any]], how: Mapping[str, Any], note: str = ""
) -> None:
    """Text as text cells, numbers as numbers; nothing is read as a formula or a link. `how` says where xlsxwriter keeps
    what is not written yet (`constant_memory` with a `tmpdir`, or `in_memory`); `note` stands on a sheet of its own."""
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, **how})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 3, 18)
    bold = book.add_format({"bold": True})
    for column, text in enumerate(head):
        sheet.write_string(0, column, text, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell)
            elif cell is not None:
                sheet.write_number(line, column, cell)
    if note:
        book.set_properties({"comments": note})
        book.add_worksheet().write_string(0, 0, note)
    book.close()


MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITERS = {"csv": as_csv, "xlsx": as_xlsx}
