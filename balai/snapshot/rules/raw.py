"""The texts by which sources become raw tables: exactly the columns that are promised, in their order."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, NamedTuple

import msgspec

from balai.indicators.rules import Table
from balai.snapshot.rules.sources import sources
from balai.survey.rules import Block, Kind, items_of

TYPES = {"bool": "BOOLEAN", "int": "INTEGER", "real": "DOUBLE", "date": "DATE", "text": "VARCHAR"}
RUPIAH = "Rp"
AS_OF = "getvariable('as_of')"
OF_THE_DAY = {"as_of": AS_OF, "month_start": f"CAST(date_trunc('month', {AS_OF}) AS DATE)"}
REFERENCE = re.compile(r"(\w+)\.(\w+)(?P<there> IS NOT NULL)?", re.ASCII)
JOIN = re.compile(
    r"LEFT JOIN (?P<stage>\w+) (?P<alias>\w+) ON (?P=alias)\.(?P<by>\w+) = (?P<other>\w+)\.(?P<key>\w+)", re.ASCII
)
WORD = re.compile(r"[a-z_]+", re.ASCII)
APPLIES = "_applies"


class Told(NamedTuple):
    """What fills a promised column: a column of a stage, as it is or as an answer of the survey."""

    alias: str
    column: str
    how: Literal["value", "there", "yes", "applies"] = "value"

    @property
    def expression(self) -> str:
        name = f'{self.alias}."{self.column}"'
        return {
            "value": name,
            "there": f"{name} IS NOT NULL",
            "yes": f"CASE {name} WHEN 1 THEN TRUE WHEN 2 THEN FALSE END",
            "applies": f"CASE {name} WHEN 1 THEN TRUE WHEN 2 THEN TRUE WHEN 3 THEN FALSE END",
        }[self.how]


class Join(NamedTuple):
    """`alias`, of `stage`, where its column `by` is the column `key` of `other`."""

    stage: str
    alias: str
    by: str
    other: str
    key: str


class RawTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one promised table is read off stages and sources."""

    rows: str = msgspec.field(name="from")
    order: tuple[str, ...]
    columns: dict[str, str]
    joins: dict[str, str] = {}
    answers: dict[str, Block] = {}

    def told(self, column: str) -> Told | None:
        """None where nothing fills the column yet, and for what is the same in every row."""
        if column in self.columns:
            found = REFERENCE.fullmatch(self.columns[column])
            return Told(found[1], found[2], "there" if found["there"] else "value") if found else None
        for alias, block in self.answers.items():
            for item in items_of(block):
                if column == item.key:
                    return Told(alias, item.key, "yes" if item.kind is Kind.YES else "value")
                if column == item.key + APPLIES:
                    return Told(alias, item.key, "applies")
        return None

    def expression(self, column: str) -> str | None:
        if column in OF_THE_DAY:
            return OF_THE_DAY[column]
        found = self.told(column)
        return found.expression if found else self.columns.get(column)

    def joined(self, aliases: Collection[str]) -> list[Join]:
        """The joins by which the aliases come."""
        return [
            Join(**found.groupdict())
            for alias, text in self.joins.items()
            if alias in aliases and (found := JOIN.fullmatch(text))
        ]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stages: dict[str, str]
    tables: dict[str, RawTable]


@cache
def _read() -> _File:
    text = files("balai.snapshot.rules").joinpath("raw.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _File)


def raw_tables() -> Mapping[str, RawTable]:
    """Every promised table that has a source."""
    return MappingProxyType(_read().tables)


def stages() -> Mapping[str, str]:
    return MappingProxyType(_read().stages)


def unfilled(table: Table) -> list[str]:
    """Promised columns that the register cannot fill yet; they are empty."""
    raw = raw_tables()[table.name]
    return [name for name in table.raw if raw.expression(name) is None]


def select(table: Table, *, ordered: bool = False) -> str:
    """The query of the raw table, as it is promised: of its columns, in their order."""
    raw, columns, asked = raw_tables()[table.name], [], set()
    for name in table.raw:
        column, found = table.columns[name], raw.expression(name) or "NULL"
        asked |= {alias for alias in raw.joins if f"{alias}." in found}
        kind = "BIGINT" if column.unit == RUPIAH else TYPES[column.type]
        columns.append(f'CAST({found} AS {kind}) AS "{name}"')
    joins = " ".join(text for alias, text in raw.joins.items() if alias in asked)
    order = f" ORDER BY {', '.join(raw.order)}" if ordered else ""
    # names and texts of our own files
    return f"SELECT {', '.join(columns)} FROM {raw.rows} {joins}{order}"  # noqa: S608


def needed(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The stages, in order, and the sources that these queries rest on."""
    waiting: list[str] = list(texts)
    found: set[str] = set()
    while waiting:
        for word in set(WORD.findall(waiting.pop())) - found:
            if word in stages():
                waiting.append(stages()[word])
            if word in stages() or word in sources():
                found.add(word)
    return [name for name in stages() if name in found], [name for name in sources() if name in found]
