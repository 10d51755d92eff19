"""Z-scores of many children at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from balai.growth.rules.columns import Flags, Index, Numbers, Places, Position, codes, flags, numbers
from balai.growth.rules.lms import rounded, straight, with_tails
from balai.growth.rules.measuring import ARMS, HEADS, HEIGHTS, UPRIGHT_FROM, WEIGHTS, Child, positioned, within
from balai.growth.rules.older import FIRST_MONTH, MONTH, score_older
from balai.growth.rules.tables import by_day, by_length

PART = 1 << 14  # rows worked on at a time, so that they stay in the processor's cache
LAST_DAY = 1826  # the last day under 60.0 months (days / 30.4375), as in WHO's R package anthro
LAST_DAY_OF_TABLES = 1856  # 60.99 months, as in WHO's older macros
UPRIGHT_CM = 87.0  # without age and position: length below, height from here on
PLAUSIBLE = {Index.WAZ: (-6.0, 5.0), Index.HAZ: (-6.0, 6.0)}
PLAUSIBLE_OTHERS = (-5.0, 5.0)
NEARLY = 1e-6  # tenths of a centimetre by which binary fractions may miss a row


@dataclass(frozen=True, slots=True)
class Scores:
    """One z-score (two decimals, NaN where not defined) and one flag (True: not plausible) a child and index.

    A flagged z-score is shown but leaves the prevalence. With oedema waz, whz and baz are NaN and the child counts as
    severely wasted (`classes` does so).
    """

    waz: Numbers
    haz: Numbers
    whz: Numbers
    baz: Numbers
    hcz: Numbers
    muacz: Numbers
    waz_flag: Flags
    haz_flag: Flags
    whz_flag: Flags
    baz_flag: Flags
    hcz_flag: Flags
    muacz_flag: Flags


def score(
    sex: ArrayLike,
    age_days: ArrayLike,
    weight_kg: ArrayLike | None = None,
    height_cm: ArrayLike | None = None,
    position: ArrayLike | None = None,
    oedema: ArrayLike | None = None,
    head_cm: ArrayLike | None = None,
    muac_cm: ArrayLike | None = None,
    *,
    last_day: int = LAST_DAY,
    older: bool = True,
) -> Scores:
    """WHO z-scores of n children: all columns have shape (n,), a column that is not there may be None.

    sex        int8: 1 boy, 2 girl, anything else: no z-score
    age_days   float: days since birth, rounded to whole days (halves up); NaN: weight for height only
    weight_kg  0.9 to 58 kg under five, else no z-score; 5 to 250 kg above
    height_cm  length or height as measured, 38 to 150 cm under five; 50 to 230 cm above
    position   int8: 0 not known (taken as what WHO expects at that age), 1 lying, 2 standing
    oedema     bool: no weight-based z-score
    head_cm    20 to 70 cm, else no z-score
    muac_cm    5 to 60 cm, from day 91

    Under five: WHO Child Growth Standards 2006 by day up to `last_day` (1826; 1856 as WHO's older macros).
    `older`: from 61 to 228 months (weight to 120) WHO Reference 2007 by month, interpolated; between `last_day` and
    61 months there is no z-score. Raises ValueError where columns differ in length.
    """
    ages = np.asarray(age_days, np.float64)
    size = len(ages)
    child = Child(
        codes(sex, size), ages, numbers(weight_kg, size), numbers(height_cm, size),
        codes(position, size), flags(oedema, size), numbers(head_cm, size), numbers(muac_cm, size),
    )  # fmt: skip
    found = {index: np.empty(size) for index in Index}
    for start in range(0, size, PART):
        rows = slice(start, start + PART)
        for index, z in _scored(child.part(rows), last_day, older).items():
            found[index][rows] = rounded(z)
    return _with_flags(found)


def _with_flags(z: dict[Index, Numbers]) -> Scores:
    flag = {index: implausible(index, column) for index, column in z.items()}
    return Scores(
        z[Index.WAZ], z[Index.HAZ], z[Index.WHZ], z[Index.BAZ], z[Index.HCZ], z[Index.MUACZ],
        flag[Index.WAZ], flag[Index.HAZ], flag[Index.WHZ], flag[Index.BAZ], flag[Index.HCZ], flag[Index.MUACZ],
    )  # fmt: skip


def implausible(index: Index, z: Numbers) -> Flags:
    """WHO's flags, on z-scores of two decimals."""
    low, high = PLAUSIBLE.get(index, PLAUSIBLE_OTHERS)
    return (z < low) | (z > high)


def _scored(child: Child, last_day: int, older: bool) -> dict[Index, Numbers]:
    day = np.floor(child.age_days + 0.5)
    block = (child.sex - 1).astype(np.int64)  # 0 boys, 1 girls
    known = (block == 0) | (block == 1)
    aged = known & (day >= 0) & (day <= last_day)
    height = positioned(within(child.height_cm, HEIGHTS), day, child.position)
    weight = within(child.weight_kg, WEIGHTS)
    weight[child.oedema] = np.nan
    found = _by_age(child, weight, height, _places(day, block, aged))
    weighable = aged | (known & np.isnan(day))
    found[Index.WHZ] = _by_height(weight, height, block, _standing(child, day, height), weighable)
    if older:
        rows = np.flatnonzero(child.age_days >= FIRST_MONTH * MONTH)
        for index, z in score_older(child, rows).items():
            found[index][rows] = z
    return found


def _places(day: Numbers, block: Places, aged: Flags) -> Places:
    """The row of each child in every table by day."""
    table = by_day(Index.WAZ)
    return np.where(aged, np.where(aged, day, 0.0).astype(np.int64) + block * table.width, table.nowhere)


def _by_age(child: Child, weight: Numbers, height: Numbers, places: Places) -> dict[Index, Numbers]:
    bmi = weight / (height / 100.0) ** 2
    found = {
        Index.WAZ: with_tails(weight, *by_day(Index.WAZ).at(places)),
        Index.HAZ: straight(height, *by_day(Index.HAZ).at(places)[1:]),
        Index.BAZ: with_tails(bmi, *by_day(Index.BAZ).at(places)),
        Index.HCZ: child.head_cm,
        Index.MUACZ: child.muac_cm,
    }
    if not np.isnan(child.head_cm).all():
        found[Index.HCZ] = straight(within(child.head_cm, HEADS), *by_day(Index.HCZ).at(places)[1:])
    if not np.isnan(child.muac_cm).all():
        found[Index.MUACZ] = with_tails(within(child.muac_cm, ARMS), *by_day(Index.MUACZ).at(places))
    return found


def _standing(child: Child, day: Numbers, height: Numbers) -> Flags:
    """Whose weight is compared with height, not length: by age; without an age by position, then by height."""
    tall = (child.position == Position.UNKNOWN) & (height >= UPRIGHT_CM)
    standing: Flags = (day >= UPRIGHT_FROM) | (np.isnan(day) & ((child.position == Position.STANDING) | tall))
    return standing


def _by_height(weight: Numbers, height: Numbers, block: Places, standing: Flags, weighable: Flags) -> Numbers:
    """Weight for length or height, L, M and S interpolated within a tenth of a centimetre."""
    table = by_length()
    tenths = height * 10.0
    row = np.rint(tenths)
    row = np.where(np.abs(tenths - row) < NEARLY, row, np.floor(tenths))
    inside = weighable & (row >= table.first) & (row < table.first + table.width - 1)
    places = np.where(inside, row, table.first).astype(np.int64) - table.first + (2 * standing + block) * table.width
    places[~inside] = table.nowhere
    found = table.at(places)
    part = tenths - row
    between = np.flatnonzero((part > NEARLY) & inside)
    if len(between):
        for column, following in zip(found, table.at(places[between] + 1), strict=True):
            column[between] += part[between] * (following - column[between])
    return with_tails(weight, *found)
