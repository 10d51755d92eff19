"""Outlines of places, made simple enough to be drawn: rings are (n, 2) arrays of longitude and latitude.

Neighbours stay without gaps: rings are cut where three of them meet, and a stretch that two places share is simplified
once. Douglas-Peucker in numpy is enough for that; a geometry library would bring a C dependency for one function.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ring: TypeAlias = NDArray[np.float64]
Polygon: TypeAlias = list[Ring]

FEWEST = 4  # points of a ring, the first one repeated at the end
STEPS_PER_PLACE = 100  # the finest detail is a hundredth of a middling place: under a pixel on a map of its kabupaten
DECIMALS_FINER = 4  # rounding to a fraction of the tolerance
FINEST, COARSEST = 5, 3  # decimals of a degree: 1 m to 110 m


def tolerance(places: Iterable[Sequence[Polygon]]) -> float:
    """The detail in degrees that a map of all these places can do without."""
    sizes = [
        float(np.hypot(*(points.max(axis=0) - points.min(axis=0))))
        for polygons in places
        for points in [np.concatenate([polygon[0] for polygon in polygons])]
    ]
    return float(np.median(sizes)) / STEPS_PER_PLACE if sizes else 0.0


def decimals(detail: float) -> int:
    """Decimals of a degree that a map with that detail needs."""
    if detail <= 0:
        return FINEST
    return int(np.clip(np.ceil(-np.log10(detail / DECIMALS_FINER)), COARSEST, FINEST))


def simplified(places: Sequence[Sequence[Polygon]], detail: float) -> Iterator[list[list[list[list[float]]]]]:
    """For each place its polygons as nested lists, with no more points than a map with that detail needs."""
    junctions = _junctions([ring for polygons in places for polygon in polygons for ring in polygon])
    digits = decimals(detail)
    stretches: dict[bytes, Ring] = {}
    for polygons in places:
        largest = max(range(len(polygons)), key=lambda index: _area(polygons[index][0]))
        kept = []
        for index, polygon in enumerate(polygons):
            if index != largest and _area(polygon[0]) < detail**2:
                continue
            rings = [_simple_ring(ring, junctions, stretches, detail) for ring in polygon]
            outer = rings[0] if _drawable(rings[0]) else polygon[0] if index == largest else None
            if outer is not None:
                kept.append([_rounded(ring, digits) for ring in (outer, *filter(_drawable, rings[1:]))])
        yield kept


def _area(ring: Ring) -> float:
    x, y = ring[:-1, 0], ring[:-1, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _drawable(ring: Ring) -> bool:
    return len(ring) >= FEWEST and _area(ring) > 0


def _rounded(ring: Ring, digits: int) -> list[list[float]]:
    points: list[list[float]] = np.round(ring, digits).tolist()
    return [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]


def _junctions(rings: list[Ring]) -> set[tuple[float, float]]:
    """Points from which borders go in more than two directions."""
    beside: dict[tuple[float, float], set[tuple[float, float]]] = defaultdict(set)
    for ring in rings:
        points = list(map(tuple, ring[:-1].tolist()))
        for before, point, after in zip(points[-1:] + points[:-1], points, points[1:] + points[:1], strict=True):
            beside[point] |= {before, after}
    return {point for point, others in beside.items() if len(others) > 2}


def _simple_ring(ring: Ring, junctions: set[tuple[float, float]], stretches: dict[bytes, Ring], detail: float) -> Ring:
    points = ring[:-1]
    cuts = [index for index, point in enumerate(points.tolist()) if tuple(point) in junctions]
    if len(cuts) < 2:
        # An island, or a place inside another: cut at the point that both sides would choose, and the one opposite.
        first = cuts[0] if cuts else int(np.lexsort((points[:, 1], points[:, 0]))[0])
        opposite = int(np.argmax(((points - points[first]) ** 2).sum(axis=1)))
        cuts = sorted({first, opposite})
    turned = np.roll(points, -cuts[0], axis=0)
    closed = np.concatenate([turned, turned[:1]])
    ends = [cut - cuts[0] for cut in cuts] + [len(points)]
    parts = [_stretch(closed[start : end + 1], stretches, detail) for start, end in zip(ends, ends[1:], strict=False)]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _stretch(points: Ring, stretches: dict[bytes, Ring], detail: float) -> Ring:
    """The stretch simplified, the same way from whichever side it is walked."""
    backwards = tuple(points[0]) > tuple(points[-1])
    walked = np.ascontiguousarray(points[::-1] if backwards else points)
    key = walked.tobytes()
    if key not in stretches:
        stretches[key] = walked[_kept(walked, detail)]
    found = stretches[key]
    return found[::-1] if backwards else found


def _kept(points: Ring, detail: float) -> NDArray[np.bool_]:
    """Douglas-Peucker: which points stay so that none of the others is further than `detail` from the line."""
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        away = _distances(points[start + 1 : end], points[start], points[end])
        farthest = int(np.argmax(away))
        if away[farthest] > detail:
            middle = start + 1 + farthest
            keep[middle] = True
            spans += [(start, middle), (middle, end)]
    return keep


def _distances(points: Ring, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    line, away = end - start, points - start
    length = float(line @ line)
    along = np.clip(away @ line / length, 0.0, 1.0) if length else np.zeros(len(points))
    gap = away - along[:, None] * line
    distances: NDArray[np.float64] = np.hypot(gap[:, 0], gap[:, 1])
    return distances
