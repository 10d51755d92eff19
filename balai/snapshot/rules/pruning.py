"""Of the promised tables only what some figures rest on, so that one village is worked out while its page waits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from balai.indicators.rules import Catalogue, Plan, Table
from balai.indicators.rules.checking import derived, known, rolled
from balai.snapshot.rules.raw import raw_tables

GROWN = ("measurements", "children")


def pruned(catalogue: Catalogue, plan: Plan, day: date, *, keyed: bool = False) -> dict[str, Table]:
    """Table name to the table with the columns that the plan asks for, and those that these are made of; with the keys
    of its rows where `keyed`."""
    closure = _Closure(catalogue, catalogue.parameters_on(day))
    for query in plan.queries:
        for column in (*query.columns, *(catalogue.tables[query.table].keys if keyed else ())):
            closure.ask(query.table, column)
    return {name: _reduced(catalogue.tables[name], columns) for name, columns in closure.wanted.items()}


def _reduced(table: Table, wanted: set[str]) -> Table:
    def kept(columns: Mapping[str, Any]) -> dict[str, Any]:
        return {name: column for name, column in columns.items() if name in wanted}

    return msgspec.structs.replace(
        table, columns=kept(table.columns), rolled=kept(table.rolled), derived=kept(table.derived)
    )


class _Closure:
    def __init__(self, catalogue: Catalogue, parameters: Mapping[str, Any]) -> None:
        self.tables, self.parameters = catalogue.tables, parameters
        self.about = {name: known(table, parameters) for name, table in self.tables.items()}
        self.wanted: dict[str, set[str]] = {}

    def ask(self, name: str, column: str) -> None:
        if name not in raw_tables() or column in self.wanted.setdefault(name, set()):
            return
        table = self.tables[name]
        self.wanted[name].add(column)
        if column in table.derived:
            for needed in derived(table, column, self.about[name]).columns():
                self.ask(name, needed)
        elif column in table.rolled:
            self._ask_rolled(table, column)
        elif table.columns[column].made:
            self._ask_grown()

    def _ask_rolled(self, table: Table, column: str) -> None:
        roll = rolled(self.tables, table, column, self.parameters)
        over, by = roll.declared.over, roll.declared.by
        for name in (table.name, over):
            self.ask(name, by)
        for node in filter(None, (roll.where, roll.of)):
            for needed in node.columns():
                self.ask(over, needed)

    def _ask_grown(self) -> None:
        """What growth says rests on every column of both tables."""
        for name in GROWN:
            for column in self.tables[name].raw:
                self.ask(name, column)
