"""Whether the record of a family is verified: from the last decision about it and what has happened since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from balai.base.words import sentence


class Outcome(StrEnum):
    VERIFIED = "verified"
    SENT_BACK = "sent_back"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(one.value, _OUTCOMES[one]) for one in cls]


_OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {Outcome.VERIFIED: sentence("disahkan"), Outcome.SENT_BACK: sentence("dikembalikan")}
)


class State(StrEnum):
    """In the order in which officers look at them."""

    FIXED = "fixed"
    CHANGED = "changed"
    MOVED = "moved"
    DRAFT = "draft"
    DUE = "due"
    SENT_BACK = "sent_back"
    VERIFIED = "verified"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def explained(self) -> str:
        return _EXPLAINED[self]


_LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.FIXED: sentence("Sudah diperbaiki"),
        State.CHANGED: sentence("Berubah sejak disahkan"),
        State.MOVED: sentence("Pindahan"),
        State.DRAFT: sentence("Belum disahkan"),
        State.DUE: sentence("Perlu disahkan lagi"),
        State.SENT_BACK: sentence("Perlu diperbaiki"),
        State.VERIFIED: sentence("Sah"),
    }
)
_EXPLAINED: Mapping[State, str] = MappingProxyType(
    {
        State.FIXED: sentence("Sudah ditulis lagi sesudah dikembalikan, dan menunggu diperiksa."),
        State.CHANGED: sentence("Ada data yang ditulis sesudah pengesahan terakhir."),
        State.MOVED: sentence("Disahkan di desa lain; rumah dan alamatnya di sini perlu dilihat."),
        State.DRAFT: sentence("Belum pernah disahkan petugas."),
        State.DUE: sentence("Disahkan sebelum putaran tahun ini dibuka."),
        State.SENT_BACK: sentence("Dikembalikan petugas kepada kader, dengan alasannya."),
        State.VERIFIED: sentence("Disahkan, dan tidak berubah sejak itu."),
    }
)
# What waits for the officer; what is sent back waits for the cadre.
WAITING = tuple(state for state in State if state not in (State.SENT_BACK, State.VERIFIED))


@dataclass(frozen=True)
class Decision:
    """What an officer decided, about the record as the trail's entry `entry` had left it (0: as it was entered)."""

    outcome: Outcome
    entry: int
    village: str
    at: datetime


def state_of(decision: Decision | None, entry: int, village: str, opened_at: datetime | None) -> State:
    """`entry`: the last that wrote something of the family; `opened_at`: when the village's newest round began."""
    if decision is None:
        return State.DRAFT
    if decision.outcome is Outcome.SENT_BACK:
        return State.SENT_BACK if decision.entry == entry else State.FIXED
    if decision.village != village:
        return State.MOVED
    if decision.entry != entry:
        return State.CHANGED
    return State.DUE if opened_at and decision.at < opened_at else State.VERIFIED


def is_to_visit(state: State, visited_on: date | None, opened_on: date | None) -> bool:
    """Whether somebody has to go there: not where the visit of this round was made and only the officer's look is
    missing."""
    if state in (State.VERIFIED, State.SENT_BACK, State.MOVED):
        return state is not State.VERIFIED
    return visited_on is None or (opened_on is not None and visited_on < opened_on)
