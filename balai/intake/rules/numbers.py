"""Numbers as spreadsheets and people write them."""

import re
from functools import lru_cache

LARGEST = 999_999_999  # fits every figure column; a village has no more of anything

_MISSING = frozenset({"", "-"})
_WHOLE = re.compile(r"-?\d+")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+|-?[1-9]\d{0,2}(?:,\d{3})+")
_FRACTION = re.compile(r"(-?\d+)[.,](\d+)")
_BOTH = re.compile(r"(-?[1-9]\d{0,2}(?:\.\d{3})+),(\d+)|(-?[1-9]\d{0,2}(?:,\d{3})+)\.(\d+)")


@lru_cache(maxsize=50_000)
def number(text: str, *, decimal: bool = False) -> int | float | None:
    """The number, None for an empty cell or "-"; ValueError for anything else.

    "1.234" and "1,234" are thousands, but a fraction where `decimal` is expected: an area of 2.125 km2 is no 2,125.
    """
    text = text.strip()
    if text in _MISSING:
        return None
    if not text.isascii():
        raise ValueError(text)
    value = _value(text, decimal)
    if not -LARGEST <= value <= LARGEST:
        raise ValueError(text)
    return int(value) if value == int(value) else value


def _value(text: str, decimal: bool) -> int | float:
    if _WHOLE.fullmatch(text):
        return int(text[:20]) if len(text) <= 20 else LARGEST + 1
    if not decimal and _THOUSANDS.fullmatch(text):
        return int(text.replace(".", "").replace(",", ""))
    if found := _FRACTION.fullmatch(text):
        return float(f"{found[1]}.{found[2]}")
    if found := _BOTH.fullmatch(text):
        whole, fraction = (found[1], found[2]) if found[1] else (found[3], found[4])
        return float(f"{whole.replace('.', '').replace(',', '')}.{fraction}")
    raise ValueError(text)


@lru_cache(maxsize=50_000)
def count(text: str) -> int | None:
    """A whole number, None for an empty cell; ValueError for anything else ("36.0" is 36, "12,5" is nobody)."""
    value = number(text)
    if isinstance(value, float):
        raise ValueError(text)
    return value


@lru_cache(maxsize=1_000)
def chosen(text: str, choices: tuple[str, ...]) -> int | None:
    """The number of the choice from 1 on; None for an empty cell or "KOSONG"; ValueError for anything else."""
    text = " ".join(text.upper().split())
    return None if text in _MISSING or text == "KOSONG" else choices.index(text) + 1
