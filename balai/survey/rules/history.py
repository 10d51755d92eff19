"""Where an answer of a day stands among the answers of other days. An answer holds until the next one follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Place:
    """`replaced`: the answer of the very same day; `shortened`: the one that held until now and ends on the day;
    `until_on`: where the next one begins. Positions in what was asked about."""

    replaced: int | None
    shortened: int | None
    until_on: date | None


def _before(one: date | None, other: date | None) -> bool:
    """An answer of no known day is older than all."""
    return other is not None and (one is None or one < other)


def place(days: Sequence[date | None], day: date | None) -> Place:
    """`days`: from when on each answer holds, in any order, no two the same."""
    earlier = [number for number, one in enumerate(days) if _before(one, day)]
    later = [one for one in days if one is not None and _before(day, one)]
    return Place(
        replaced=days.index(day) if day in days else None,
        shortened=None if day in days else max(earlier, key=lambda number: days[number] or date.min, default=None),
        until_on=min(later, default=None),
    )
