"""Did a child gain enough weight since the month before? N, T, O, B of the posyandu."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from balai.base.dated import Dated
from balai.growth.rules.columns import Codes, Flags, Numbers, Places, Sex, codes, numbers
from balai.growth.rules.older import MONTH


class Gain(IntEnum):
    NONE = 0  # not weighed, or 60 months and older
    GAINED = 1  # N
    NOT_GAINED = 2  # T
    ABSENT = 3  # O: not weighed the month before
    FIRST = 4  # B: weighed for the first time


@dataclass(frozen=True, slots=True)
class Span:
    """Days between two weighings that are about one month apart."""

    least: int
    most: int


def _kbm(*steps: tuple[int, float]) -> tuple[float, ...]:
    """The least gain by completed month; each step holds up to and with its month. None at birth."""
    months = [float("nan")]
    for last, grams in steps:
        months += [grams] * (last + 1 - len(months))
    return tuple(months)


FIRST_MONTHS = ((1, 800.0), (2, 900.0), (3, 800.0), (4, 600.0), (5, 500.0))
UNDER_FIVE = 60  # months
LEAST: Dated[dict[int, tuple[float, ...]]] = Dated(
    {
        date(2010, 1, 1): {
            Sex.BOY: _kbm(*FIRST_MONTHS, (7, 400.0), (11, 300.0), (UNDER_FIVE, 200.0)),
            Sex.GIRL: _kbm(*FIRST_MONTHS, (6, 400.0), (10, 300.0), (UNDER_FIVE, 200.0)),
        }
    },
    source="Buku KIA 2023 (months 1 to 5), KMS of girls (6 to 60); boys from 6 months on: inferred, not seen in print",
)
APART: Dated[Span] = Dated(
    {date(2010, 1, 1): Span(21, 45)},
    source="this project: the guides say 'the month before' and give no number of days",
)
LETTERS = ("", "N", "T", "O", "B")


@dataclass(frozen=True, slots=True)
class Gains:
    """One value a measurement, in the order given."""

    kind: Codes  # Gain
    twice: Flags  # 2T: not gained, and not gained the time before
    gain_g: Numbers  # gram since the weighing compared with; NaN for O, B, none
    least_g: Numbers  # KBM, the least gain in gram at this age; NaN likewise
    days: Numbers  # days since the weighing compared with; NaN likewise


def gain(
    child: ArrayLike, measured: ArrayLike, age_days: ArrayLike, sex: ArrayLike, weight_kg: ArrayLike, *, on: date
) -> Gains:
    """N, T, O, B of every measurement. All columns have shape (n,), sorted by child, then by day.

    child      any numbers or texts that are equal for one child and stand together
    measured   day of measuring: datetime64[D] or whole days
    age_days, sex, weight_kg as in `score`; `on`: the day whose KBM table counts

    Raises ValueError where the rows are not sorted or the columns differ in length.
    """
    ages = np.asarray(age_days, np.float64)
    weight, boys_girls = numbers(weight_kg, len(ages)), codes(sex, len(ages))
    group, day = _series(np.asarray(child), np.asarray(measured), len(ages))
    span = APART.on(on)
    rows = np.flatnonzero(weight > 0)
    before = _compared_with(group[rows], day[rows], span.least)
    met = before >= 0
    earlier = rows[np.maximum(before, 0)]
    days = np.where(met, day[rows] - day[earlier], np.nan)
    grams = np.where(met, np.rint((weight[rows] - weight[earlier]) * 1000.0), np.nan)
    least, month = _least(boys_girls[rows], ages[rows], on)
    kind = _kind(month, days <= span.most, met, grams, least)
    judged = (kind == Gain.GAINED) | (kind == Gain.NOT_GAINED)
    twice = (kind == Gain.NOT_GAINED) & (kind[np.maximum(before, 0)] == Gain.NOT_GAINED)
    return Gains(
        kind=_spread(kind, rows, len(ages), 0).astype(np.int8),
        twice=_spread(twice, rows, len(ages), 0).astype(np.bool_),
        gain_g=_spread(np.where(judged, grams, np.nan), rows, len(ages), np.nan),
        least_g=_spread(np.where(judged, least, np.nan), rows, len(ages), np.nan),
        days=_spread(np.where(judged, days, np.nan), rows, len(ages), np.nan),
    )


def _series(child: NDArray[Any], measured: NDArray[Any], size: int) -> tuple[Places, Places]:
    """A number for each child that grows along the rows, and whole days."""
    if child.shape != (size,) or measured.shape != (size,):
        raise ValueError("the columns of a series differ in length")
    day = measured.astype("datetime64[D]").astype(np.int64) if measured.dtype.kind == "M" else measured.astype(np.int64)
    new = np.ones(size, np.bool_)
    new[1:] = child[1:] != child[:-1]
    if (~new[1:] & (day[1:] < day[:-1])).any():
        raise ValueError("the rows of a child are not sorted by day")
    return np.cumsum(new), day


def _compared_with(group: Places, day: Places, least: int) -> Places:
    """The place of each child's last row at least so many days before; -1 where there is none."""
    if not len(day):
        return np.zeros(0, np.int64)
    since = day - day.min()
    key = group * (since.max() + least + 1) + since
    before = np.searchsorted(key, key - least, side="right") - 1
    return np.where((before >= 0) & (group[before] == group), before, -1)


def _least(sex: Codes, age_days: Numbers, on: date) -> tuple[Numbers, Numbers]:
    """KBM and completed months; NaN where sex or age is not known, or the child is five."""
    month = np.floor(age_days / MONTH)
    month = np.where((month >= 0) & (month < UNDER_FIVE), month, np.nan)
    known = ((sex == Sex.BOY) | (sex == Sex.GIRL)) & ~np.isnan(month)
    table = np.array([LEAST.on(on)[Sex.BOY], LEAST.on(on)[Sex.GIRL]])
    row, column = np.where(known, sex - 1, 0), np.where(known, month, 0.0).astype(np.int64)
    return np.where(known, table[row, column], np.nan), np.where(known, month, np.nan)


def _kind(month: Numbers, near: Flags, met: Flags, grams: Numbers, least: Numbers) -> Codes:
    """In the first month of life nothing can be compared: first, as for who comes for the first time."""
    kinds = [
        (np.isnan(month), Gain.NONE),
        (~met | (month < 1), Gain.FIRST),
        (~near, Gain.ABSENT),
        (grams >= least, Gain.GAINED),
    ]
    return np.select([when for when, _ in kinds], [int(kind) for _, kind in kinds], int(Gain.NOT_GAINED)).astype(
        np.int8
    )


def _spread(values: NDArray[Any], rows: Places, size: int, empty: float) -> NDArray[Any]:
    column = np.full(size, empty)
    column[rows] = values
    return column
