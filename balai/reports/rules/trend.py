"""The class of one village over the months as a step line."""

from collections.abc import Sequence
from dataclasses import dataclass

from balai.base import months

LEFT, TOP, ROW, RIGHT = 8.0, 10.0, 34.0, 632.0
CLASSES = 4


@dataclass(frozen=True)
class Moment:
    """What one month said: a class, or the range that what is missing still allows."""

    period: str
    village_class: int | None
    low: int
    high: int
    version: str


@dataclass(frozen=True)
class Point:
    period: str
    x: float
    width: float
    y: float
    height: float
    village_class: int | None
    new_version: bool


@dataclass(frozen=True)
class Trend:
    width: float
    height: float
    line: str
    points: tuple[Point, ...]
    rows: tuple[tuple[int, float], ...]
    ticks: tuple[tuple[str, float], ...]


def level(village_class: int) -> float:
    return TOP + (CLASSES - village_class) * ROW


def line(points: Sequence[Point]) -> str:
    """Horizontal where the class stays, vertical where it changes, broken where it cannot be told."""
    parts, pen = [], False
    for point in points:
        if point.village_class is None:
            pen = False
            continue
        parts.append(f"{'L' if pen else 'M'}{point.x:g} {point.y:g}H{point.x + point.width:g}")
        pen = True
    return "".join(parts)


def trend(history: Sequence[Moment]) -> Trend | None:
    """None for less than one month. Months without a row leave a gap."""
    if not history:
        return None
    every = months.between(history[0].period, history[-1].period)
    width = (RIGHT - LEFT) / len(every)
    place = {period: LEFT + index * width for index, period in enumerate(every)}
    points: list[Point] = []
    version = history[0].version
    for moment in history:
        low, high = moment.village_class or moment.low, moment.village_class or moment.high
        y, bottom = level(high), level(low)
        points.append(
            Point(moment.period, round(place[moment.period], 1), round(width, 1), y, bottom - y,
                  moment.village_class, moment.version != version)
        )  # fmt: skip
        version = moment.version
    stride = max(1, len(every) // 6)
    ticks = tuple((period, round(place[period] + width / 2, 1)) for period in every[::stride])
    rows = tuple((number, level(number)) for number in range(1, CLASSES + 1))
    return Trend(640.0, TOP + (CLASSES - 1) * ROW + 34, line(points), tuple(points), rows, ticks)
