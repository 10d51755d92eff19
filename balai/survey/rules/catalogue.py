"""The items of the survey, as `items.toml` lists them: every question once, with its code and its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from balai.access.rules import Matter
from balai.base.words import sentence


class Block(StrEnum):
    """A part of the form that is answered together and dated together."""

    MEMBERS = "members"
    PLANNING = "planning"
    DEVELOPMENT = "development"
    HOUSING = "housing"

    @property
    def label(self) -> str:
        return _BLOCKS[self]

    @property
    def matter(self) -> Matter:
        return _MATTERS[self]

    @property
    def of_a_person(self) -> bool:
        """Whether its answers are one person's, not the family's."""
        return self in (Block.MEMBERS, Block.PLANNING)


_BLOCKS = {
    Block.MEMBERS: sentence("Anggota keluarga"),
    Block.PLANNING: sentence("Keluarga berencana"),
    Block.DEVELOPMENT: sentence("Kehidupan keluarga"),
    Block.HOUSING: sentence("Rumah"),
}
_MATTERS = {
    Block.MEMBERS: Matter.NAMES,
    Block.PLANNING: Matter.CONTRACEPTION,
    Block.DEVELOPMENT: Matter.WELFARE,
    Block.HOUSING: Matter.NAMES,
}


class Kind(StrEnum):
    CODE = "code"  # one of its codes
    YES = "yes"  # 1 yes, 2 no; 3 does not apply, where that may be said
    COUNT = "count"  # a whole number
    MONTH = "month"  # a month, kept as its first day
    SEVERAL = "several"  # any of its codes together: code n is bit n - 1


@dataclass(frozen=True)
class Code:
    number: int
    name_id: str
    name_en: str

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_id


YES = Code(1, "Ya", "Yes")
NO = Code(2, "Tidak", "No")
NOT_APPLICABLE = Code(3, "Tidak berlaku", "Does not apply")


@dataclass(frozen=True)
class Item:
    """`ages`, `of` and `when` say who is asked (rules/asked.py); outside `low` to `high` no answer can be."""

    key: str
    block: Block
    code: str
    kind: Kind
    name_id: str
    name_en: str
    ask_id: str
    ask_en: str
    source: str
    codes: tuple[Code, ...] = ()
    ages: tuple[int, int] | None = None
    of: str = ""
    when: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_id

    def ask(self, language: str) -> str:
        return self.ask_en if language == "en" else self.ask_id

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        return tuple(code.number for code in self.codes)

    @property
    def every(self) -> int:
        """All codes of a set together."""
        return (1 << len(self.codes)) - 1


def _codes(kind: Kind, said: dict[str, Any]) -> tuple[Code, ...]:
    if kind is Kind.YES:
        return (YES, NO, NOT_APPLICABLE) if said.pop("na", False) else (YES, NO)
    return tuple(Code(*one) for one in said.pop("codes", []))


def _item(key: str, said: dict[str, Any], sources: Mapping[str, str]) -> Item:
    kind = Kind(said.pop("kind"))
    codes, ages = _codes(kind, said), said.pop("ages", None)
    return Item(
        key=key, kind=kind, codes=codes, block=Block(said.pop("block")), source=sources[said.pop("source")],
        ages=(ages[0], ages[1]) if ages else None, when=tuple(said.pop("when", [])), **said,
    )  # fmt: skip


@cache
def items() -> Mapping[str, Item]:
    """All items by key, in the order of the form."""
    document = tomllib.loads(files("balai.survey.rules").joinpath("items.toml").read_text("utf-8"))
    return MappingProxyType({key: _item(key, said, document["sources"]) for key, said in document["items"].items()})


@cache
def items_of(block: Block) -> tuple[Item, ...]:
    return tuple(item for item in items().values() if item.block is block)
