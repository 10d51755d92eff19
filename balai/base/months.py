"""Calendar months as 'YYYY-MM' text: the period of every monthly figure."""

import re
from calendar import monthrange
from datetime import date

from balai.base.errors import NotValid

NAMES_ID = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

_NUMBER = {name.upper(): number for number, name in enumerate(NAMES_ID, start=1)}
_SHAPE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def parse(text: str) -> str:
    """'2025-11' as given, or NotValid."""
    if not _SHAPE.fullmatch(text):
        raise NotValid("“%(text)s” bukan bulan. Tulis sebagai TTTT-BB, misalnya 2025-11.", text=text)
    return text


def number_of(name: str) -> int | None:
    """1-12 for an Indonesian month name in any case, else None."""
    return _NUMBER.get(name.strip().upper())


def first_day(month: str) -> date:
    year, number = month.split("-")
    return date(int(year), int(number), 1)


def last_day(month: str) -> date:
    first = first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def shift(month: str, by: int) -> str:
    """The month `by` months later (earlier when negative)."""
    first = first_day(month)
    index = first.year * 12 + first.month - 1 + by
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def between(first: str, last: str) -> list[str]:
    """All months from `first` to `last`, both included; empty when they are in the wrong order."""
    months = []
    while first <= last:
        months.append(first)
        first = shift(first, 1)
    return months
