"""Outlines of places as SVG paths: projected, rounded to the picture's grid, points that add nothing dropped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

Ring = Sequence[Sequence[float]]
Polygons = Sequence[Sequence[Ring]]
WIDTH = 800
TOLERANCE = 0.9  # of a unit of the picture


@dataclass(frozen=True)
class Frame:
    """From longitude and latitude to the picture."""

    west: float
    north: float
    x_scale: float
    y_scale: float
    height: int

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        return round((lon - self.west) * self.x_scale), round((self.north - lat) * self.y_scale)


def corners(outlines: Mapping[str, Polygons]) -> Iterator[Sequence[float]]:
    for polygons in outlines.values():
        for rings in polygons:
            yield from rings[0]


def frame(outlines: Mapping[str, Polygons], width: int = WIDTH) -> Frame:
    """The frame that holds all outlines; a degree of longitude is as wide as it is at their middle."""
    points = list(corners(outlines))
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    shrink = cos(radians((south + north) / 2))
    x_scale = width / max(east - west, 1e-6)
    y_scale = x_scale / shrink
    return Frame(west, north, x_scale, y_scale, max(1, round((north - south) * y_scale)))


def thinned(points: Sequence[tuple[int, int]], tolerance: float = TOLERANCE) -> list[tuple[int, int]]:
    """Douglas and Peucker, with a stack of its own."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = hypot(bx - ax, by - ay)
        farthest, distance = first, tolerance
        for index in range(first + 1, last):
            x, y = points[index]
            away = abs((by - ay) * (x - ax) - (bx - ax) * (y - ay)) / length if length else hypot(x - ax, y - ay)
            if away > distance:
                farthest, distance = index, away
        if farthest != first:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(keep)]


def ring_path(ring: Ring, into: Frame) -> str:
    points: list[tuple[int, int]] = []
    for corner in ring:
        point = into.at(corner[0], corner[1])
        if not points or point != points[-1]:
            points.append(point)
    points = thinned(points)
    if len(points) < 3:
        return ""
    (x, y), *rest = points
    steps = []
    for nx, ny in rest:
        steps.append(f"{nx - x} {ny - y}")
        x, y = nx, ny
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"


def path(polygons: Polygons, into: Frame) -> str:
    """The outline as one path; a place too small for the picture is a small square, so that it can still be found."""
    drawn = "".join(ring_path(ring, into) for rings in polygons for ring in rings)
    if drawn:
        return drawn
    x, y = into.at(polygons[0][0][0][0], polygons[0][0][0][1])
    return f"M{x - 2} {y - 2}h4v4h-4z"


def centre(polygons: Polygons, into: Frame) -> tuple[int, int, int]:
    """Where a sign may stand: the middle of the largest part, and how wide that part is."""
    boxes = []
    for rings in polygons:
        points = [into.at(corner[0], corner[1]) for corner in rings[0]]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        boxes.append((max(xs) - min(xs), max(ys) - min(ys), sum(xs) // len(xs), sum(ys) // len(ys)))
    wide, high, x, y = max(boxes, key=lambda box: box[0] * box[1])
    return x, y, min(wide, high)
