"""WHO's tables of L, M, S, laid out so that a row is found by its number, without searching."""

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from balai.growth.rules.columns import Index, Numbers, Places

DATA = Path(__file__).resolve().parent.parent / "data"
BY_DAY = {Index.WAZ: "wfa", Index.HAZ: "lhfa", Index.BAZ: "bmi", Index.HCZ: "hc", Index.MUACZ: "ac"}
BY_MONTH = {Index.WAZ: "wfa_older", Index.HAZ: "hfa_older", Index.BAZ: "bmi_older"}
LYING, STANDING = "wfl", "wfh"


@dataclass(frozen=True, slots=True)
class Table:
    """L, M, S of blocks of `width` rows each (boys, girls, ...), the rows counted from `first`; the last row is NaN."""

    first: int
    width: int
    power: Numbers  # L
    median: Numbers  # M
    spread: Numbers  # S

    @property
    def nowhere(self) -> int:
        """The place of what the table does not hold."""
        return len(self.median) - 1

    def at(self, places: Places) -> tuple[Numbers, Numbers, Numbers]:
        return self.power.take(places), self.median.take(places), self.spread.take(places)


@cache
def _rows() -> dict[str, NDArray[np.float64]]:
    """sex, x, l, m, s of each table."""
    found: dict[str, list[str]] = {}
    with gzip.open(DATA / "who.csv.gz", "rt", encoding="ascii") as lines:
        for line in lines:
            if not line.startswith("#"):
                name, _comma, row = line.partition(",")
                found.setdefault(name, []).append(row)
    return {name: np.loadtxt(rows, delimiter=",") for name, rows in found.items()}


def _laid_out(names: tuple[str, ...], first: int, last: int) -> Table:
    width = last - first + 1
    columns = np.full((3, 2 * len(names) * width + 1), np.nan)
    for place, name in enumerate(names):
        sex, x, *values = _rows()[name].T
        columns[:, (2 * place + sex.astype(np.int64) - 1) * width + x.astype(np.int64) - first] = values
    return Table(first, width, *columns)


@cache
def by_day(index: Index) -> Table:
    """Boys, then girls, by day 0 to 1856. Raises KeyError for weight for height, which knows no age."""
    return _laid_out((BY_DAY[index],), 0, 1856)


@cache
def by_month(index: Index) -> Table:
    """Boys, then girls, by month 61 to 228 and one more, empty. Raises KeyError where there is no such table."""
    return _laid_out((BY_MONTH[index],), 61, 229)


@cache
def by_length() -> Table:
    """Boys lying, girls lying, boys standing, girls standing, by tenths of a centimetre, and one more, empty."""
    return _laid_out((LYING, STANDING), 450, 1201)
