"""The columns of numbers that the rules take and give: one value a child, NaN where nothing is known."""

from enum import IntEnum, StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


class Sex(IntEnum):
    BOY = 1
    GIRL = 2


class Position(IntEnum):
    UNKNOWN = 0
    LYING = 1
    STANDING = 2


class Index(StrEnum):
    """A z-score by its name in files: weight, length/height, weight for height, BMI, head, upper arm."""

    WAZ = "waz"
    HAZ = "haz"
    WHZ = "whz"
    BAZ = "baz"
    HCZ = "hcz"
    MUACZ = "muacz"


def numbers(values: ArrayLike | None, size: int) -> Numbers:
    """`values` as float64; all NaN where there is no such column."""
    return np.full(size, np.nan) if values is None else _of_size(np.asarray(values, dtype=np.float64), size)


def codes(values: ArrayLike | None, size: int) -> Codes:
    return np.zeros(size, np.int8) if values is None else _of_size(np.asarray(values, dtype=np.int8), size)


def flags(values: ArrayLike | None, size: int) -> Flags:
    return np.zeros(size, np.bool_) if values is None else _of_size(np.asarray(values, dtype=np.bool_), size)


def _of_size(column: NDArray[Any], size: int) -> NDArray[Any]:
    if column.shape != (size,):
        raise ValueError(f"a column of shape {column.shape} beside columns of {size} rows")
    return column
