"""The charts of a child as paths of SVG: the card of weights with its bands, and the curves of WHO."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from balai.base.words import sentence
from balai.growth.rules import Index, curves, kms
from balai.measurements.rules.meaning import MONTH

WIDTH, HEIGHT = 360.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 30.0, 334.0, 8.0, 276.0
SHORT, WHOLE = 24, 60  # months on a card
LEVELS = (-3.0, -2.0, 0.0, 2.0, 3.0)
RED, YELLOW, ORANGE = -3.0, -2.0, 1.0
STEP = 30  # rows of the tables between two points of a line
CM_STEP = 20
LINES = {-3.0: "low", -2.0: "under", 0.0: "middle", 1.0: "orange", 2.0: "over", 3.0: "high"}

LABELS = {-3.0: "−3", -2.0: "−2", 0.0: "0", 1.0: "+1", 2.0: "+2", 3.0: "+3"}


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    odd: bool = False


@dataclass(frozen=True)
class Line:
    kind: str
    path: str
    label: str
    y: float


@dataclass(frozen=True)
class Tick:
    label: int
    at: float


@dataclass(frozen=True)
class Picture:
    """`dots` are the measurements, `trail` joins those that are not strange."""

    bands: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    trail: str
    dots: tuple[Point, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    x_name: str
    y_name: str
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM


@dataclass(frozen=True)
class Frame:
    """What of the world is in the picture."""

    x0: float
    x1: float
    y0: float
    y1: float

    def x(self, value: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (value - self.x0) / (self.x1 - self.x0), 1)

    def y(self, value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - self.y0) / (self.y1 - self.y0), 1)

    def path(self, points: Sequence[tuple[float, float]]) -> str:
        return "".join(f"{'L' if at else 'M'}{self.x(x):g} {self.y(y):g}" for at, (x, y) in enumerate(points))


def kms_picture(sex: int, points: Sequence[Point]) -> Picture:
    """`points`: months of age and kilograms."""
    card, until = kms(sex), _until(points)
    months = [int(month) for month in card.month if month <= until]
    lines = {
        level: [(float(month), float(kg)) for month, kg in zip(months, card.kg[at], strict=False)]
        for at, level in enumerate(card.line)
    }
    frame = _frame(points, [pair for line in lines.values() for pair in line], 0.0, float(until))
    floor_, roof = ([(float(month), y) for month in months] for y in (frame.y0, frame.y1))
    bands = tuple(
        (kind, frame.path([*low, *reversed(high)]) + "Z")
        for kind, low, high in (
            ("red", floor_, lines[RED]), ("yellow", lines[RED], lines[YELLOW]), ("green", lines[YELLOW], lines[ORANGE]),
            ("orange", lines[ORANGE], roof),
        )
    )  # fmt: skip
    drawn = {level: lines[level] for level in (RED, YELLOW, 0.0, ORANGE)}
    step = 6 if until == SHORT else 12
    return _picture(frame, bands, drawn, points, range(0, until + 1, step), sentence("bulan"), "kg")


def height_picture(sex: int, points: Sequence[Point]) -> Picture:
    """`points`: months of age and centimetres as WHO takes them at that age."""
    until = _until(points)
    found = curves(Index.HAZ, sex, levels=LEVELS, step=STEP)
    lines = {
        level: [(day / MONTH, float(cm)) for day, cm in zip(found.x, values, strict=True) if day / MONTH <= until]
        for level, values in zip(found.levels, found.values, strict=True)
    }
    frame = _frame(points, [pair for line in lines.values() for pair in line], 0.0, float(until))
    step = 6 if until == SHORT else 12
    return _picture(frame, (), lines, points, range(0, until + 1, step), sentence("bulan"), "cm")


def shape_picture(sex: int, points: Sequence[Point], *, standing: bool) -> Picture:
    """`points`: centimetres and kilograms, all of one manner of measuring."""
    found = curves(Index.WHZ, sex, levels=LEVELS, standing=standing, step=CM_STEP)
    x0, x1 = float(found.x[0]), float(found.x[-1])
    lines = {
        level: [(float(cm), float(kg)) for cm, kg in zip(found.x, values, strict=True)]
        for level, values in zip(found.levels, found.values, strict=True)
    }
    inside = [point for point in points if x0 <= point.x <= x1]
    frame = _frame(inside, [pair for line in lines.values() for pair in line], x0, x1)
    return _picture(frame, (), lines, inside, range(ceil(x0 / 10) * 10, int(x1) + 1, 10), "cm", "kg")


def _until(points: Sequence[Point]) -> int:
    return SHORT if all(point.x <= SHORT for point in points) else WHOLE


def _frame(points: Sequence[Point], drawn: Sequence[tuple[float, float]], x0: float, x1: float) -> Frame:
    values = [y for _x, y in drawn] + [point.y for point in points]
    return Frame(x0, x1, float(floor(min(values))), float(ceil(max(values))))


def _picture(
    frame: Frame, bands: tuple[tuple[str, str], ...], lines: dict[float, list[tuple[float, float]]],
    points: Sequence[Point], across: range, x_name: str, y_name: str,
) -> Picture:  # fmt: skip
    height = frame.y1 - frame.y0
    rise = next(step for step in (2, 5, 10, 20) if height / step <= 10)
    up = range(ceil(frame.y0 / rise) * rise, int(frame.y1) + 1, rise)
    return Picture(
        bands=bands,
        lines=tuple(
            Line(LINES[level], frame.path(line), LABELS[level], frame.y(line[-1][1]))
            for level, line in lines.items()
        ),
        trail=frame.path([(point.x, point.y) for point in points if not point.odd]),
        dots=tuple(Point(frame.x(point.x), frame.y(point.y), point.odd) for point in points),
        across=tuple(Tick(value, frame.x(value)) for value in across),
        up=tuple(Tick(value, frame.y(value)) for value in up),
        x_name=x_name,
        y_name=y_name,
    )  # fmt: skip
