"""What a rule-set file may say. Unknown keys, wrong types and missing keys are errors that name file and key."""

import datetime
import itertools
import math
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from balai.classification.rules.bands import Bands, Broken
from balai.classification.rules.vocabulary import INPUTS

Round = Literal["half_up", "none"]
Nothing = Literal["zero", "no_data"]
Cell = Literal["yes", "no", "-"]


class Indicator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="measure"):
    """What every indicator says of itself, in two languages."""

    name_id: str
    name_en: str
    counts_id: str
    counts_en: str
    work_id: str
    work_en: str
    improve_id: str
    improve_en: str
    source: str
    options_id: tuple[str, ...] = ()
    options_en: tuple[str, ...] = ()

    def check(self) -> None:
        """Raises Broken when the declaration contradicts itself."""
        if len(self.options_id) != len(self.options_en):
            raise Broken("options_id dan options_en tidak sama panjang")


def _known_inputs(*keys: str) -> None:
    for key in keys:
        if key not in INPUTS:
            raise Broken(f"“{key}” bukan masukan")


class Table(Indicator, tag="table", frozen=True, kw_only=True):
    """A decision table over yes/no facts (a count is yes above 0)."""

    columns: tuple[str, ...]
    table: tuple[tuple[Cell | int, ...], ...]

    @property
    def best(self) -> int:
        """The highest score that can be reached."""
        return max(score for *_cells, score in self.table if isinstance(score, int))

    def check(self) -> None:
        super().check()
        _known_inputs(*self.columns)
        for row in self.table:
            if len(row) != len(self.columns) + 1 or not isinstance(row[-1], int) or not 1 <= row[-1] <= 4:
                raise Broken(f"baris {list(row)} tidak cocok dengan kolom dan skor 1-4")
        for facts in itertools.product((0, 1), repeat=len(self.columns)):
            self.score_of(facts)

    def score_of(self, facts: tuple[int, ...]) -> int:
        words = tuple("yes" if fact else "no" for fact in facts)
        found = [row[-1] for row in self.table if all(c in ("-", w) for c, w in zip(row, words, strict=False))]
        if len(found) != 1:
            raise Broken(f"keadaan {list(words)} kena {len(found)} baris, harus tepat satu")
        return int(found[0])

    def completions(self) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """Lowest and highest score for each state in base 3 (0 no, 1 yes, 2 not known), first column first."""
        low, high = [], []
        for state in itertools.product((0, 1, 2), repeat=len(self.columns)):
            scores = [self.score_of(facts) for facts in itertools.product(*((0, 1) if s == 2 else (s,) for s in state))]
            low.append(min(scores))
            high.append(max(scores))
        return np.array(low, dtype=np.int8), np.array(high, dtype=np.int8)


class Banded(Indicator, frozen=True, kw_only=True):
    bands: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether only whole numbers come to the bands."""
        return True

    @property
    def highest(self) -> float:
        return math.inf

    @property
    def parsed(self) -> Bands:
        return Bands.parse(self.bands, whole=self.whole, total=self.highest)

    @property
    def best(self) -> int:
        return len(self.bands)

    def check(self) -> None:
        super().check()
        _ = self.parsed


class Count(Banded, tag="count", frozen=True, kw_only=True):
    """How many of `total` are there; `unknown` counts those nobody filled in."""

    count: str
    unknown: str = ""
    total: int | None = None
    needs: str = ""
    without_at_most: int = 4

    @property
    def highest(self) -> float:
        return math.inf if self.total is None else self.total

    def check(self) -> None:
        super().check()
        _known_inputs(self.count, *filter(None, (self.unknown, self.needs)))
        if bool(self.unknown) != (self.total is not None):
            raise Broken("unknown dan total harus ada bersama")


class Yes(Banded, tag="yes", frozen=True, kw_only=True):
    """How many of some yes/no facts hold."""

    yes_of: tuple[str, ...]

    @property
    def highest(self) -> float:
        return len(self.yes_of)

    def check(self) -> None:
        super().check()
        _known_inputs(*self.yes_of)


class Percent(Banded, tag="percent", frozen=True, kw_only=True):
    """`of` in a hundred `per`. `report`: when none of these is filled, the score is `score_without_report`."""

    of: str
    per: str
    round: Round
    nothing_to_divide: Nothing
    report: tuple[str, ...] = ()
    score_without_report: int | None = None

    @property
    def whole(self) -> bool:
        return self.round == "half_up"

    def check(self) -> None:
        super().check()
        _known_inputs(self.of, self.per, *self.report)
        if bool(self.report) != (self.score_without_report is not None):
            raise Broken("report dan score_without_report harus ada bersama")


class MeanPercent(Banded, tag="mean_percent", frozen=True, kw_only=True):
    """Mean of members in a hundred of the target, over `all` groups (unknown counts 0) or the `known` ones."""

    groups: tuple[str, ...]
    mean_over: Literal["all", "known"]
    round: Round
    cap: float | None = None

    @property
    def whole(self) -> bool:
        return self.round == "half_up"

    def check(self) -> None:
        super().check()
        _known_inputs(*(f"{group}_{part}" for group in self.groups for part in ("members", "target")))


AnyIndicator = Table | Count | Yes | Percent | MeanPercent


class Dimensions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    input: tuple[str, ...]
    process: tuple[str, ...]
    output: tuple[str, ...]


class Classes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    table: tuple[tuple[Literal["yes", "no"], Literal["yes", "no"], Literal["yes", "no"], Literal[1, 2, 3, 4]], ...]


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    version: str
    name_id: str
    name_en: str
    source: str
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    figures: Literal["reported", "plausible"]
    missing: Literal["zero", "unknown"]
    pass_at: float
    dimensions: Dimensions
    classes: Classes
    indicators: dict[str, AnyIndicator]
