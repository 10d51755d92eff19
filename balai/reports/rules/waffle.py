"""A waffle: one small square for each village, filled row by row, so that its size says how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from balai.reports.rules.kinds import Kind, Tally


@dataclass(frozen=True)
class Block:
    """All squares of one kind as one outline; `x`, `y` is where its sign goes when there is room for it."""

    kind: Kind
    count: int
    path: str
    x: float
    y: float
    room: bool


@dataclass(frozen=True)
class Waffle:
    columns: int
    rows: int
    blocks: tuple[Block, ...]


def run(start: int, count: int, columns: int) -> list[tuple[int, int, int, int]]:
    """Rectangles (x, y, width, height) that the squares `start` … `start + count - 1` fill."""
    found = []
    end = start + count
    while start < end:
        row, column = divmod(start, columns)
        whole = (end - start) // columns if column == 0 else 0
        if whole:
            found.append((0, row, columns, whole))
            start += whole * columns
        else:
            width = min(columns - column, end - start)
            found.append((column, row, width, 1))
            start += width
    return found


def waffle(tally: Tally, columns: int) -> Waffle:
    blocks, start = [], 0
    for kind, count in tally.parts:
        rectangles = run(start, count, columns)
        x, y, width, height = max(rectangles, key=lambda one: one[2] * one[3])
        path = "".join(f"M{a} {b}h{w}v{h}h-{w}z" for a, b, w, h in rectangles)
        blocks.append(Block(kind, count, path, x + width / 2, y + height / 2, width >= 2 and height >= 2))
        start += count
    return Waffle(columns, ceil(start / columns), tuple(blocks))


def width_for(tallies: Sequence[Tally], limit: int = 24) -> int:
    """Columns with which the largest of the waffles is about a square, at least 6."""
    largest = max((tally.villages for tally in tallies), default=0)
    return max(6, min(limit, ceil(largest**0.5)))
