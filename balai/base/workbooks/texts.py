"""Tables as text: in which letters a file is written and what divides its cells."""

import codecs
import csv
import re
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from balai.base.errors import NotValid
from balai.base.workbooks.guard import BLOCK, KINDS

DELIMITERS = (";", ",", "\t")
HEADING = 20_000  # letters in which the delimiter is looked for
MOST_LINES = 40  # lines that one row may span: more is a quotation mark that was never closed
_QUOTED = re.compile(r'"[^"]*"')


def encoding_of(file: BinaryIO, name: str) -> str:
    """utf-8-sig, utf-16 (with or without its mark) or cp1252; NotValid for what is no text."""
    file.seek(0)
    start = file.read(4096)
    for mark, kind in KINDS:
        if start.startswith(mark):
            raise NotValid(
                "%(file)s bukan berkas CSV: isinya %(kind)s. Beri nama yang sesuai isinya.", file=name, kind=kind
            )
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return _half_empty(start) or ("utf-8-sig" if _is_utf8(file) else "cp1252")


def _half_empty(start: bytes) -> str | None:
    """UTF-16 of Latin letters without its mark: every other byte is NUL."""
    even, odd = start[0::2], start[1::2]
    for encoding, letters, empty in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if empty and empty.count(0) > 0.9 * len(empty) and letters.count(0) == 0:
            return encoding
    return None


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(file: TextIO) -> str:
    """The delimiter that stands most often in the heading, outside quotation marks; reads the open file's beginning."""
    text = _QUOTED.sub("", file.read(HEADING))
    file.seek(0)
    signs = "".join(DELIMITERS)
    heading = next((line for line in text.splitlines() if line.strip(signs + " ")), text)
    return max(DELIMITERS, key=heading.count)


def rows(file: TextIO, name: str, longest: int) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, cells) of every row; NotValid at the first that cannot be divided into cells."""
    reader = csv.reader(file, delimiter=delimiter_of(file), strict=True)
    line = 1
    while (cells := _next(reader, name, line)) is not None:
        if reader.line_num - line >= MOST_LINES or any("\0" in cell or len(cell) > longest for cell in cells):
            raise _unreadable(name, line)
        yield line, cells
        line = reader.line_num + 1


def _next(reader: Iterator[list[str]], name: str, line: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as failure:
        raise _unreadable(name, line) from failure


def _unreadable(name: str, line: int) -> NotValid:
    return NotValid(
        "%(file)s, baris %(line)d tidak terbaca. Periksa tanda kutipnya, atau ekspor ulang dari sumbernya.",
        file=name, line=line,
    )  # fmt: skip
