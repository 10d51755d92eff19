"""The texts by which sources become raw tables: exactly the columns that are promised, in their order."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec

from balai.indicators.rules import Table
from balai.snapshot.rules.sources import sources
from balai.survey.rules import Block, Item, Kind, items_of

TYPES = {"bool": "BOOLEAN", "int": "INTEGER", "real": "DOUBLE", "date": "DATE", "text": "VARCHAR"}
RUPIAH = "Rp"
AS_OF = "getvariable('as_of')"
WORD = re.compile(r"[a-z_]+", re.ASCII)
APPLIES = "_applies"


class RawTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one promised table is read off stages and sources."""

    rows: str = msgspec.field(name="from")
    order: tuple[str, ...]
    columns: dict[str, str]
    joins: dict[str, str] = {}
    where: str = "TRUE"
    answers: dict[str, Block] = {}

    def expression(self, column: str) -> str | None:
        """What fills the column; None where nothing does yet."""
        if column == "as_of":
            return AS_OF
        if column in self.columns:
            return self.columns[column]
        for alias, block in self.answers.items():
            for item in items_of(block):
                if column.removesuffix(APPLIES) == item.key:
                    return _answer(item, f'{alias}."{item.key}"', column)
        return None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stages: dict[str, str]
    tables: dict[str, RawTable]


def _answer(item: Item, column: str, name: str) -> str:
    if name != item.key:
        return f"CASE {column} WHEN 1 THEN TRUE WHEN 2 THEN TRUE WHEN 3 THEN FALSE END"
    return f"CASE {column} WHEN 1 THEN TRUE WHEN 2 THEN FALSE END" if item.kind is Kind.YES else column


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


def select(table: Table, *, ordered: bool = True) -> str:
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
    return f"SELECT {', '.join(columns)} FROM {raw.rows} {joins} WHERE {raw.where}{order}"  # noqa: S608


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
