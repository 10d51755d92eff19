"""The child process that reads a workbook: `python -m balai.intake.inputs.sheet_reader PATH`, rows as JSON lines.

It may use 1 GB of memory, 60 s of processor time and write 512 MB; a file that needs more kills only this process.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import load_workbook

MEMORY = 1 << 30
SECONDS = 60
OUTPUT = 512 << 20


def text(cell):
    """A cell as a person sees it in a text file: 36.0 is "36", a date is ISO."""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def write(path, out):
    book = load_workbook(path)
    for name in book.sheet_names:
        out.write(json.dumps(name) + "\n")
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
            out.write(json.dumps([text(cell) for cell in row]) + "\n")


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit()
    write(sys.argv[1], sys.stdout)
