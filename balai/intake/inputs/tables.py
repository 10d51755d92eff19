"""Tables as they come, CSV or workbook: rows of text with the true line on which each begins."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from balai.base.errors import NotValid
from balai.base.words import Said, sentence
from balai.base.workbooks import texts
from balai.base.workbooks.texts import MOST_LINES, delimiter_of

LONGEST_LINE = 20_000  # letters; csv itself refuses a field above 131,072

NUL = sentence("baris berisi byte NUL")
UNCLOSED = sentence("tanda kutip tidak ditutup, atau isi sel terlalu panjang")
CHECK_QUOTES = sentence("Perbaiki tanda kutip di baris ini, lalu impor lagi.")
EXPORT_AGAIN = sentence("Ekspor ulang berkas ini dari sumbernya.")


@dataclass(slots=True)
class Broken:
    """A line that is no record; `cells` is what could be read of it."""

    line: int
    cells: list[str]
    reason: Said
    remedy: Said


@dataclass(slots=True)
class Record:
    line: int
    cells: list[str]


def encoding_of(path):
    """utf-8-sig, utf-16 (with or without its mark) or cp1252; NotValid for what is no text."""
    with path.open("rb") as file:
        return texts.encoding_of(file, path.name)


class _Lines:
    """Physical lines, one by one, with their numbers; lines can be given back to be read again."""

    def __init__(self, file):
        self._file = enumerate(file, start=1)
        self._again = []
        self.taken = []
        self.ended = False

    def __iter__(self):
        return self

    def __next__(self):
        try:
            line = self._again.pop() if self._again else next(self._file)
        except StopIteration:
            self.ended = True
            raise
        self.taken.append(line)
        if len(self.taken) > MOST_LINES:
            raise _Endless
        return line[1]

    def give_back_all_but_first(self):
        first, *rest = self.taken
        self._again.extend(reversed(rest))
        self.ended = False
        return first


class _Endless(Exception):
    pass


def records(file, delimiter):
    """Every record of an open text file as Record or Broken, blank ones too: no line is passed over."""
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.taken = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_Endless, csv.Error):
            yield _first_line_alone(lines, delimiter)
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if lines.ended or any(len(text) > LONGEST_LINE for _number, text in lines.taken):
            yield _first_line_alone(lines, delimiter)
            reader = csv.reader(lines, delimiter=delimiter)
        elif any("\0" in text for _number, text in lines.taken):
            cells = [cell.replace("\0", "") for cell in cells]
            yield Broken(lines.taken[0][0], cells, Said(NUL), Said(EXPORT_AGAIN))
        else:
            yield Record(lines.taken[0][0], cells)


def _first_line_alone(lines, delimiter):
    """The record never ended: its first line is refused, the following ones are read as records of their own."""
    number, text = lines.give_back_all_but_first()
    return Broken(number, text[:LONGEST_LINE].rstrip("\r\n").split(delimiter), Said(UNCLOSED), Said(CHECK_QUOTES))


@dataclass
class Table:
    """A table that is open: `headings` in their columns, then the rows. `position()`: bytes read so far."""

    name: str
    headings: list[str]
    line: int
    rows: Iterator
    blank_before: int = 0
    position: Callable[[], int] = int


def table(name, rows, position=int):
    """The first record that is not blank is the heading."""
    for blank, found in enumerate(rows):
        if isinstance(found, Broken):
            raise NotValid("%(file)s: baris judul tidak terbaca (%(why)s).", file=name, why=str(found.reason))
        if any(cell.strip() for cell in found.cells):
            return Table(name, found.cells, found.line, rows, blank, position)
    raise NotValid("%(file)s kosong: tidak ada baris judul.", file=name)


@contextmanager
def csv_table(path):
    """A byte that the encoding does not know becomes the sign for unknown letters: the cell it is in will not pass."""
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as file:
        yield table(path.name, records(file, delimiter_of(file)), file.buffer.tell)
