"""Counts and what is shown of them: n and d are whole and are added from the village up; division comes last."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from balai.indicators.rules.declared import FACTORS, Indicator
from balai.indicators.rules.intervals import SMALL, wilson

NATION = "00"
LEVELS = {"kecamatan": 8, "kabupaten": 5, "provinsi": 2}


class Row(NamedTuple):
    """One figure of one region; of a median one row a value (`bin`) with the count of it in `n`."""

    region: str
    code: str
    n: int | None
    d: int | None
    bin: int | None


@dataclass(frozen=True)
class Counted:
    """n and d of one figure in one region; of a median the histogram."""

    n: int | None
    d: int | None = None
    bins: Mapping[int, int] | None = None


@dataclass(frozen=True)
class Figure:
    """What is shown. `value` is None where nothing can be divided or the counts contradict each other (`odd`)."""

    code: str
    value: float | None
    n: int | None
    d: int | None
    low: float | None = None
    high: float | None = None
    small: bool = False
    odd: bool = False


def regions(village: str) -> list[str]:
    """The places above a village, lowest first, by cutting its code."""
    return [*(village[:length] for length in LEVELS.values()), NATION]


def rolled_up(rows: Iterable[Row], highest: frozenset[str] = frozenset()) -> list[Row]:
    """The rows of villages and of all places above them. Codes in `highest` are not added: the greatest counts."""
    found: dict[tuple[str, str, int | None], tuple[int | None, int | None]] = {}
    for row in rows:
        for region in (row.region, *regions(row.region)):
            key = (region, row.code, row.bin)
            n, d = found.get(key, (None, None))
            found[key] = (_most(n, row.n) if row.code in highest else _sum(n, row.n), _sum(d, row.d))
    return [Row(region, code, n, d, bin_) for (region, code, bin_), (n, d) in found.items()]


def _sum(first: int | None, second: int | None) -> int | None:
    return second if first is None else first if second is None else first + second


def _most(first: int | None, second: int | None) -> int | None:
    return second if first is None else first if second is None else max(first, second)


def gathered(rows: Iterable[Row]) -> dict[tuple[str, str], Counted]:
    """By region and code; the rows of a median become one histogram, n the number of values in it."""
    found: dict[tuple[str, str], Counted] = {}
    for row in rows:
        key = (row.region, row.code)
        if row.bin is None:
            found[key] = Counted(row.n, row.d)
        else:
            bins = {**(found[key].bins or {}), row.bin: row.n or 0} if key in found else {row.bin: row.n or 0}
            found[key] = Counted(sum(bins.values()), None, bins)
    return found


CLASS = "class"  # of a place; it is told of every place there is, so chance has no part in it


def is_share(one: Indicator) -> bool:
    """Whether n is a part of d, so that it has an interval and never leaves 0 to 100."""
    return bool(one.counted) and not one.against


def exact(one: Indicator, counted: Counted) -> Fraction | None:
    """n / d without the factor of its unit, as formulas use it."""
    if counted.bins is not None:
        return median(counted.bins, one.scale)
    if counted.n is None or (counted.d is None and one_needs_d(one)):
        return None
    if one_needs_d(one):
        return Fraction(counted.n, counted.d * one.scale) if counted.d else None
    return Fraction(counted.n, one.scale)


def one_needs_d(one: Indicator) -> bool:
    return bool(one.counted) or one.how in ("mean", "ratio")


def median(bins: Mapping[int, int], scale: int = 1) -> Fraction | None:
    """The middle value; of an even number of values the mean of the two in the middle."""
    total = sum(bins.values())
    if not total:
        return None
    low, high = _at(bins, (total - 1) // 2), _at(bins, total // 2)
    return Fraction(low + high, 2 * scale)


def _at(bins: Mapping[int, int], place: int) -> int:
    """The value at a place of the ordered list, from 0."""
    upto = list(accumulate(bins[value] for value in sorted(bins)))
    return sorted(bins)[bisect_right(upto, place)]


def figure(one: Indicator, counted: Counted, on: date) -> Figure:
    """The figure of a definition (a part resolved by `measures.parts`)."""
    factor = FACTORS.get(one.unit, 1)
    n, d = counted.n, counted.d
    if _odd(one, counted):
        return Figure(one.code, None, n, d, odd=True)
    fraction = exact(one, counted)
    value = None if fraction is None else float(fraction * factor)
    if not is_share(one) or one.unit == CLASS or not d or n is None:
        return Figure(one.code, value, n, d)
    low, high = wilson(n, d)
    return Figure(one.code, value, n, d, low * factor, high * factor, small=d < SMALL.on(on))


def _odd(one: Indicator, counted: Counted) -> bool:
    """A share above the whole or below nothing, which no percentage may be."""
    bounded = is_share(one) or one.unit == "percent"
    n, d = counted.n, counted.d
    return bounded and n is not None and d is not None and not 0 <= n <= d
