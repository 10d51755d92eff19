"""What a village is on a map, bar or flow: one of four classes, not told yet, without Kampung KB, or without data."""

from dataclasses import dataclass

from balai.base.words import sentence


@dataclass(frozen=True)
class Kind:
    """`key` names it in addresses and styles, `sign` stands on tiles beside the colour."""

    key: str
    sign: str
    name: str
    village_class: int | None = None


SUSTAINABLE = Kind("berkelanjutan", "4", sentence("Berkelanjutan"), 4)
INDEPENDENT = Kind("mandiri", "3", sentence("Mandiri"), 3)
GROWING = Kind("berkembang", "2", sentence("Berkembang"), 2)
BASIC = Kind("dasar", "1", sentence("Dasar"), 1)
UNTOLD = Kind("belum-pasti", "?", sentence("Belum pasti"))
UNFORMED = Kind("belum-dibentuk", "–", sentence("Belum dibentuk"))
NO_DATA = Kind("tanpa-data", "·", sentence("Belum ada data"))

KINDS = (SUSTAINABLE, INDEPENDENT, GROWING, BASIC, UNTOLD, UNFORMED, NO_DATA)
CLASSES = KINDS[:4]
BY_KEY = {kind.key: kind for kind in KINDS}
OF_CLASS = {kind.village_class: kind for kind in CLASSES}


def kind_of(village_class: int | None, formed: bool | None) -> Kind:
    """A village that surely has no Kampung KB is no class, whatever its figures say."""
    if formed is False:
        return UNFORMED
    return OF_CLASS[village_class] if village_class else UNTOLD


@dataclass(frozen=True)
class Tally:
    """How many villages are of each kind."""

    counts: tuple[int, ...] = (0,) * len(KINDS)

    @classmethod
    def of(cls, counts: dict[Kind, int]) -> "Tally":
        return cls(tuple(counts.get(kind, 0) for kind in KINDS))

    def count(self, kind: Kind) -> int:
        return self.counts[KINDS.index(kind)]

    def with_rest(self, villages: int) -> "Tally":
        """The same with so many without data that all villages are counted."""
        return Tally((*self.counts[:-1], max(villages - self.known, 0)))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(tuple(mine + theirs for mine, theirs in zip(self.counts, other.counts, strict=True)))

    @property
    def villages(self) -> int:
        return sum(self.counts)

    @property
    def known(self) -> int:
        """All but those without any data."""
        return sum(self.counts[:-1])

    @property
    def with_data(self) -> "Tally":
        return Tally((*self.counts[:-1], 0))

    @property
    def known_parts(self) -> list[tuple[Kind, int]]:
        return [(kind, count) for kind, count in self.parts if kind is not NO_DATA]

    @property
    def classed(self) -> int:
        return sum(self.counts[:4])

    @property
    def untold(self) -> int:
        return self.count(UNTOLD)

    @property
    def parts(self) -> list[tuple[Kind, int]]:
        """The kinds that occur, best first."""
        return [(kind, count) for kind, count in zip(KINDS, self.counts, strict=True) if count]

    @property
    def largest(self) -> Kind:
        """The most frequent kind of those with data."""
        return max(self.known_parts or self.parts, key=lambda pair: pair[1], default=(NO_DATA, 0))[0]

    def share_of_class(self, kind: Kind) -> float:
        return self.count(kind) / self.classed if self.classed else 0.0
