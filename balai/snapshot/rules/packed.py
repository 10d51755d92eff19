"""Columns out of a few texts into which the database packed all rows (`models/packing.py`)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import msgspec
import numpy as np

from balai.snapshot.rules.frames import EPOCH, Frame, Pair, Words, column, framed

Row = tuple[Any, ...]  # how many rows, their numbers as characters if there are some, each other column as a list
NUMBERS = frozenset({"INTEGER", "BOOLEAN", "DATE"})
NONE, MORE = 1, 2  # characters up to the first stand for nothing; a number is the character so much higher
DAYS, HIGHEST = 60_000, 0x10FFFF  # of the first day of all; of one in the year 2885 and all after it
FIRST_DAY = 1 - EPOCH.toordinal()


def unpacked(told: Sequence[Row], kinds: Mapping[str, str], words: Words) -> Frame:
    """Of what one or several queries told, one below the other."""
    if not told:
        return framed((), kinds, words)
    counts, *cells = zip(*told, strict=True)
    rows, numbers = sum(counts), {name: kind for name, kind in kinds.items() if kind in NUMBERS}
    found: dict[str, Pair] = {}
    if numbers:
        texts, *cells = cells
        found = _numbers("".join(text or "" for text in texts), numbers)
    others = (name for name in kinds if name not in found)
    found |= {name: column(listed(parts), kinds[name], words) for name, parts in zip(others, cells, strict=True)}
    return Frame(rows, {name: found[name] for name in kinds})


def listed(parts: Sequence[str | None]) -> Sequence[Any]:
    """Nothing where there are no rows."""
    lists = [msgspec.json.decode(part) for part in parts if part]
    return lists[0] if len(lists) == 1 else list(chain.from_iterable(lists))


def _numbers(text: str, kinds: Mapping[str, str]) -> dict[str, Pair]:
    marks = np.frombuffer(text.encode("utf-32-le"), "<u4").reshape(-1, len(kinds)).T.astype(np.int64)
    known = marks > NONE
    less = np.array([DAYS - FIRST_DAY if kind == "DATE" else MORE for kind in kinds.values()])
    values = np.where(known, marks - less[:, None], 0)
    return dict(zip(kinds, zip(values, known, strict=True), strict=True))


class Versions(NamedTuple):
    """Of families their last entries, of people whose they are and whether they are restricted: packed, for most are
    never looked at."""

    families: Sequence[Row]
    people: Sequence[Row]

    def changed(self, before: "Versions") -> set[str]:
        """Families."""
        return {family for family, *_told in self._told() ^ before._told()}

    def _told(self) -> set[tuple[Any, ...]]:
        entries = {pair for _rows, families, numbers in self.families
                   for pair in zip(listed([families]), listed([numbers]), strict=True)}  # fmt: skip
        people = Counter(pair for _rows, restricted, families in self.people
                         for pair in zip(listed([families]), restricted or "", strict=True))  # fmt: skip
        return entries | {(*pair, times) for pair, times in people.items()}
