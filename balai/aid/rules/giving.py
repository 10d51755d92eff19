"""What is written down of aid that a family receives, and what cannot be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from balai.aid.rules.programmes import Level, programmes
from balai.base.words import Labelled, Said, sentence

GOODS, REASON, SOURCE = 200, 200, 120  # letters
MOST = 1_000_000_000  # rupiah for one family: more is a slip of the pen
LATELY = timedelta(days=365)  # one-time aid counts as received for so long


class AidState(Labelled, StrEnum):
    PLANNED = "planned"
    RECEIVED = "received"
    ENDED = "ended"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _STATES[self]


class AidSource(Labelled, StrEnum):
    """How it came to be known here."""

    FORM = "form"
    FILE = "file"
    AGENCY = "agency"
    INVENTED = "invented"

    @property
    def label(self) -> str:
        return _SOURCES[self]


_STATES = {
    AidState.PLANNED: sentence("Direncanakan"),
    AidState.RECEIVED: sentence("Diterima"),
    AidState.ENDED: sentence("Berakhir"),
    AidState.REFUSED: sentence("Ditolak"),
}
_SOURCES = {
    AidSource.FORM: sentence("dicatat di formulir"),
    AidSource.FILE: sentence("dari berkas"),
    AidSource.AGENCY: sentence("dari daftar instansi"),
    AidSource.INVENTED: sentence("data contoh rekaan"),
}
# What a form or a file may say; that aid ended is an action of its own.
GIVEN: Mapping[AidState, str] = MappingProxyType(
    {one: one.label for one in (AidState.RECEIVED, AidState.PLANNED, AidState.REFUSED)}
)


@dataclass(frozen=True)
class AidFacts:
    programme: str
    state: str = AidState.RECEIVED.value
    from_on: date | None = None
    until_on: date | None = None
    amount: int | None = None
    goods: str = ""
    reason: str = ""


def faults(facts: AidFacts, on: date, *, of_person: bool) -> Iterator[tuple[str, Said]]:
    """(field, what is wrong and what to do) of aid recorded on a day for a person, or for the family as a whole."""
    programme = programmes().get(facts.programme)
    if programme is None:
        yield "programme", Said("Pilih bantuannya.")
    elif programme.level is Level.PERSON and not of_person:
        yield "person", Said("Bantuan ini untuk satu orang. Pilih siapa yang menerimanya.")
    elif programme.level is Level.FAMILY and of_person:
        yield "person", Said("Bantuan ini untuk keluarga. Pilih “Seluruh keluarga”.")
    if facts.state not in set(AidState):
        yield "state", Said("Pilih keadaannya.")
    yield from _days(facts, on)
    if facts.amount is not None and not 0 < facts.amount <= MOST:
        yield "amount", Said("Nilai diisi dalam rupiah, lebih dari 0 dan paling banyak satu miliar.")
    if facts.state == AidState.REFUSED and not facts.reason:
        yield "reason", Said("Tulis sebabnya ditolak.")


def _days(facts: AidFacts, on: date) -> Iterator[tuple[str, Said]]:
    if facts.from_on and facts.from_on > on and facts.state != AidState.PLANNED:
        yield "from_on", Said("Tanggal ini belum terjadi. Periksa tahunnya, atau pilih “Direncanakan”.")
    if facts.from_on and facts.until_on and facts.until_on < facts.from_on:
        yield "until_on", Said("Tanggal berakhir lebih awal daripada tanggal mulai. Periksa keduanya.")
    if facts.state == AidState.ENDED and facts.until_on is None:
        yield "until_on", Said("Tulis sejak kapan bantuan ini berakhir.")


def settled(facts: AidFacts) -> AidFacts:
    """Aid that is handed out on one day ends on that day."""
    programme = programmes().get(facts.programme)
    if programme and programme.once and facts.from_on and not facts.until_on and facts.state == AidState.RECEIVED:
        return AidFacts(**{**facts.__dict__, "until_on": facts.from_on})
    return facts
