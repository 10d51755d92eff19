"""How sure a share is: Wilson's interval, the mark of a small area, an estimate that borrows from neighbours."""

from collections.abc import Sequence
from datetime import date
from math import sqrt

from balai.base.dated import Dated

# 95 % of a normal distribution lies within so many standard deviations.
Z = 1.959963984540054
SMALL = Dated({date(1900, 1, 1): 30}, source="usulan Balai: batas lazim pendekatan normal, belum ada ketentuan resmi")


def wilson(n: int, d: int) -> tuple[float, float]:
    """The 95 % interval of the share n of d (E. B. Wilson 1927), never below 0 or above 1."""
    share, z2 = n / d, Z * Z
    middle = (share + z2 / (2 * d)) / (1 + z2 / d)
    half = Z / (1 + z2 / d) * sqrt(share * (1 - share) / d + z2 / (4 * d * d))
    # Where nothing or all is counted the bound is known; arithmetic would miss it by a hair.
    low = 0.0 if n == 0 else max(0.0, middle - half)
    high = 1.0 if n == d else min(1.0, middle + half)
    return low, high


def shrunken(pairs: Sequence[tuple[int, int]]) -> list[float | None]:
    """For each area (n of d) the share drawn towards that of all areas together, the more the smaller the area.

    Empirical Bayes, beta-binomial by moments (R. J. Marshall 1991). None where d = 0. Offered beside the raw share.
    """
    total = sum(d for _n, d in pairs)
    if not total:
        return [None] * len(pairs)
    mean = sum(n for n, _d in pairs) / total
    filled = [(n, d) for n, d in pairs if d]
    spread = sum(d * (n / d - mean) ** 2 for n, d in filled) / total
    between = spread - mean * (1 - mean) * len(filled) / total
    if between <= 0:  # no more spread than chance gives: one share for all
        return [mean if d else None for _n, d in pairs]
    strength = max(0.0, mean * (1 - mean) / between - 1)
    return [(n + strength * mean) / (d + strength) if d else None for n, d in pairs]
