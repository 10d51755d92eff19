"""Gain of weight beside WHO's velocity standards (2009): 1, 2 and 3 months, from birth to two years."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from balai.growth.rules.columns import Numbers
from balai.growth.rules.lms import measure, plain, rounded
from balai.growth.rules.tables import DATA

STARTS = 23  # months from which an interval may start


def velocity(sex: ArrayLike, start_month: ArrayLike, months: ArrayLike, gain_g: ArrayLike) -> Numbers:
    """Z-score (two decimals) of a gain in gram over `months` (1, 2, 3) from the age of `start_month` completed months.

    NaN outside the tables: start 0 to 11 for one month, 0 to 22 for two, 0 to 21 for three.
    """
    power, median, spread, delta = _found(sex, start_month, months)
    shifted = np.asarray(gain_g, np.float64) + delta
    return rounded(plain(np.maximum(shifted, 0.0), power, median, spread))


def gain_at(sex: ArrayLike, start_month: ArrayLike, months: ArrayLike, z: ArrayLike) -> Numbers:
    """Gram gained at z-score `z`; the inverse of `velocity`."""
    power, median, spread, delta = _found(sex, start_month, months)
    grams: Numbers = measure(np.asarray(z, np.float64), power, median, spread) - delta
    return grams


def _found(sex: ArrayLike, start_month: ArrayLike, months: ArrayLike) -> NDArray[np.float64]:
    """L, M, S, delta of each row; NaN where WHO has none."""
    keys = [np.asarray(key, np.float64) for key in (sex, months, start_month)]
    known = np.ones(keys[0].shape, np.bool_)
    for key, last in zip(keys, (2, 3, STARTS - 1), strict=True):
        known &= (key >= 0) & (key <= last) & (key == np.floor(key))
    one, two, three = (np.where(known, key, 0.0).astype(np.int64) for key in keys)
    return _table()[:, one, two, three]


@cache
def _table() -> NDArray[np.float64]:
    """L, M, S, delta by sex, months, start; NaN where WHO has none, as for sex 0."""
    table = np.full((4, 3, 4, STARTS), np.nan)
    for line in (DATA / "velocity.csv").read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            sex, months, start, *values = line.split(",")
            table[:, int(sex), int(months), int(start)] = [float(value) for value in values]
    return table
