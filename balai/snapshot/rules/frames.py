"""Rows in memory as columns, and how those of one stage meet those of another: joins and groups on arrays.

A column is a pair of arrays: the values, and where there is one. Days are counted from 1970, a yes or no is 1 or 0,
texts are numbered as they come (`Words`), since they are only compared for being the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[Any]
Pair = tuple[Values, Values]
EPOCH = date(1970, 1, 1)
TEXTS, REALS = ("UUID", "VARCHAR"), ("DOUBLE",)


class Words(dict[str | None, int]):
    """Text to its number; None has one too, and is known nowhere."""

    def __missing__(self, text: str | None) -> int:
        number = self[text] = len(self)
        return number

    def numbers(self, texts: Collection[str | None]) -> Values:
        return np.fromiter(map(self.__getitem__, texts), np.int64, len(texts))


@dataclass(frozen=True)
class Frame:
    rows: int
    columns: Mapping[str, Pair]

    def __getitem__(self, name: str) -> Pair:
        return self.columns[name]

    def take(self, index: Values) -> "Frame":
        return Frame(
            len(index), {name: (values[index], known[index]) for name, (values, known) in self.columns.items()}
        )

    def where(self, mask: Values) -> "Frame":
        return self if mask.all() else self.take(np.flatnonzero(mask))

    def renamed(self, names: Mapping[str, str]) -> "Frame":
        return Frame(self.rows, {names.get(name, name): pair for name, pair in self.columns.items()})

    def beside(self, **columns: Pair) -> "Frame":
        return Frame(self.rows, {**self.columns, **columns})


def framed(rows: Sequence[Sequence[Any]], kinds: Mapping[str, str], words: Words) -> Frame:
    """Rows of a query, their values in the order of `kinds`: name to DuckDB's type."""
    cells = zip(*rows, strict=True) if rows else [()] * len(kinds)
    return Frame(
        len(rows), {name: column(found, kind, words) for (name, kind), found in zip(kinds.items(), cells, strict=True)}
    )


def column(cells: Sequence[Any], kind: str, words: Words) -> Pair:
    if kind in TEXTS:
        nothing = words[None]
        found = words.numbers(cells)
        return found, found != nothing
    values = np.array(cells, np.float64)
    known = ~np.isnan(values)
    values = np.where(known, values, 0.0)
    return (values if kind in REALS else values.astype(np.int64)), known


def nothing(rows: int) -> Pair:
    return np.zeros(rows, np.int64), np.zeros(rows, bool)


def all_of(values: Values) -> Pair:
    return values, np.ones(len(values), bool)


def stacked(above: Frame, below: Frame) -> Frame:
    """The rows of both, in the columns of the first."""
    found = {}
    for name, (values, known) in above.columns.items():
        more, there = below.columns.get(name) or nothing(below.rows)
        found[name] = np.concatenate((values, more)), np.concatenate((known, there))
    return Frame(above.rows + below.rows, found)


def taken(column: Pair, index: Values) -> Pair:
    """Its values of those rows; nothing where the row is -1."""
    values, known = column
    if not len(values):
        return nothing(len(index))
    return values[index], known[index] & (index >= 0)


def marked(column: Pair, size: int) -> Values:
    """By number of a text: whether it is in the column."""
    found = np.zeros(size, bool)
    found[column[0][column[1]]] = True
    return found


def among(column: Pair, marks: Values) -> Values:
    return marks[column[0]] & column[1]


def met(left: Pair, right: Pair, size: int) -> tuple[Values | None, Values]:
    """LEFT JOIN ON left = right: which row of the left (None: each, in turn), with which of the right, -1 for none."""
    keys = np.flatnonzero(right[1])
    times = np.bincount(right[0][keys], minlength=size)
    if times.max(initial=0) <= 1:
        where = np.full(size, -1)
        where[right[0][keys]] = keys
        return None, np.where(left[1], where[left[0]], -1)
    sorted_keys = keys[np.argsort(right[0][keys], kind="stable")]
    begins, here = np.cumsum(times) - times, np.where(left[1], times[left[0]], 0)
    repeats = np.maximum(here, 1)
    rows = np.repeat(np.arange(len(repeats)), repeats)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    at = np.minimum(begins[left[0][rows]] + within, len(sorted_keys) - 1)
    return rows, np.where(here[rows] > 0, sorted_keys[at], -1)


def joined(left: Frame, key: str, right: Frame, by: str, size: int) -> tuple[Frame, Values]:
    """JOIN: the rows of the left that meet one of the right, and which."""
    rows, index = met(left[key], right[by], size)
    there = np.flatnonzero(index >= 0)
    return left.take(there if rows is None else rows[there]), index[there]


def grouped(key: Pair, size: int) -> tuple[Values, Values]:
    """The texts in a column, and the place of each among them, by its number."""
    there = np.flatnonzero(marked(key, size))
    place = np.full(size, -1)
    place[there] = np.arange(len(there))
    return there, place


def any_of(place: Values, chosen: Values, rows: int) -> Values:
    """By group: whether a row of it is chosen."""
    found = np.zeros(rows, bool)
    found[place[chosen]] = True
    return found


def most(place: Values, column: Pair, rows: int, *, least: bool = False) -> Pair:
    """By group: the greatest (or least) that is known."""
    values, known = column
    start = np.iinfo(np.int64)
    found = np.full(rows, start.max if least else start.min)
    (np.minimum if least else np.maximum).at(found, place[known], values[known])
    there = any_of(place, known, rows)
    return np.where(there, found, 0), there


def not_after(column: Pair, day: int) -> Values:
    """On that day or before, or nobody knows."""
    return ~column[1] | (column[0] <= day)


def months_between(later: Pair, earlier: Pair) -> Pair:
    """Completed months, as every engine counts them."""
    (to, to_day), (since, since_day) = (_month(column[0]) for column in (later, earlier))
    return to - since - (to_day < since_day), later[1] & earlier[1]


def _month(days: Values) -> tuple[Values, Values]:
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return months.astype(np.int64), days - months.astype("datetime64[D]").astype(np.int64)


def number_of(day: date) -> int:
    return (day - EPOCH).days
