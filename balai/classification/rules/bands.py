"""Bands of values that give score 1, 2, 3, 4: read from text, proved free of gaps and overlaps, applied at once.

`<30`, `<=6`, `>30`, `>=13`, `5`, `10-20` (both ends in), `>20-30` (left end out). Bands are listed in the order of
the scores, so an indicator whose low values are good lists its highest band first.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Scores = NDArray[np.int8]

_SHAPE = re.compile(r"(?P<sign><=|>=|<|>)?(?P<first>\d+(?:\.\d+)?)(?:-(?P<last>\d+(?:\.\d+)?))?")


class Broken(ValueError):
    """Bands that cannot be used; says why, the loader says where."""


@dataclass(frozen=True)
class Band:
    low: float
    low_in: bool
    high: float
    high_in: bool
    text: str

    def holds(self, value: float) -> bool:
        above = value >= self.low if self.low_in else value > self.low
        below = value <= self.high if self.high_in else value < self.high
        return above and below


def read(text: str) -> Band:
    found = _SHAPE.fullmatch(text.replace(" ", ""))
    if not found or (found["last"] and found["sign"] not in (None, ">")):
        raise Broken(f"“{text}” bukan rentang")
    first, sign = float(found["first"]), found["sign"]
    if found["last"]:
        band = Band(first, sign is None, float(found["last"]), True, text)
    elif sign is None:
        band = Band(first, True, first, True, text)
    elif sign.startswith("<"):
        band = Band(-math.inf, False, first, sign == "<=", text)
    else:
        band = Band(first, sign == ">=", math.inf, False, text)
    if band.low > band.high:
        raise Broken(f"“{text}” terbalik")
    return band


def _whole(band: Band) -> Band:
    """The same whole numbers, with both ends in."""
    low = band.low if band.low_in or math.isinf(band.low) else band.low + 1
    high = band.high if band.high_in or math.isinf(band.high) else band.high - 1
    return Band(low, True, high, True, band.text)


def _check_join(below: Band, above: Band, whole: bool) -> None:
    pair = f"“{below.text}” dan “{above.text}”"
    if whole:
        gap = above.low - below.high - 1
    else:
        ends = int(below.high_in) + int(above.low_in)
        gap = above.low - below.high or (1 - ends)
    if gap > 0:
        raise Broken(f"ada celah antara {pair}")
    if gap < 0:
        raise Broken(f"{pair} bertumpang tindih")


@dataclass(frozen=True)
class Bands:
    """Bands in the order of the scores. `whole`: they part whole numbers, so 20 and 21 are neighbours."""

    bands: tuple[Band, ...]
    falling: bool

    @classmethod
    def parse(cls, texts: Sequence[str], *, whole: bool, total: float = math.inf) -> "Bands":
        if not 2 <= len(texts) <= 4:
            raise Broken("harus ada dua sampai empat rentang")
        bands = [read(text) for text in texts]
        if whole:
            bands = [_whole(band) for band in bands]
        falling = bands[0].low > bands[-1].low
        rising = bands[::-1] if falling else bands
        for below, above in zip(rising, rising[1:], strict=False):
            _check_join(below, above, whole)
        if rising[0].low > 0 or not rising[0].holds(0):
            raise Broken(f"“{rising[0].text}” tidak mulai dari nol")
        if rising[-1].high != total and not (math.isinf(rising[-1].high) and whole):
            raise Broken(f"“{rising[-1].text}” tidak berakhir di batas atas")
        return cls(tuple(bands), falling)

    @property
    def best(self) -> int:
        return len(self.bands)

    def score(self, values: Numbers) -> Scores:
        """Scores of known values; what lies beyond the outer bands counts to them."""
        rising = self.bands[::-1] if self.falling else self.bands
        passed = np.zeros(values.shape, dtype=np.int8)
        for band in rising[1:]:
            passed += (values >= band.low) if band.low_in else (values > band.low)
        return (self.best - passed if self.falling else 1 + passed).astype(np.int8)

    def score_one(self, value: float) -> int:
        """The same for one value, without the cost of columns."""
        rising = self.bands[::-1] if self.falling else self.bands
        passed = sum(value >= band.low if band.low_in else value > band.low for band in rising[1:])
        return self.best - passed if self.falling else 1 + passed

    def least(self, score: int) -> int:
        """The smallest whole number that gives at least this score (bands that rise)."""
        band = self.bands[score - 1]
        return max(0, math.floor(band.low) + (0 if band.low_in else 1)) if math.isfinite(band.low) else 0
