"""One row of a list, as it is used here; with its reasons it goes sealed into the table of rows."""

from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from balai.base.words import Said, sentence
from balai.rosters.rules.items import Kin


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(one.value, one.label) for one in cls]


_LABELS = {
    Verdict.NEW: sentence("Baru"),
    Verdict.CHANGED: sentence("Berubah"),
    Verdict.UNCHANGED: sentence("Tidak berubah"),
    Verdict.DUPLICATE: sentence("Mungkin ganda"),
    Verdict.REFUSED: sentence("Ditolak"),
}


class Reason(msgspec.Struct, frozen=True, array_like=True):
    """What is wrong with the row, or to be looked at (`mild`), and the item of the cell that is to blame."""

    message: str
    params: dict[str, Any] = {}
    item: str = ""
    mild: bool = False

    @property
    def said(self) -> Said:
        return Said(self.message, self.params)


class Facts(msgspec.Struct, kw_only=True):
    """`number` counts through the whole file, `line` is the row of its sheet. `life`: here, dead or away. `unit`: which
    family of the file; `relation`: to the head of that family; `mother_row`: the number of the mother's row."""

    number: int
    line: int
    name: str = ""
    card: str = ""
    nik: str = ""
    sex: int = 0
    born_on: date | None = None
    kin: Kin | None = None
    life: str = "here"
    mother: str = ""
    father: str = ""
    mother_nik: str = ""
    father_nik: str = ""
    address: str = ""
    dusun: str = ""
    rw: str = ""
    rt: str = ""
    answers: dict[str, int] = {}
    unit: int = 0
    relation: int = 0
    mother_row: int | None = None

    @property
    def marital(self) -> int:
        return self.answers.get("marital", 0)


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


def packed(kept: Kept) -> str:
    return msgspec.json.encode(kept).decode()


_DECODER = msgspec.json.Decoder(Kept)


def unpacked(text: str) -> Kept:
    return _DECODER.decode(text)
