"""The parent's side: it hands a checked file to the child and gives its rows on."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from balai.base.errors import NotValid
from balai.base.workbooks import child, texts
from balai.base.workbooks.guard import LARGEST, check, locked, measure

WALL = 90
LONGEST_CELL = 32_767  # letters, as in a spreadsheet
TEXTS = (".csv", ".tsv", ".txt")

Cell: TypeAlias = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` end with the last that is filled; beyond it every cell is None."""

    line: int
    cells: list[Cell]

    def __getitem__(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Merged:
    """Joined cells: first and last row (from 1, as Row.line), first and last place (from 0, as in Row)."""

    first_line: int
    first: int
    last_line: int
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`width` and `height` reach to the last filled cell; a text file does not say them beforehand."""

    name: str
    rows: Iterator[Row]
    hidden: bool = False
    width: int | None = None
    height: int | None = None
    merged: tuple[Merged, ...] = ()


@contextmanager
def read_sheets(
    source: Path | bytes, *, name: str = "", legacy: bool = False, largest: int = LARGEST, wall: float = WALL,
    longest_cell: int = LONGEST_CELL,
) -> Iterator[Iterator[Sheet]]:  # fmt: skip
    """Yields the sheets of a workbook or CSV file, see the room's docstring. `name` is the file's name for its reader.

    `legacy` lets XLS in, `largest` is in bytes, `wall` in seconds, `longest_cell` in letters of a cell of a CSV file.
    """
    with ExitStack() as opened:
        file: BinaryIO
        if isinstance(source, bytes):
            file = opened.enter_context(BytesIO(source))
        else:
            name, file = name or source.name, opened.enter_context(source.open("rb"))
        if name.lower().endswith(TEXTS):
            measure(file, name, largest)
            encoding = texts.encoding_of(file, name)
            file.seek(0)
            text = opened.enter_context(TextIOWrapper(file, encoding, errors="replace", newline=""))
            yield iter([Sheet(name, _filled(texts.rows(text, name, longest_cell)))])
        else:
            check(file, name, legacy=legacy, largest=largest)
            yield _sheets(opened.enter_context(_read_by_child(file, name, wall)))


def _filled(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    for line, texts_of_row in rows:
        cells: list[Cell] = [text or None for text in texts_of_row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield Row(line, cells)


@contextmanager
def _read_by_child(file: BinaryIO, name: str, wall: float) -> Iterator[BinaryIO]:
    """What the child wrote, once it has ended well. Both files are nameless and gone when this ends."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out:
        given.write(file.read())
        given.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-I", child.__file__],
                stdin=given, stdout=out, stderr=subprocess.DEVNULL, timeout=wall, cwd="/", env={}, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as failure:
            raise NotValid(
                "%(file)s tidak selesai dibaca dalam %(n)s detik. Bagi menjadi beberapa berkas.", file=name, n=wall
            ) from failure
        if done.returncode:
            raise _why(done.returncode, name)
        out.seek(0)
        yield out


def _why(code: int, name: str) -> NotValid:
    if code == child.LOCKED:
        return locked(name)
    if code < 0 or code == child.TOO_LARGE:
        return NotValid(
            "%(file)s terlalu besar untuk dibaca. Hapus isi yang jauh dari tabelnya, di baris atau kolom paling ujung, "
            "lalu simpan ulang.",
            file=name,
        )
    return NotValid("%(file)s rusak. Buka di aplikasi lembar kerja, lalu simpan ulang sebagai XLSX.", file=name)


def _sheets(lines: Iterator[bytes]) -> Iterator[Sheet]:
    """An object begins a sheet, a list is a row of the sheet before it."""
    waiting: list[Any] = [json.loads(line, object_hook=_known) for line in [next(lines, None)] if line]

    def rows() -> Iterator[Row]:
        for line in lines:
            found = json.loads(line, object_hook=_known)
            if isinstance(found, dict):
                waiting.append(found)
                return
            yield Row(*found)

    while waiting:
        known = waiting.pop()
        current = rows()
        merged = tuple(Merged(*_place(first), *_place(last)) for first, last in known.pop("merged"))
        yield Sheet(rows=current, merged=merged, **known)
        for _rest in current:
            pass


def _place(cell: tuple[int, int]) -> tuple[int, int]:
    return cell[0] + 1, cell[1]


def _known(found: dict[str, Any]) -> Any:
    """A day or a moment is {"d": ISO}; other objects describe a sheet."""
    if set(found) != {"d"}:
        return found
    text = found["d"]
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
