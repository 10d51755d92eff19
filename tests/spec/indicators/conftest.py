"""Every drawn example is a village of its own; all of them are completed and counted at once, as a snapshot is."""

from dataclasses import replace

import msgspec
import pyarrow as pa
import pytest

from balai.indicators.engines import duckdb as engine
from balai.indicators.rules import FILLED, Catalogue, catalogue, completing, gathered, order, tables
from balai.indicators.rules.compiling import compiled
from tests.spec.indicators.drawing import examples, values

KINDS = {"bool": pa.bool_(), "int": pa.int32(), "real": pa.float64(), "date": pa.date32(), "text": pa.string()}


@pytest.fixture(scope="session")
def nothing_waits() -> Catalogue:
    """The catalogue as it will be once everything has come."""
    found = catalogue()
    return replace(
        found,
        tables={name: msgspec.structs.replace(one, waits="") for name, one in found.tables.items()},
        indicators={
            code: msgspec.structs.replace(one, waits="") if one.table else one for code, one in found.indicators.items()
        },
    )


@pytest.fixture(scope="session")
def drawn(nothing_waits):
    """{place of the example: (what was counted in its village, {table: its complete rows by their keys})}"""
    found = {}
    villages = {one.place: f"16.05.{number // 1000:02}.{2000 + number % 1000}" for number, one in enumerate(examples())}
    for day in {one.day for one in examples()}:
        plan = compiled(nothing_waits, None, day)
        for as_drawn in (False, True):
            chosen = [one for one in examples() if one.day == day and one.is_complete == as_drawn]
            with engine.connect() as con:
                if as_drawn:
                    for name in tables():
                        lay(con, name, chosen, villages, as_drawn=True)
                else:
                    complete(con, chosen, villages, day)
                counted = gathered(engine.figures(con, plan))
                for one in chosen:
                    there = {code: at for (region, code), at in counted.items() if region == villages[one.place]}
                    found[one.place] = there, kept(con, one, villages[one.place])
    return found


def complete(con, chosen, villages, day):
    """The tables of the examples, filled and completed."""
    for name in order(tables()):
        lay(con, name, chosen, villages, as_drawn=False)
        con.execute(f'CREATE TABLE "{name}" AS {completing(name, day, "duckdb", set(tables()))}')


def lay(con, name, chosen, villages, *, as_drawn):
    """The rows of the examples in one table: as it is complete, or as the register fills it."""
    table = tables()[name]
    columns = {key: column.type for key, column in (table.complete if as_drawn else table.columns).items()}
    target = name if as_drawn else name + FILLED
    rows = [
        values(one, name, number, villages[one.place])
        for one in chosen
        for number in range(len(one.rows.get(name, ())))
    ]
    found = pa.table({key: pa.array([row.get(key) for row in rows], KINDS[kind]) for key, kind in columns.items()})
    con.from_arrow(found).create(target)


def kept(con, one, village):
    found = {}
    for name in one.rows:
        rows = con.execute(f'SELECT * FROM "{name}" WHERE village = ?', [village])
        names = [about[0] for about in rows.description]
        told = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
        found[name] = {tuple(row[key] for key in tables()[name].keys): row for row in told}
    return found
