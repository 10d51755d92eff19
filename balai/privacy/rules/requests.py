"""Requests of persons: kinds, states, who may decide, and the clock of 3 x 24 hours."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from balai.base.dated import Dated
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.base.words import Labelled, sentence

# The law names 3 x 24 hours for correction (article 30), access (32), withdrawal and objection (40) and restriction
# (41). For erasure (43, 44) it names none: Balai holds itself to the same. A lawyer has yet to confirm the numbers.
LIMIT = Dated({date(2022, 10, 17): timedelta(hours=72)}, source="UU 27/2022 Pasal 30, 32, 40, 41")
# Below this age a parent or guardian asks. UU 27/2022, article 25, leaves the age to other law.
ADULT_AGE = Dated({date(2002, 10, 22): 18}, source="UU 23/2002 jo. UU 35/2014 Pasal 1; UU 27/2022 Pasal 25")
REASON_LETTERS = 10  # a reason shorter than this says nothing


class RequestKind(Labelled, StrEnum):
    ACCESS = "access"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    ERASURE = "erasure"

    @property
    def label(self) -> str:
        return _KINDS[self]


class RequestState(Labelled, StrEnum):
    RECEIVED = "received"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DONE = "done"

    @property
    def label(self) -> str:
        return _STATES[self]


class Proof(Labelled, StrEnum):
    """How the officer made sure who asks."""

    ID_CARD = "id_card"
    FAMILY_CARD = "family_card"
    KNOWN = "known"
    MANDATE = "mandate"

    @property
    def label(self) -> str:
        return _PROOFS[self]


class Guardian(Labelled, StrEnum):
    """Who asks for a child."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"

    @property
    def label(self) -> str:
        return _GUARDIANS[self]


_KINDS = {
    RequestKind.ACCESS: sentence("Melihat data dan mendapat salinannya"),
    RequestKind.CORRECTION: sentence("Memperbaiki data"),
    RequestKind.RESTRICTION: sentence("Membatasi pemakaian data"),
    RequestKind.OBJECTION: sentence("Keberatan atau menarik persetujuan"),
    RequestKind.ERASURE: sentence("Menghapus data"),
}
_STATES = {
    RequestState.RECEIVED: sentence("Diterima, menunggu putusan"),
    RequestState.GRANTED: sentence("Dikabulkan, belum dilaksanakan"),
    RequestState.REFUSED: sentence("Ditolak"),
    RequestState.WITHDRAWN: sentence("Dicabut pemohon"),
    RequestState.DONE: sentence("Selesai dilaksanakan"),
}
_PROOFS = {
    Proof.ID_CARD: sentence("Menunjukkan KTP atau Kartu Identitas Anak"),
    Proof.FAMILY_CARD: sentence("Menunjukkan Kartu Keluarga"),
    Proof.KNOWN: sentence("Dikenal langsung oleh petugas, disaksikan ketua RT"),
    Proof.MANDATE: sentence("Surat kuasa dan KTP penerima kuasa"),
}
_GUARDIANS = {
    Guardian.MOTHER: sentence("Ibu"),
    Guardian.FATHER: sentence("Ayah"),
    Guardian.GUARDIAN: sentence("Wali"),
}

NEXT: Mapping[RequestState, frozenset[RequestState]] = MappingProxyType(
    {
        RequestState.RECEIVED: frozenset({RequestState.GRANTED, RequestState.REFUSED, RequestState.WITHDRAWN}),
        RequestState.GRANTED: frozenset({RequestState.DONE}),
        RequestState.REFUSED: frozenset(),
        RequestState.WITHDRAWN: frozenset(),
        RequestState.DONE: frozenset(),
    }
)
OPEN = frozenset(state for state, to in NEXT.items() if to)
# Granted and carried out at once; access ends when the report is handed over, correction when the data is corrected.
AT_ONCE = frozenset({RequestKind.RESTRICTION, RequestKind.OBJECTION, RequestKind.ERASURE})
# What these do can be lifted again: the data is only kept meanwhile.
RESTRICTS = frozenset({RequestKind.RESTRICTION, RequestKind.OBJECTION})


class WrongStep(Refused):
    """A step that a request in this state cannot take."""


class SecondOfficer(NotAllowed):
    """An erasure is decided by somebody who did not receive it."""


def step(state: RequestState, to: RequestState) -> RequestState:
    if to not in NEXT[state]:
        raise WrongStep(
            sentence("Permintaan ini sudah “%(state)s”, jadi langkah itu tidak bisa lagi. Muat ulang halamannya."),
            state=state.label,
        )
    return to


def due_at(received_at: datetime) -> datetime:
    return received_at + LIMIT.on(received_at.date())


def is_child(born_on: date | None, on: date) -> bool:
    """Whether a parent or guardian has to ask. An unknown day of birth leaves it to the officer."""
    if born_on is None:
        return False
    age = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    return age < ADULT_AGE.on(on)


def check_guardian(*, child: bool, name: str, relation: str) -> None:
    """UU 27/2022, article 25: for a child the parent or guardian asks, with name and relation."""
    if child and not (name and relation):
        raise NotValid("Untuk anak, tuliskan nama orang tua atau wali yang meminta dan hubungannya dengan anak.")
    if bool(name) != bool(relation):
        raise NotValid("Isi nama dan hubungan orang tua atau wali, keduanya.")
    if relation and relation not in set(Guardian):
        raise NotValid("Hubungan “%(relation)s” tidak dikenal. Pilih ibu, ayah, atau wali.", relation=relation)


def check_reason(reason: str) -> str:
    """The reason without blanks around it, or NotValid."""
    reason = reason.strip()
    if len(reason) < REASON_LETTERS:
        raise NotValid("Tuliskan alasannya, sedikitnya %(letters)d huruf.", letters=REASON_LETTERS)
    return reason


def check_second_officer(kind: RequestKind, received_by: str, decided_by: str) -> None:
    if kind is RequestKind.ERASURE and received_by == decided_by:
        raise SecondOfficer(
            sentence(
                "Penghapusan diputuskan oleh petugas lain daripada yang menerima permintaannya. Mintalah rekan Anda."
            )
        )
