"""Which papers a person should have, and what may be asked about them. What should be there and is not is a warning,
never a refusal: the paper may be lost, late, or not yet due here."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from balai.base.words import Labelled, Said, sentence
from balai.families.rules import age

# UU 24/2013 article 63: a card from 17, or at once when married earlier. Permendagri 2/2016: a child's card below 17.
CARD_FROM = 17


class DocumentKind(Labelled, StrEnum):
    CARD = "card"
    FAMILY_CARD = "family_card"
    BIRTH = "birth"
    CHILD_CARD = "child_card"
    MARRIAGE = "marriage"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS: Mapping[DocumentKind, str] = {
    DocumentKind.CARD: sentence("KTP elektronik"),
    DocumentKind.FAMILY_CARD: sentence("Tercantum dalam kartu keluarga"),
    DocumentKind.BIRTH: sentence("Akta kelahiran"),
    DocumentKind.CHILD_CARD: sentence("Kartu Identitas Anak (KIA)"),
    DocumentKind.MARRIAGE: sentence("Buku nikah atau akta perkawinan"),
}


def paper_warnings(
    held: Mapping[str, bool], born_on: date | None, on: date, *, married: bool = False
) -> Iterator[tuple[str, Said]]:
    """(kind, what to look at). `held` tells of each kind that was asked about whether it is there."""
    if born_on is None:
        return
    grown = married or age(born_on, on) >= CARD_FROM
    if grown and held.get(DocumentKind.CARD) is False:
        yield DocumentKind.CARD, Said("Wajib KTP karena sudah 17 tahun atau pernah kawin, tetapi KTP belum ada.")
    if not grown and held.get(DocumentKind.CARD):
        yield DocumentKind.CARD, Said("KTP dicatat ada, padahal belum 17 tahun dan belum kawin. Periksa tanggal lahir.")
    if not grown and held.get(DocumentKind.CHILD_CARD) is False:
        yield DocumentKind.CHILD_CARD, Said("Di bawah 17 tahun dapat memiliki KIA, tetapi KIA belum ada.")
    if grown and held.get(DocumentKind.CHILD_CARD):
        yield DocumentKind.CHILD_CARD, Said("KIA tidak berlaku lagi sejak umur 17 tahun.")
    if held.get(DocumentKind.BIRTH) is False and not grown:
        yield DocumentKind.BIRTH, Said("Akta kelahiran belum ada. Anak berhak atasnya sejak lahir.")
