"""Completed on arrays: every rolled and derived column is what DuckDB says, whatever is missing."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.indicators.engines import duckdb
from balai.indicators.engines.arrays import Prepared
from balai.indicators.rules.compiling import compiled
from balai.indicators.rules.completing import completing
from tests.indicators.made import ON, catalogue, fill, indicator, table

MEMBERS = table(
    "members", keys=("family",), n="int", at_home="bool", born="date", weight="real", kind="text",
    derived={
        "grown": ("bool", "years_between(as_of, born) >= 18"),
        "known": ("bool", "COALESCE(at_home, grown, FALSE)"),
        "same": ("bool", "at_home = grown"),
        "chosen": ("bool", "CASE WHEN n > 1 THEN at_home WHEN at_home IS NULL THEN NULL ELSE grown END"),
        "letter": ("text", "CASE WHEN n = 1 THEN 'N' ELSE COALESCE(kind, 'O') END"),
        "heavy": ("real", "GREATEST(weight, 2.5) * 2 - n"),
        "first_of": ("date", "LEAST(born, DATE '2000-02-29')"),
        "double": ("int", "2 * n"),
    },
)  # fmt: skip
OVER = {"over": "members"}
FAMILIES = table(
    "families", keys=("family",), size="int",
    rolled={
        "people": ("int", OVER | {"how": "count"}),
        "adults": ("int", OVER | {"how": "count", "where": "grown"}),
        "someone": ("bool", OVER | {"how": "any", "of": "at_home"}),
        "everyone": ("bool", OVER | {"how": "all", "of": "at_home", "where": "n > 0 OR n IS NULL"}),
        "together": ("int", OVER | {"how": "sum", "of": "double", "where": "known"}),
        "oldest": ("date", OVER | {"how": "min", "of": "born"}),
        "youngest": ("date", OVER | {"how": "max", "of": "born", "where": "at_home"}),
        "heaviest": ("real", OVER | {"how": "max", "of": "weight"}),
        "lightest": ("real", OVER | {"how": "min", "of": "heavy"}),
        "ones": ("int", OVER | {"how": "sum", "of": "1"}),
        "visits": ("int", {"over": "visits", "how": "count"}),
    },
    derived={"full": ("bool", "people > size"), "seen": ("bool", "visits > 0 OR someone")},
)  # fmt: skip
FOUND = catalogue([FAMILIES, MEMBERS], [indicator(table="families", counted="full")])
FAMILY = st.none() | st.sampled_from(["a", "b", "c"])
ROW = {"family": FAMILY, "n": st.none() | st.integers(-3, 3), "at_home": st.none() | st.booleans(),
       "born": st.none() | st.dates(date(1940, 1, 1), ON), "weight": st.none() | st.sampled_from([-1.5, 0.0, 2.5]),
       "kind": st.none() | st.sampled_from(["N", "T"])}  # fmt: skip
HOME = {"family": FAMILY, "size": st.none() | st.integers(0, 3)}


def rows_of(**cells):
    return st.lists(st.fixed_dictionaries({"village": st.just("16.05.01.2001")} | cells), max_size=12)


def values(worked, name, column, kind):
    """As DuckDB would give them."""
    scope = worked.prepared.scopes[name]
    one = worked.slots[scope.columns[column]]
    told, known = (one[0], one[0] | one[1]) if kind == "bool" else one
    shape = worked.slots[scope.rows][0].shape
    pairs = zip(np.broadcast_to(told, shape).tolist(), np.broadcast_to(known, shape).tolist(), strict=True)
    read = {"text": worked.words.__getitem__, "date": lambda days: date.fromordinal(days + 719_163)}
    return [read.get(kind, lambda same: same)(value) if there else None for value, there in pairs]


@settings(max_examples=80, deadline=None)
@given(rows_of(**ROW), rows_of(**HOME))
def test_every_column_is_completed_as_duckdb_does(members, families):
    with duckdb.connect(threads=1) as con:
        given_rows = {}
        for one, rows in ((MEMBERS, members), (FAMILIES, families)):
            fill(con, one, rows, "_filled")
            given_rows[one.name] = con.execute(f'FROM "{one.name}_filled"').fetchnumpy()
        worked = Prepared(FOUND, FOUND.tables, compiled(FOUND, ["F01"], ON), ON).work(given_rows)
        for one in (MEMBERS, FAMILIES):
            con.execute(f"CREATE TABLE {one.name} AS {completing(FOUND.tables, one.name, {}, 'duckdb', ['members'])}")
            for column, declared in one.complete.items():
                found = [value for (value,) in con.execute(f'SELECT "{column}" FROM {one.name}').fetchall()]
                assert sorted(values(worked, one.name, column, declared.type), key=repr) == sorted(found, key=repr)


def test_the_rows_behind_a_figure_are_told_by_their_keys():
    prepared = Prepared(FOUND, FOUND.tables, compiled(FOUND, ["F01"], ON), ON)
    with duckdb.connect(threads=1) as con:
        fill(con, MEMBERS, [{"family": key} for key in ("a", "a", "b", None)], "_filled")
        fill(con, FAMILIES, [{"family": key, "size": 0} for key in ("a", "c", None)], "_filled")
        filled = {name: con.execute(f"FROM {name}_filled").fetchnumpy() for name in ("members", "families")}
    figure, worked = prepared.figure("F01"), prepared.work(filled)
    assert worked.texts("families", "family", figure.n) == ["a"]
    assert worked.texts("families", "family", figure.d) == ["a", "c", None]
    assert prepared.figure("F02") is None


def test_complete_tables_are_counted_as_they_stand():
    things, village = table(n="int"), "16.05.01.2001"
    found = catalogue([things], [indicator(value="n", how="max", unit="count")])
    prepared = Prepared(found, found.tables, compiled(found, None, ON), ON, complete=True)
    with duckdb.connect(threads=1) as con:
        for numbers, most in (((3, None, 7), 7), ((None,), None)):
            fill(con, things, [{"village": village, "n": number} for number in numbers])
            (row,) = prepared.figures({"things": con.execute("FROM things").fetchnumpy()})
            assert (row.region, row.code, row.n, row.d) == (village, "F01", most, None)
