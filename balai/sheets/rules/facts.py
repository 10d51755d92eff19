"""One row of a list, as it is used here, and what is to be said of it."""

from datetime import date
from typing import Any

import msgspec

from balai.base.words import Said
from balai.sheets.rules.items import Kin


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
    family of the file; `relation`: to the head of that family; `mother_row`: number of the mother's row. `house` and
    `aid` are the family's, told in the row of one of its people: answers about the house, and programme to the last day
    on which it is known to have come."""

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
    house: dict[str, int] = {}
    aid: dict[str, str] = {}
    unit: int = 0
    relation: int = 0
    mother_row: int | None = None

    @property
    def marital(self) -> int:
        return self.answers.get("marital", 0)
