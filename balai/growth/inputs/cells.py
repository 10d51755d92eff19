"""What a cell says: each distinct text is read once, however often it stands in the file."""

import re
from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from balai.growth.engines import Column, Texts
from balai.growth.rules.columns import Codes, Flags, Numbers

NOTHING = {"", "-", "na", "n/a", "nan", "null", "none"}
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,2})?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.,+Z-]*)?")
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
YEARS = (1900, 2199)


def numbers(column: Column) -> tuple[Numbers, Flags]:
    """The numbers, NaN where there is none, and where something stands that is not a number."""
    if isinstance(column, Texts):
        return _read(column, _number, np.nan)
    if column.dtype.kind == "M":
        return np.full(len(column), np.nan), ~np.isnat(column)
    return column.astype(np.float64), np.isinf(column)


def days(column: Column) -> tuple[Numbers, Flags]:
    """Days since 1970, NaN where there is none, and where something stands that is no day of the calendar."""
    if isinstance(column, Texts):
        return _read(column, _day, np.nan)
    if column.dtype.kind == "M":
        missing = np.isnat(column)
        return np.where(missing, np.nan, column.astype(np.int64)), np.zeros(len(column), np.bool_)
    return np.full(len(column), np.nan), ~np.isnan(column.astype(np.float64))


def coded(column: Column, words: Mapping[str, int]) -> tuple[Codes, Flags]:
    """The code of each word or number (0: nothing stands there), and where it is not known."""
    if isinstance(column, Texts):
        found, wrong = _read(column, lambda text: float(words[text]), 0.0)
        return found.astype(np.int8), wrong
    if column.dtype.kind == "M":
        return np.zeros(len(column), np.int8), ~np.isnat(column)
    values = column.astype(np.float64)
    codes = np.zeros(len(values), np.int8)
    wrong = ~np.isnan(values)
    for word, code in words.items():
        if word.isdigit():
            rows = values == float(word)
            codes[rows] = code
            wrong &= ~rows
    return codes, wrong


def _read(column: Texts, reading: Callable[[str], float], nothing: float) -> tuple[Numbers, Flags]:
    values, wrong = np.full(len(column.distinct), nothing), np.zeros(len(column.distinct), np.bool_)
    for place, text in enumerate(column.distinct):
        plain = text.strip().casefold()
        if plain not in NOTHING:
            try:
                values[place] = reading(plain)
            except (ValueError, KeyError):
                wrong[place] = True
    return values[column.places], wrong[column.places]


def _number(text: str) -> float:
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def _day(text: str) -> float:
    if found := ISO.fullmatch(text.upper()):
        year, month, day = map(int, found.groups())
    elif found := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise ValueError(text)
    if not YEARS[0] <= year <= YEARS[1]:
        raise ValueError(text)
    return float((date(year, month, day) - date(1970, 1, 1)).days)
