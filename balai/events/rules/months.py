"""The period of a village's list: a month, or the twelve that end with this one."""

import re
from dataclasses import dataclass
from datetime import date

_MONTH = re.compile(r"(\d{4})-(\d{2})")
A_YEAR = 12


@dataclass(frozen=True)
class Period:
    """From the day on, to the day before `until`; `month` is "2026-11", "" for a year."""

    since: date
    until: date
    month: str = ""


def first_of(year: int, month: int) -> date:
    """The first day of the month that many months from January of the year."""
    return date(year + (month - 1) // A_YEAR, (month - 1) % A_YEAR + 1, 1)


def months_back(on: date, count: int = A_YEAR) -> list[date]:
    """First days of the months that end with the one of the day, the newest first."""
    return [first_of(on.year, on.month - back) for back in range(count)]


def period_of(written: str, on: date) -> Period:
    """What was asked for; the year that ends with this month where it is no month."""
    found = _MONTH.fullmatch(written)
    if found and date.min.year < int(found[1]) < date.max.year and 1 <= int(found[2]) <= A_YEAR:
        year, month = int(found[1]), int(found[2])
        return Period(first_of(year, month), first_of(year, month + 1), written)
    return Period(months_back(on)[-1], first_of(on.year, on.month + 1))
