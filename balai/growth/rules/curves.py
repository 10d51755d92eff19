"""Lines of equal z-score, for charts."""

from dataclasses import dataclass

import numpy as np

from balai.growth.rules.columns import Index, Numbers, Sex
from balai.growth.rules.lms import measure
from balai.growth.rules.tables import by_day, by_length, by_month

FURTHEST = 3.0
LEVELS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Curves:
    x: Numbers  # shape (m,)
    unit: str  # of x: "day", "month" (older) or "cm" (WHZ)
    levels: tuple[float, ...]  # z-score of each line
    values: Numbers  # shape (len(levels), m): cm, kg or kg/m2


def curves(
    index: Index, sex: int, *, levels: tuple[float, ...] = LEVELS, standing: bool = False, older: bool = False,
    step: int = 1,
) -> Curves:  # fmt: skip
    """Lines of an index for a boy (1) or a girl (2); every `step`-th row of the table.

    By day 0 to 1856 (MUACZ from 91); WHZ by 0.1 cm of length, or of height with `standing`; `older` by month 61 to 228
    (WAZ to 120, BAZ, HAZ). Raises KeyError where WHO has no such table, ValueError for another sex
    or a level beyond -3 to 3, where the standard has no lines.
    """
    block = int(Sex(sex)) - 1
    if max(map(abs, levels)) > FURTHEST:
        raise ValueError("WHO draws lines from -3 to 3")
    if index == Index.WHZ:
        table, unit, scale, block = by_length(), "cm", 10.0, block + 2 * standing
    else:
        table, unit, scale = (by_month(index), "month", 1.0) if older else (by_day(index), "day", 1.0)
    rows = np.arange(block * table.width, (block + 1) * table.width)
    rows = rows[~np.isnan(table.median[rows])][::step]
    z = np.array(levels)[:, np.newaxis]
    return Curves((rows - block * table.width + table.first) / scale, unit, levels, measure(z, *table.at(rows)))
