"""Counts of states and of visits, put together."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from balai.quality.rules.states import WAITING, State
from balai.quality.rules.visits import Band


@dataclass
class Figures:
    """Of a place, or of what somebody wrote."""

    states: Counter[str] = field(default_factory=Counter)
    bands: Counter[str] = field(default_factory=Counter)

    def add(self, state: str, band: str, families: int) -> None:
        self.states[state] += families
        self.bands[band] += families

    @property
    def whole(self) -> int:
        return self.states.total()

    @property
    def verified(self) -> int:
        return self.states[State.VERIFIED]

    @property
    def sent_back(self) -> int:
        return self.states[State.SENT_BACK]

    @property
    def waiting(self) -> int:
        return sum(self.states[state] for state in WAITING)

    @property
    def within_a_year(self) -> int:
        return self.bands[Band.QUARTER] + self.bands[Band.YEAR]


def gathered(counts: Mapping[tuple[Hashable, str, str], int]) -> dict[Hashable, Figures]:
    """{what they are grouped by: figures} of {(what they are grouped by, state, band): families}."""
    found: dict[Hashable, Figures] = {}
    for (key, state, band), families in counts.items():
        found.setdefault(key, Figures()).add(state, band, families)
    return found


def together(several: Iterable[Figures]) -> Figures:
    whole = Figures()
    for one in several:
        whole.states.update(one.states)
        whole.bands.update(one.bands)
    return whole
