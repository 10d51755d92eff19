"""The family that is nobody's, planted in a file so that its finder learns from which export it comes (docs/adr/0029).

It is drawn from bytes that only holders of the keys work out from the export's number. Its NIK and card name 31 April,
June, September or November as their day: digits 7 to 12 are a day of birth or issue (PP 37/2007, article 37), and no
register issues a number for a day that never was; a region or serial of zeros would show in every masked number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import shake_256
from typing import Any
from uuid import UUID

from balai.exports.rules.sheets import Column
from balai.families.rules import Sex
from balai.synth.rules.margins import names
from balai.vault.rules import canaries, masked

Row = tuple[str, Any, dict[str, Any]]  # village, family, cells
BYTES = 512
SHORT_MONTHS = (4, 6, 9, 11)
WOMAN_RAISES = 40
MOST_SERIALS, MOST_HOUSES = 99, 120
AGES = (25, 55)
OF_WOMEN = "survey_planning"
# What people wrote by hand may name those from whom the other cells are taken; the invented have a NIK.
LEFT_OUT = ("goods", "reason", "mark", "no_nik")
TELLING = frozenset({"family", "person", "called", "name", "nik_full", "card_full"})
# First names that would not stand beside any other: of one island or one church.
APART = frozenset(
    {"Andi", "Gede", "Ketut", "Luh", "Made", "Maria", "Mariam", "Markus", "Martha", "Ni Made", "Petrus", "Putu",
     "Wayan", "Yohanes", "Harahap", "Lubis", "Nasution", "Saragih", "Simanjuntak", "Siregar", "Sitompul", "Tanjung"}
)  # fmt: skip


@dataclass
class Draw:
    """Numbers one after another out of the same bytes."""

    left: bytes

    @classmethod
    def of(cls, seed: bytes) -> "Draw":
        return cls(shake_256(seed).digest(BYTES))

    def below(self, limit: int) -> int:
        return int.from_bytes(self._taken(8)) % limit

    def one_of(self, choices: Sequence[Any]) -> Any:
        return choices[self.below(len(choices))]

    def code(self) -> str:
        return str(UUID(bytes=self._taken(16), version=4))

    def _taken(self, size: int) -> bytes:
        taken, self.left = self.left[:size], self.left[size:]
        return taken


def can_be_planted(columns: Iterable[Column]) -> bool:
    """Whether anything in the file would tell the invented family again."""
    return any(one.key in TELLING for one in columns)


def among(rows: Iterable[Row], spot: int, invent: Callable[[str, dict[str, Any]], Any]) -> Iterator[Any]:
    """The cells of every row; once, behind the family of the row at `spot` or of the last one, what `invent` gives."""
    beside: Row | None = None
    waits = True
    for number, row in enumerate(rows):
        if waits and beside and number > spot and row[1] != beside[1]:
            waits = False
            yield invent(beside[0], beside[2])
        if number <= spot:
            beside = row
        yield row[2]
    if waits and beside:
        yield invent(beside[0], beside[2])


def invented(seed: bytes, sheet: str, village: str, beside: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The cells of the canary: what says nothing of anybody is as in the row `beside`, who it is, is drawn."""
    draw = Draw.of(seed)
    sex = _sex(draw, sheet, beside)
    is_head = beside.get("name") in (None, beside.get("called"))
    name, other = _name(draw, sex), _name(draw, draw.one_of(list(Sex)))
    born = _earlier(draw, beside.get("born_on"))
    year = born.year if born else on.year - AGES[0] - draw.below(AGES[1] - AGES[0])
    nik = _number(draw, village, _short(draw, born), year, WOMAN_RAISES if sex is Sex.FEMALE else 0)
    card = _number(draw, village, draw.one_of(SHORT_MONTHS), on.year - 1 - draw.below(12), 0)
    drawn = {
        "family": draw.code(), "called": name if is_head else other,
        "address": f"{draw.one_of(names()['streets'])} {draw.below(MOST_HOUSES) + 1}",
        "person": draw.code(), "name": name, "born_on": born,
    }  # fmt: skip
    if beside.get("called") and not beside.get("name"):  # rows of whole families name nobody else
        drawn |= {"person": None, "name": None}
    numbers = {"nik": masked(nik), "nik_full": nik, "card": masked(card), "card_full": card}
    return {**beside, **dict.fromkeys(LEFT_OUT), **drawn, **numbers}


def marks(cells: Mapping[str, Any], village: str, columns: Iterable[Column]) -> set[str]:
    """The texts by which it is known again, out of the columns that are in the file."""
    keys = {one.key for one in columns}
    found = {cells[key] for key in ("family", "person", "nik_full", "card_full") if key in keys and cells.get(key)}
    for key in {"called", "name"} & keys:
        name = cells.get(key)
        if name:
            found |= {canaries.of_name(name), canaries.of_home(name, village)}
    born = cells.get("born_on")
    if born and {"name", "born_on"} <= keys:
        found.add(canaries.of_birth(cells["name"], born))
    return found


def _sex(draw: Draw, sheet: str, beside: Mapping[str, Any]) -> Sex:
    drawn = draw.one_of(list(Sex))
    known = Sex.FEMALE if sheet == OF_WOMEN else beside.get("sex")
    return Sex(known) if known in set(Sex) else drawn


def _name(draw: Draw, sex: Sex) -> str:
    kind = "women" if sex is Sex.FEMALE else "men"
    first, last = ([one for one in names()[key] if one not in APART] for key in (kind, f"last_{kind}"))
    one = draw.one_of(first)
    return " ".join([one, draw.one_of([other for other in first if other != one]), draw.one_of(last)])


def _earlier(draw: Draw, born: date | None) -> date | None:
    """Another day of the same month, never later: it is in no list too young."""
    drawn = draw.below(31)
    return born and born.replace(day=1 + drawn % born.day)


def _short(draw: Draw, born: date | None) -> int:
    """The month of thirty days next to that of birth."""
    drawn = draw.one_of(SHORT_MONTHS)
    return min(SHORT_MONTHS, key=lambda month: abs(month - born.month)) if born else drawn


def _number(draw: Draw, village: str, month: int, year: int, raised: int) -> str:
    area = village.replace(".", "")[:6]
    return f"{area}{31 + raised}{month:02d}{year % 100:02d}{1 + draw.below(MOST_SERIALS):04d}"
