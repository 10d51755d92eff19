"""The child process that reads the cells of a workbook from its standard input and writes them as JSON lines.

It is started as a file of its own (`python -I child.py`), without the environment and the modules of its parent, and
limits itself: a workbook that needs more kills only this process. One line describes a sheet (an object), then one for
each row in which something stands: [number, cells].
"""

import json
import resource
import sys
from datetime import date, datetime, time
from typing import Any, BinaryIO, TextIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY = 1 << 30
SECONDS = 60
OUTPUT = 512 << 20
EXACT = 10**15
LOCKED, UNREADABLE, TOO_LARGE = 3, 4, 5


def value(cell: Any) -> Any:
    """A cell as JSON: a day and a moment as {"d": ISO}, a whole number as int where it is exact, blank as null."""
    if cell == "" and isinstance(cell, str):
        return None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < EXACT else cell
    if isinstance(cell, datetime):
        return {"d": cell.date().isoformat() if cell.time() == time() else cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return cell if isinstance(cell, bool | int | str) else str(cell)


def write(file: BinaryIO, out: TextIO) -> None:
    with CalamineWorkbook.from_filelike(file) as book:
        for place, about in enumerate(book.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(place)
            width, height = (sheet.end[1] + 1, sheet.end[0] + 1) if sheet.end else (0, 0)
            before = [None] * (sheet.start[1] if sheet.start else 0)  # rows come from the first, cells do not
            known = {"name": about.name, "hidden": about.visible is not SheetVisibleEnum.Visible, "width": width,
                     "height": height, "merged": sheet.merged_cell_ranges or []}  # fmt: skip
            out.write(json.dumps(known) + "\n")
            for line, row in enumerate(sheet.iter_rows(), start=1):
                cells = before + [value(cell) for cell in row]
                while cells and cells[-1] is None:
                    cells.pop()
                if cells:
                    out.write(json.dumps([line, cells]) + "\n")


def limit() -> None:
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, OUTPUT),
                       (resource.RLIMIT_CORE, 0)):  # fmt: skip
        resource.setrlimit(kind, (most, most))


def main(file: BinaryIO, out: TextIO) -> int:
    try:
        write(file, out)
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError, IndexError):
        return UNREADABLE
    except MemoryError:
        return TOO_LARGE
    return 0


if __name__ == "__main__":
    limit()
    sys.exit(main(sys.stdin.buffer, sys.stdout))
