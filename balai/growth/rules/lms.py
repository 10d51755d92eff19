"""The LMS method (Cole), as WHO applies it: z-score from a measure, measure from a z-score.

L is the `power` that makes the measures normal, M the `median`, S the `spread`, a part of the median.
"""

import numpy as np

from balai.growth.rules.columns import Numbers

TAIL = 3.0  # beyond, weight-based indices go on in steps of the distance between 2 and 3


def plain(y: Numbers, power: Numbers, median: Numbers, spread: Numbers) -> Numbers:
    """((y/M)^L - 1) / (L S). No row holds an L of zero, and L keeps its sign in every table that is interpolated."""
    return ((y / median) ** power - 1.0) / (power * spread)


def straight(y: Numbers, median: Numbers, spread: Numbers) -> Numbers:
    """The same where L is 1, as for length, height and head."""
    return (y / median - 1.0) / spread


def with_tails(y: Numbers, power: Numbers, median: Numbers, spread: Numbers) -> Numbers:
    """Weight-based: beyond 3 and -3 counted in steps of the distance between the second and the third line."""
    z = plain(y, power, median, spread)
    far = np.flatnonzero(np.abs(z) > TAIL)
    side = np.sign(z[far])
    power, median, spread = power[far], median[far], spread[far]
    third = measure(side * TAIL, power, median, spread)
    step = np.abs(third - measure(side * (TAIL - 1), power, median, spread))
    z[far] = side * TAIL + (y[far] - third) / step
    return z


def measure(z: Numbers, power: Numbers, median: Numbers, spread: Numbers) -> Numbers:
    """M (1 + L S z)^(1/L): the line of a z-score, up to 3 on either side."""
    lines: Numbers = median * (1.0 + power * spread * z) ** (1.0 / power)
    return lines


def rounded(z: Numbers) -> Numbers:
    """Two decimals, halves to even, as R's round(z, 2); never a negative zero."""
    return np.rint(z * 100.0) / 100.0 + 0.0
