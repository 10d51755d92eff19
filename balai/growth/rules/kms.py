"""The lines and bands of the card of weights (KMS)."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from balai.growth.rules.columns import Codes, Flags, Numbers


@dataclass(frozen=True, slots=True)
class Kms:
    """Weights in kg on the lines of the card: `kg[line, month]`."""

    month: NDArray[np.int64]  # 0 to 60
    line: tuple[float, ...]  # z-score of each line: -3 (red) to +3; +1 is the orange one
    kg: Numbers


def kms(sex: int) -> Kms:
    """The card of a boy (1) or a girl (2). Raises ValueError for another sex."""
    raise NotImplementedError


def kms_bands(waz: ArrayLike, *, on: date) -> Codes:
    """0 not known, 1 below the red line (< -3), 2 yellow (-3 to < -2), 3 green (-2 to +1), 4 above the orange line."""
    raise NotImplementedError


def to_refer(kind: ArrayLike, waz: ArrayLike, *, on: date) -> Flags:
    """Whom the posyandu refers: T (already the first time), below the red line or above the orange one."""
    raise NotImplementedError
