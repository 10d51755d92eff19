"""The same examples on arrays: every figure is what DuckDB says."""

import pytest

from balai.indicators.engines import duckdb
from balai.indicators.engines.arrays import Prepared
from balai.indicators.rules import FILLED, tables
from balai.indicators.rules.compiling import compiled
from tests.spec.indicators.conftest import complete, lay
from tests.spec.indicators.drawing import examples

DAYS = sorted({one.day for one in examples()})


def read(con, suffix=""):
    return {name: con.execute(f'SELECT * FROM "{name}{suffix}"').fetchnumpy() for name in tables()}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("as_drawn", [False, True])
def test_arrays_count_what_duckdb_counts(nothing_waits, day, as_drawn):
    chosen = [one for one in examples() if one.day == day and one.is_complete == as_drawn]
    villages = {one.place: f"16.05.01.{2000 + number}" for number, one in enumerate(chosen)}
    plan = compiled(nothing_waits, None, day)
    with duckdb.connect() as con:
        if as_drawn:
            for name in tables():
                lay(con, name, chosen, villages, as_drawn=True)
        else:
            complete(con, chosen, villages, day)
        expected = duckdb.figures(con, plan)
        given = read(con, "" if as_drawn else FILLED)
    found = Prepared(nothing_waits, nothing_waits.tables, plan, day, complete=as_drawn).figures(given)
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert bool(expected) == bool(chosen)
