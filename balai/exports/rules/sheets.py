"""What a table that leaves is made of: columns with their headings and matters, and what it can be narrowed by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from balai.access.rules import Actor, DataClass, Matter, Permission, Right


class Form(StrEnum):
    """What a column holds, as Parquet calls it."""

    TEXT = "VARCHAR"
    COUNT = "BIGINT"
    MEASURE = "DOUBLE"
    DAY = "DATE"


def as_it_is(value: Any, language: str) -> Any:
    return value


@dataclass(frozen=True)
class Column:
    """`heading_en` only where the words do not come from the catalogue of sentences. `say` gives a value in words.
    `last_four`: a number of which only the last four digits stand, as on every page."""

    key: str
    heading: str
    matter: Matter = Matter.NAMES
    form: Form = Form.TEXT
    heading_en: str = ""
    say: Callable[[Any, str], Any] = as_it_is
    last_four: bool = False
    least: Right = Right.MASKED

    @property
    def data_class(self) -> DataClass:
        return DataClass.P3 if self.last_four else self.matter.data_class

    def open_to(self, actor: Actor) -> bool:
        in_full = self.least > Right.MASKED
        return actor.right(self.matter) >= self.least and (not in_full or actor.may(Permission.NUMBER_REVEAL))

    def in_words(self, value: Any, language: str) -> Any:
        """For a person who reads the table; nothing for what is not known."""
        if value is None or value == "":
            return None
        said = self.say(value, language)
        return said.isoformat() if isinstance(said, date) else said


@dataclass(frozen=True)
class Choice:
    value: str
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Filter:
    key: str
    heading: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Sheet:
    """`matter`: besides names, what somebody must be allowed to see to take the table at all."""

    key: str
    slug: str
    title: str
    about: str
    columns: tuple[Column, ...]
    matter: Matter = Matter.NAMES
    filters: tuple[Filter, ...] = ()

    def open_to(self, actor: Actor) -> bool:
        least = min(actor.right(Matter.NAMES), actor.right(self.matter))
        return actor.may(Permission.FAMILY_VIEW) and least >= Right.MASKED

    def columns_for(self, actor: Actor) -> tuple[Column, ...]:
        return tuple(one for one in self.columns if one.open_to(actor))

    def named(self, keys: Iterable[str]) -> tuple[Column, ...]:
        """Those columns, in the order of the table."""
        wanted = set(keys)
        return tuple(one for one in self.columns if one.key in wanted)


def matters(columns: Iterable[Column]) -> tuple[Matter, ...]:
    return tuple(sorted({one.matter for one in columns}))
