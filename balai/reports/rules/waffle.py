"""A waffle: one small square for each village, filled row by row, so that its area says how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from balai.reports.rules.kinds import Kind, Tally

CARD, LARGEST_UNIT, SEEN, SIGN = 140.0, 12.0, 3.5, 11.0  # pixels


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
    """`unit` is the width of a square on the page, the same for all waffles of a page; `sign` the height of a sign in
    squares."""

    columns: int
    rows: int
    blocks: tuple[Block, ...]
    unit: float
    sign: float

    @property
    def width(self) -> int:
        return round(self.columns * self.unit)

    @property
    def height(self) -> int:
        return round(self.rows * self.unit)

    @property
    def grid(self) -> bool:
        """Whether single squares can still be seen."""
        return self.unit >= SEEN


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


def waffle(tally: Tally, columns: int, unit: float) -> Waffle:
    blocks, start = [], 0
    room = SIGN * 1.2 / unit
    for kind, count in tally.parts:
        rectangles = run(start, count, columns)
        x, y, width, height = max(rectangles, key=lambda one: one[2] * one[3])
        path = "".join(f"M{a} {b}h{w}v{h}h-{w}z" for a, b, w, h in rectangles)
        blocks.append(Block(kind, count, path, x + width / 2, y + height / 2, width >= room and height >= room))
        start += count
    return Waffle(columns, ceil(start / columns), tuple(blocks), unit, SIGN / unit)


def waffles(tallies: Sequence[Tally]) -> list[Waffle]:
    """One for each tally, about square, all on one scale: the largest is as wide as its card allows."""
    sides = [max(1, ceil(tally.villages**0.5)) for tally in tallies]
    unit = min(LARGEST_UNIT, CARD / max(sides, default=1))
    return [waffle(tally, side, round(unit, 2)) for tally, side in zip(tallies, sides, strict=True)]
