"""What can be done with a list, and when."""

from enum import StrEnum

from balai.base.errors import Refused
from balai.base.words import Labelled, sentence

APPROVED_ABOVE = 100  # changes of people who are there already: a second officer looks at them (T5t)
BATCH = 1_000  # rows applied in one transaction
KEPT_DAYS = 90


class State(Labelled, StrEnum):
    READING = "reading"
    UNKNOWN = "unknown"  # whoever sent it says what its columns are
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    STOPPED = "stopped"  # while applying or undoing; it can go on
    FAILED = "failed"  # could not be read
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.READING: sentence("sedang dibaca"),
    State.UNKNOWN: sentence("menunggu keterangan kolom"),
    State.CHECKED: sentence("sudah diperiksa, belum diterapkan"),
    State.APPLYING: sentence("sedang diterapkan"),
    State.APPLIED: sentence("sudah diterapkan"),
    State.UNDOING: sentence("sedang diurungkan"),
    State.UNDONE: sentence("sudah diurungkan"),
    State.STOPPED: sentence("terhenti"),
    State.FAILED: sentence("tidak terbaca"),
    State.DISCARDED: sentence("dibatalkan"),
}
WORKING = frozenset({State.READING, State.APPLYING, State.UNDOING})
_NEXT = {
    State.READING: {State.CHECKED, State.UNKNOWN, State.FAILED},
    State.UNKNOWN: {State.READING, State.DISCARDED},
    State.CHECKED: {State.APPLYING, State.DISCARDED, State.CHECKED},
    State.APPLYING: {State.APPLIED, State.STOPPED},
    State.APPLIED: {State.UNDOING, State.APPLYING},
    State.UNDOING: {State.UNDONE, State.STOPPED, State.APPLIED},
    State.UNDONE: {State.APPLYING, State.DISCARDED},
    State.STOPPED: {State.APPLYING, State.UNDOING, State.APPLIED},
    State.FAILED: {State.DISCARDED},
    State.DISCARDED: set(),
}


def step(state: State, to: State) -> State:
    if to not in _NEXT[state]:
        raise Refused("Impor ini %(state)s, jadi langkah itu tidak dapat dilakukan.", state=state.label)
    return to
