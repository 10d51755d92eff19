"""DuckDB for one village after another: the same queries, prepared once over tables that stay.

Of a village's 50 ms DuckDB would spend most on reading the text of the queries; the optimizer is off because it would
plan again at every turn, and because its statistics are of rows that are gone.
"""

from collections.abc import Collection, Mapping
from contextlib import contextmanager
from typing import Any

from balai.indicators.engines.duckdb import connect
from balai.indicators.rules import FILLED, Plan, Row, Table, order
from balai.indicators.rules.completing import TYPES, completing


class Prepared:
    """Tables of a catalogue (or the parts of them that some figures rest on) with a plan's queries. For one thread."""

    def __init__(self, tables: Mapping[str, Table], plan: Plan, parameters: Mapping[str, Any]) -> None:
        self.tables = [name for name in order(tables) if not tables[name].waits]
        self.plan = plan
        self.con = connect(threads=1)
        self.con.execute("PRAGMA disable_optimizer")
        for name in self.tables:
            self._table(name + FILLED, tables[name].columns)
            self._table(name, tables[name].complete)
        for number, name in enumerate(self.tables):
            text = completing(tables, name, parameters, "duckdb", self.tables)
            self.con.execute(f'PREPARE complete_{number} AS INSERT INTO "{name}" {text}')
        self.asked = [query for query in plan.queries if query.table in self.tables]
        for number, query in enumerate(self.asked):
            for kind, text in (("wide", query.wide), *query.bins.items()):
                if text:
                    self.con.execute(f'PREPARE "{kind}_{number}" AS {text["duckdb"]}')

    def _table(self, name: str, columns: Mapping[str, Any]) -> None:
        shape = ", ".join(f'"{column}" {TYPES[declared.type]}' for column, declared in columns.items())
        self.con.execute(f'CREATE TABLE "{name}" ({shape})')

    @contextmanager
    def village(self):
        """Within, rows may be put into `<table>_filled`; at the end they are gone without a trace."""
        self.con.begin()
        try:
            yield self.con
        finally:
            self.con.rollback()

    def complete(self, names: Collection[str] = ()) -> None:
        """Completes these tables, or all, in their order."""
        for number, name in enumerate(self.tables):
            if not names or name in names:
                self.con.execute(f"EXECUTE complete_{number}")

    def figures(self) -> list[Row]:
        rows: list[Row] = []
        for number, query in enumerate(self.asked):
            if query.slots:
                rows += query.rows(self._said(f"wide_{number}"))
            for code in query.bins:
                rows += [Row(village, code, n, None, bin_) for village, bin_, n in self._said(f"{code}_{number}")]
        return rows

    def _said(self, name: str) -> list[tuple[Any, ...]]:
        return self.con.execute(f'EXECUTE "{name}"').fetchall()
