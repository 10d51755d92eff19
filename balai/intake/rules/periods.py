"""Which month a register describes: SIGA's exports name months without a year."""

import re
from datetime import date

from balai.base import months

DEADLINE_DAY = 15  # SIGA takes a month's figures until the 15th, 23:59 WIB (Modul SIGA 2022)

_WITH_YEAR = re.compile(r"([A-Z]+) ((?:19|20)\d{2})")
_ISO = re.compile(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])")
_HALF = re.compile(r"(?:SEM|SMT|SEMESTER)\.? ([12]|I{1,2})[ /]+((?:19|20)\d{2})")


def month(text: str, exported_on: date) -> str | None:
    """'YYYY-MM' for "NOVEMBER", "November 2025" or "2025-11"; None for anything else and for months to come.

    Without a year it is the latest year in which the month's deadline lies before the day of export.
    """
    text = " ".join(text.upper().split())
    if found := _ISO.fullmatch(text):
        return text if text <= months.of(exported_on) else None
    found = _WITH_YEAR.fullmatch(text)
    number = months.number_of(found[1] if found else text)
    if number is None:
        return None
    if found:
        named = f"{found[2]}-{number:02d}"
        return named if named <= months.of(exported_on) else None
    year = exported_on.year - (date(exported_on.year, number, DEADLINE_DAY) >= exported_on)
    return f"{year}-{number:02d}"


def described(exported_on: date) -> str:
    """The last month whose deadline lies before the day of export: what a register without months describes."""
    this = months.of(exported_on)
    return this if exported_on.day > DEADLINE_DAY else months.shift(this, -1)


def half_year(text: str, exported_on: date) -> str | None:
    """'2024-S2' for "Sem 2 2024"; None for anything else and for half years that had not begun."""
    found = _HALF.fullmatch(" ".join(text.upper().split()))
    if not found:
        return None
    half = len(found[1]) if found[1].startswith("I") else int(found[1])
    begins = f"{found[2]}-{1 if half == 1 else 7:02d}"
    return f"{found[2]}-S{half}" if begins <= months.of(exported_on) else None
