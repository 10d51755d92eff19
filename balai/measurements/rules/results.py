"""What measurements mean: z-scores, classes, gains and whom to refer, for many rows at once."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from balai.base.words import sentence
from balai.growth.rules import Gain, Index, class_words, classes, gain, kms_bands, score, to_refer
from balai.growth.rules import Position as Lying
from balai.growth.rules.columns import Numbers
from balai.measurements.rules.facts import Facts, Position
from balai.measurements.rules.limits import LYING_BEFORE

POSITIONS = MappingProxyType({Position.LYING.value: Lying.LYING, Position.STANDING.value: Lying.STANDING})
CLASSED = (Index.HAZ, Index.WAZ, Index.WHZ)  # in the order in which they are told
NAMES = MappingProxyType(
    {
        Index.HAZ: sentence("TB/U"), Index.WAZ: sentence("BB/U"), Index.WHZ: sentence("BB/TB"),
        Index.BAZ: sentence("IMT/U"), Index.HCZ: sentence("LK/U"), Index.MUACZ: sentence("LiLA/U"),
    }
)  # fmt: skip
LYING_NAMES = MappingProxyType({Index.HAZ: sentence("PB/U"), Index.WHZ: sentence("BB/PB")})  # under two years
MEANT = MappingProxyType(
    {
        Index.HAZ: sentence("panjang atau tinggi menurut umur"), Index.WAZ: sentence("berat menurut umur"),
        Index.WHZ: sentence("berat menurut panjang atau tinggi"),
        Index.BAZ: sentence("indeks massa tubuh menurut umur"),
        Index.HCZ: sentence("lingkar kepala menurut umur"), Index.MUACZ: sentence("lingkar lengan menurut umur"),
    }
)  # fmt: skip
SHORTER = 0.7  # cm that one is shorter standing than lying (WHO 2006)
STANDS_FROM = 274  # days: nine months (WHO's R package anthro)
BELOW_RED, ABOVE_ORANGE = 1, 4  # bands of the card of weights


@dataclass(frozen=True)
class Measured:
    """One row: whose, of which sex and day of birth, and what was read."""

    child: Hashable
    sex: int
    born_on: date
    facts: Facts


@dataclass(frozen=True)
class Result:
    """`z` only where it is defined; `odd` are indices whose value WHO calls not plausible: shown, never classed."""

    age_days: int
    z: Mapping[Index, float]
    odd: frozenset[Index]
    codes: Mapping[Index, int]
    words: Mapping[Index, str]
    gain: Gain
    twice: bool
    gain_g: int | None
    least_g: int | None
    band: int
    refer: bool

    def name(self, index: Index) -> str:
        """Of a child measured lying at that age another name."""
        return LYING_NAMES.get(index, NAMES[index]) if self.age_days < LYING_BEFORE else NAMES[index]

    @property
    def below_red(self) -> bool:
        return self.band == BELOW_RED

    @property
    def above_orange(self) -> bool:
        return self.band == ABOVE_ORANGE


def results(rows: Sequence[Measured], on: date) -> list[Result]:
    """One for each row; rows of one child stand together, the oldest first. `on`: the day whose rules count."""
    if not rows:
        return []
    facts = [row.facts for row in rows]
    age = np.array([(row.facts.measured_on - row.born_on).days for row in rows], float)
    sex = np.array([row.sex for row in rows], np.int8)
    weight = _floats(facts, "weight_kg")
    oedema = np.array([bool(one.oedema) for one in facts])
    scores = score(
        sex, age, weight, _floats(facts, "height_cm"),
        np.array([POSITIONS.get(one.position, Lying.UNKNOWN) for one in facts], np.int8), oedema,
        _floats(facts, "head_cm"), _floats(facts, "muac_cm"), older=False,
    )  # fmt: skip
    z = {index: getattr(scores, index) for index in Index}
    odd = {index: getattr(scores, f"{index}_flag") for index in Index}
    plausible = {index: np.where(odd[index], np.nan, z[index]) for index in CLASSED}
    codes = {
        index: classes(index, plausible[index], on=on, oedema=oedema if index is Index.WHZ else None)
        for index in CLASSED
    }
    words = {index: class_words(index, on=on) for index in CLASSED}
    child = np.array(_numbered([row.child for row in rows]))
    days = np.array([one.measured_on for one in facts], "datetime64[D]")
    # nobody gained or lost what a slip of the scale says
    gains = gain(child, days, age, sex, np.where(odd[Index.WAZ], np.nan, weight), on=on)
    bands = kms_bands(plausible[Index.WAZ], on=on)
    refer = to_refer(gains.kind, plausible[Index.WAZ], on=on)
    return [
        Result(
            age_days=int(age[at]),
            z={index: float(column[at]) for index, column in z.items() if not np.isnan(column[at])},
            odd=frozenset(index for index, column in odd.items() if column[at]),
            codes={index: int(column[at]) for index, column in codes.items()},
            words={index: words[index][column[at]] for index, column in codes.items() if column[at]},
            gain=Gain(int(gains.kind[at])), twice=bool(gains.twice[at]), gain_g=_whole(gains.gain_g[at]),
            least_g=_whole(gains.least_g[at]), band=int(bands[at]), refer=bool(refer[at]) or bool(oedema[at]),
        )
        for at in range(len(rows))
    ]  # fmt: skip


def height_used(facts: Facts, age_days: int) -> float | None:
    """As WHO takes it at that age: 0.7 cm more for a length that was measured standing, less for a height measured
    lying. Under nine months nobody is taken to have stood."""
    if facts.height_cm is None:
        return None
    height, lying = float(facts.height_cm), age_days < LYING_BEFORE
    if lying and facts.position == Position.STANDING and age_days >= STANDS_FROM:
        return height + SHORTER
    if not lying and facts.position == Position.LYING:
        return height - SHORTER
    return height


def _floats(facts: Sequence[Facts], name: str) -> Numbers:
    values = [getattr(one, name) for one in facts]
    return np.array([np.nan if value is None else float(value) for value in values])


def _numbered(children: Sequence[Hashable]) -> list[int]:
    """A number for each child, in the order in which they come."""
    known: dict[Hashable, int] = {}
    return [known.setdefault(child, len(known)) for child in children]


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else round(value)
