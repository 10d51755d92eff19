"""Definitions: promised tables, the catalogue, their expressions, the queries made of them, and what is shown."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache, lru_cache
from itertools import chain

from balai.base.errors import NotValid
from balai.indicators.rules.checking import mistakes_of_tables, order
from balai.indicators.rules.compiling import Plan, TableQuery
from balai.indicators.rules.compiling import compiled as _compiled
from balai.indicators.rules.completing import FILLED
from balai.indicators.rules.completing import completing as _completing
from balai.indicators.rules.declared import Column, Derived, Indicator, Parameter, Rolled, Table
from balai.indicators.rules.intervals import shrunken, wilson
from balai.indicators.rules.measures import definitions, mistakes_of_indicators, parts, waits_for
from balai.indicators.rules.reading import FOLDER, PROGRAMMES, Catalogue, read
from balai.indicators.rules.rendering import ENGINES
from balai.indicators.rules.results import NATION, Counted, Figure, Row, figure, gathered, regions, rolled_up

__all__ = [
    "ENGINES", "FILLED", "NATION", "PROGRAMMES", "Catalogue", "Column", "Counted", "Derived", "Figure", "Indicator",
    "Parameter", "Plan", "Rolled", "Row", "Table", "TableQuery", "catalogue", "compiled", "completing", "definitions",
    "figure", "gathered", "mistakes", "order", "parts", "regions", "rolled_up", "shrunken", "tables", "waits_for",
    "wilson",
]  # fmt: skip


def mistakes(found: Catalogue, reading: Iterable[NotValid] = ()) -> list[NotValid]:
    """Everything that is wrong with the declarations, under the newest numbers."""
    parameters = found.parameters_on(date.max)
    return [*reading, *chain(mistakes_of_tables(found, parameters), mistakes_of_indicators(found, parameters))]


@cache
def catalogue() -> Catalogue:
    """The promised tables and indicators of this release, read once; the first mistake is raised."""
    found, reading = read(FOLDER)
    for mistake in mistakes(found, reading):
        raise mistake
    return found


def tables() -> dict[str, Table]:
    return dict(catalogue().tables)


def compiled(codes: Iterable[str] | None, on: date) -> Plan:
    """The queries for some codes ("F03", "F09", "F09.mow"; None: all) with the numbers in force that day."""
    return _kept(None if codes is None else tuple(codes), on)


@lru_cache(maxsize=64)
def _kept(codes: tuple[str, ...] | None, on: date) -> Plan:
    return _compiled(catalogue(), codes, on)


def completing(table: str, on: date, engine: str, present: Collection[str]) -> str:
    """The query that completes a table: reads `<table>_filled` and the complete tables that it rolls up."""
    found = catalogue()
    return _completing(found.tables, table, found.parameters_on(on), engine, present)
