"""The lines and bands of the card of weights (KMS)."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from balai.base.words import sentence
from balai.growth.rules.banding import classes
from balai.growth.rules.columns import Codes, Flags, Index, Numbers
from balai.growth.rules.curves import LEVELS, curves
from balai.growth.rules.gaining import UNDER_FIVE, Gain
from balai.growth.rules.older import MONTH

BELOW_RED, YELLOW, GREEN, ABOVE_ORANGE = 1, 2, 3, 4
KMS_WORDS = (
    "",
    sentence("di bawah garis merah"),
    sentence("di pita kuning"),
    sentence("di pita hijau"),
    sentence("di atas garis oranye"),
)


@dataclass(frozen=True, slots=True)
class Kms:
    """Weights in kg on the lines of the card: `kg[line, month]`."""

    month: NDArray[np.int64]  # 0 to 60
    line: tuple[float, ...]  # z-score of each line: -3 (red) to +3; +1 is the orange one
    kg: Numbers


def kms(sex: int) -> Kms:
    """The card of a boy (1) or a girl (2). Raises ValueError for another sex."""
    lines = curves(Index.WAZ, sex)
    month = np.arange(UNDER_FIVE + 1)
    day = np.floor(month * MONTH + 0.5).astype(np.int64)
    return Kms(month, LEVELS, lines.values[:, day])


def kms_bands(waz: ArrayLike, *, on: date) -> Codes:
    """0 not known, 1 below the red line (< -3), 2 yellow (-3 to < -2), 3 green (-2 to +1), 4 above the orange line.

    The card of 2021 follows the classes of weight for age (inferred: the lines of the print were not measured).
    """
    return classes(Index.WAZ, waz, on=on)


def to_refer(kind: ArrayLike, waz: ArrayLike, *, on: date) -> Flags:
    """Whom the posyandu refers: T (already the first time), below the red line or above the orange one.

    Source: Buku KIA 2023. Before, it was two T in a row.
    """
    band = kms_bands(waz, on=on)
    refer: Flags = (np.asarray(kind) == Gain.NOT_GAINED) | (band == BELOW_RED) | (band == ABOVE_ORANGE)
    return refer
