"""Gain of weight beside WHO's velocity standards (2009): 1, 2 and 3 months, from birth to two years."""

from numpy.typing import ArrayLike

from balai.growth.rules.columns import Numbers


def velocity(sex: ArrayLike, start_month: ArrayLike, months: ArrayLike, gain_g: ArrayLike) -> Numbers:
    """Z-score (two decimals) of a gain in gram over `months` (1, 2, 3) from the age of `start_month` completed months.

    NaN outside the tables: start 0 to 11 for one month, 0 to 22 for two, 0 to 21 for three.
    """
    raise NotImplementedError


def gain_at(sex: ArrayLike, start_month: ArrayLike, months: ArrayLike, z: ArrayLike) -> Numbers:
    """Gram gained at z-score `z`; the inverse of `velocity`."""
    raise NotImplementedError
