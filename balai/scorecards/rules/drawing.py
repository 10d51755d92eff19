"""Small pictures as numbers: a line of months, a funnel, bars with their intervals. Pure; templates write the SVG."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from balai.base import months

SPARK_WIDTH, SPARK_HEIGHT, EDGE = 120.0, 32.0, 4.0
LONGEST = 6  # months: a half-year between two figures is their rhythm, a longer silence is a gap
Z95, Z998 = 1.959964, 3.090232  # two-sided 95 % and 99.8 %, as funnel plots have them (Spiegelhalter 2005)
FUNNEL_WIDTH, FUNNEL_HEIGHT, STEPS = 640.0, 320.0, 48
BAR_WIDTH = 300.0


@dataclass(frozen=True)
class Spark:
    """Points (period, x, y) and the line through them, broken where a month is missing."""

    line: str
    points: tuple[tuple[str, float, float], ...]
    width: float = SPARK_WIDTH
    height: float = SPARK_HEIGHT


def spark(values: Mapping[str, float]) -> Spark | None:
    """`values` by period, 'YYYY-MM'; None for fewer than two."""
    if len(values) < 2:
        return None
    every = months.between(min(values), max(values))
    low, high = min(values.values()), max(values.values())
    step, scale = (SPARK_WIDTH - 2 * EDGE) / (len(every) - 1), (SPARK_HEIGHT - 2 * EDGE) / ((high - low) or 1)
    points, line, before = [], "", -LONGEST - 1
    for place, period in enumerate(every):
        if period in values:
            x, y = round(EDGE + place * step, 1), round(SPARK_HEIGHT - EDGE - (values[period] - low) * scale, 1)
            line += f"{'L' if place - before <= LONGEST else 'M'}{x:g} {y:g}"
            points.append((period, x, y))
            before = place
    return Spark(line, tuple(points))


@dataclass(frozen=True)
class Dot:
    """One place in the funnel; `outside`: 0 within both limits, 1 beyond 95 %, 2 beyond 99.8 %."""

    code: str
    x: float
    y: float
    outside: int
    above: bool


@dataclass(frozen=True)
class Funnel:
    centre: float
    centre_y: float
    inner: str
    outer: str
    dots: tuple[Dot, ...]
    largest: int
    top: float
    width: float = FUNNEL_WIDTH
    height: float = FUNNEL_HEIGHT

    def beyond(self, limit: int) -> int:
        return sum(dot.outside >= limit for dot in self.dots)


def limits(centre: float, d: float, z: float) -> tuple[float, float]:
    """Between what chance alone leaves a share of `d` around `centre`, in [0, 1]."""
    spread = z * sqrt(centre * (1 - centre) / d)
    return max(0.0, centre - spread), min(1.0, centre + spread)


def outside(n: int, d: int, centre: float) -> int:
    return sum(not low <= n / d <= high for low, high in (limits(centre, d, Z95), limits(centre, d, Z998)))


def funnel(cells: Sequence[tuple[str, int, int]]) -> Funnel | None:
    """Of (code, n, d); None for fewer than three places, or without anybody counted."""
    cells = [(code, n, d) for code, n, d in cells if d > 0]
    if len(cells) < 3:
        return None
    centre, largest = sum(n for _code, n, _d in cells) / sum(d for _code, _n, d in cells), max(d for *_, d in cells)
    smallest = min(d for *_, d in cells)
    top = min(1.0, 1.08 * max(limits(centre, smallest, Z95)[1], *(n / d for _code, n, d in cells))) or 1.0
    dots = tuple(
        Dot(code, _x(d, largest), _y(n / d, top), outside(n, d, centre), n / d > centre) for code, n, d in cells
    )
    ways = [_limit_path(centre, largest, top, z) for z in (Z95, Z998)]
    return Funnel(centre, _y(centre, top), ways[0], ways[1], dots, largest, top)


def _x(d: float, largest: int) -> float:
    return round(FUNNEL_WIDTH * d / (1.05 * largest), 1)


def _y(share: float, top: float) -> float:
    return round(FUNNEL_HEIGHT * (1 - min(share, top) / top), 1)


def _limit_path(centre: float, largest: int, top: float, z: float) -> str:
    """Lower and upper limit as two lines over all sizes."""
    sizes = [largest * 1.05 * step / STEPS for step in range(1, STEPS + 1)]
    ways = []
    for side in (0, 1):
        points = [(_x(size, largest), _y(limits(centre, size, z)[side], top)) for size in sizes]
        ways.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points))
    return "".join(ways)


@dataclass(frozen=True)
class Bar:
    """A value with its interval on the scale of all: where the dot and the ends of the line stand."""

    x: float
    low: float
    high: float
    width: float = BAR_WIDTH


def scale(highs: Iterable[float]) -> float:
    return max(highs, default=0.0) or 1.0


def bar(value: float, low: float | None, high: float | None, most: float) -> Bar:
    """The whole bar stands for `most`; without an interval the line is a point."""
    ends = (value if low is None else low, value, value if high is None else high)
    left, x, right = (round(BAR_WIDTH * min(max(end, 0.0), most) / most, 1) for end in ends)
    return Bar(x, left, right)


def ranked(values: Mapping[str, float], direction: str) -> dict[str, int]:
    """Code to rank, the best first (the highest where nothing is better); equal values share a rank."""
    order = sorted(values.values(), reverse=direction != "down")
    return {code: order.index(value) + 1 for code, value in values.items()}
