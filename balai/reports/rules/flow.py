"""The picture of villages that moved between classes: two columns of blocks and the ribbons between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from balai.reports.rules.kinds import KINDS, Kind

WIDTH, HEIGHT, BLOCK, GAP = 640.0, 320.0, 14.0, 16.0  # a gap leaves room for a label
LEAST = 2.0  # a block of one village among thousands is still seen


@dataclass(frozen=True)
class Step:
    """A block of one column."""

    kind: Kind
    count: int
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2 + 4, 1)


@dataclass(frozen=True)
class Ribbon:
    before: Kind
    after: Kind
    count: int
    path: str
    rises: int  # 1 up, 0 the same, -1 down


@dataclass(frozen=True)
class Flow:
    width: float
    height: float
    left: tuple[Step, ...]
    right: tuple[Step, ...]
    ribbons: tuple[Ribbon, ...]


def column(totals: Sequence[tuple[Kind, int]], x: float, scale: float) -> tuple[Step, ...]:
    steps, y = [], 0.0
    for kind, count in totals:
        height = max(count * scale, LEAST)
        steps.append(Step(kind, count, x, round(y, 1), round(height, 1)))
        y += height + GAP
    return tuple(steps)


def ribbon(x1: float, top1: float, x2: float, top2: float, left: float, right: float) -> str:
    """A band from (x1, top1) to (x2, top2), `left` thick where it begins and `right` where it ends."""
    half = (x1 + x2) / 2
    return (
        f"M{x1:g} {top1:.1f}C{half:g} {top1:.1f} {half:g} {top2:.1f} {x2:g} {top2:.1f}"
        f"V{top2 + right:.1f}C{half:g} {top2 + right:.1f} {half:g} {top1 + left:.1f} {x1:g} {top1 + left:.1f}z"
    )


def rise(before: Kind, after: Kind) -> int:
    one, other = before.village_class or 0, after.village_class or 0
    return (other > one) - (other < one)


def totals(moves: Mapping[tuple[Kind, Kind], int], side: int) -> list[tuple[Kind, int]]:
    sums = dict.fromkeys(KINDS, 0)
    for pair, count in moves.items():
        sums[pair[side]] += count
    return [(kind, count) for kind, count in sums.items() if count]


def flow(moves: Mapping[tuple[Kind, Kind], int]) -> Flow:
    before, after = totals(moves, 0), totals(moves, 1)
    everyone = sum(moves.values()) or 1
    scale = (HEIGHT - GAP * (max(len(before), len(after), 1) - 1)) / everyone
    left, right = column(before, 0.0, scale), column(after, WIDTH - BLOCK, scale)
    start = {step.kind: step.y for step in left}
    end = {step.kind: step.y for step in right}
    ribbons = []
    for one in KINDS:
        for other in KINDS:
            count = moves.get((one, other), 0)
            if not count:
                continue
            thick = count * scale
            path = ribbon(BLOCK, start[one], WIDTH - BLOCK, end[other], thick, thick)
            ribbons.append(Ribbon(one, other, count, path, rise(one, other)))
            start[one] += thick
            end[other] += thick
    bottom = max((step.y + step.height for step in (*left, *right)), default=HEIGHT)
    return Flow(WIDTH, round(max(bottom, HEIGHT), 1), left, right, tuple(ribbons))
