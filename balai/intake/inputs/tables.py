"""Tables as they come, CSV or workbook: rows of text with the true line on which each begins."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from balai.base.errors import NotValid
from balai.base.words import Said, sentence

DELIMITERS = (";", ",", "\t")
LONGEST_LINE = 20_000  # letters; csv itself refuses a field above 131,072
MOST_LINES = 40  # lines that one record may span: more is a quotation mark that was never closed
BLOCK = 1 << 20
MARKS_OF_OTHERS = ((b"PK\x03\x04", "ZIP/XLSX"), (b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF", "PDF"), (b"\x89PNG", "PNG"))

_QUOTED = re.compile(r'"[^"]*"')

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
        start = file.read(4096)
        for mark, kind in MARKS_OF_OTHERS:
            if start.startswith(mark):
                raise NotValid(
                    "%(file)s bukan berkas CSV: isinya %(kind)s. Beri nama yang sesuai isinya.",
                    file=path.name, kind=kind,
                )  # fmt: skip
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if half := _half_empty(start):
            return half
        file.seek(0)
        return "utf-8-sig" if _is_utf8(file) else "cp1252"


def _half_empty(start):
    """UTF-16 of Latin letters without its mark: every other byte is NUL."""
    even, odd = start[0::2], start[1::2]
    for encoding, letters, empty in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if empty and empty.count(0) > 0.9 * len(empty) and letters.count(0) == 0:
            return encoding
    return None


def _is_utf8(file):
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


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


def delimiter_of(file):
    """The delimiter that stands most often in the heading, outside quotation marks; reads the open file's beginning."""
    text = _QUOTED.sub("", file.read(LONGEST_LINE))
    file.seek(0)
    signs = "".join(DELIMITERS)
    heading = next((line for line in text.splitlines() if line.strip(signs + " ")), text)
    return max(DELIMITERS, key=heading.count)


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
