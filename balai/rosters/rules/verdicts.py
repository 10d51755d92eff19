"""What becomes of a row; with its cells and facts it goes sealed into the table of rows."""

from enum import StrEnum
from typing import Any

import msgspec

from balai.base.words import Labelled, sentence
from balai.sheets.rules.facts import Facts, Reason


class Verdict(Labelled, StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Verdict.NEW: sentence("Baru"),
    Verdict.CHANGED: sentence("Berubah"),
    Verdict.UNCHANGED: sentence("Tidak berubah"),
    Verdict.DUPLICATE: sentence("Mungkin ganda"),
    Verdict.REFUSED: sentence("Ditolak"),
}


class Outcome(msgspec.Struct, kw_only=True):
    """What becomes of a row: `changes` are {field: (before, after)}; person and family as ids, where they are known."""

    verdict: Verdict
    reasons: list[Reason] = []
    person: str = ""
    family: str = ""
    changes: dict[str, tuple[Any, Any]] = {}


class Kept(msgspec.Struct, kw_only=True):
    """What a row keeps under seal."""

    cells: list[Any]
    facts: Facts
    outcome: Outcome
    against: str = ""  # the person whom somebody was asked to compare it with
    card: Any = None  # of the block the row stands under, as it was written
    address: str = ""
    beside: dict[str, Any] = {}  # what other sheets say of the family, question to cell


def packed(kept: Kept) -> str:
    return msgspec.json.encode(kept).decode()


_DECODER = msgspec.json.Decoder(Kept)


def unpacked(text: str) -> Kept:
    return _DECODER.decode(text)
