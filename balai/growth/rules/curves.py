"""Lines of equal z-score, for charts."""

from dataclasses import dataclass

from balai.growth.rules.columns import Index, Numbers

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
    (WAZ to 120, BAZ, HAZ). Raises KeyError where WHO has no such table, ValueError for another sex.
    """
    raise NotImplementedError
