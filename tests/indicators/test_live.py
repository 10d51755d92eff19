"""One village after another on the same tables: what a fresh database says of each, and no trace of the one before."""

import pytest

from balai.indicators.engines import duckdb
from balai.indicators.engines.live import Prepared
from balai.indicators.rules.compiling import compiled
from balai.indicators.rules.completing import completing
from tests.indicators.made import ON, catalogue, indicator, table

MEMBERS = table("members", keys=("family",), n="int", derived={"big": ("bool", "n > 3")})
FAMILIES = table(
    "families", keys=("family",), rolled={"bigs": ("int", {"over": "members", "how": "count", "where": "big"})}
)
FOUND = catalogue(
    [FAMILIES, MEMBERS, table("visits", keys=("family",), waits="care")],
    [
        indicator("F01", table="families", counted="bigs > 0"),
        indicator("F02", table="members", value="n", how="median"),
        indicator("F03", table="members", value="n", how="max"),
        indicator("F04", table="visits"),
    ],
)
VILLAGES = {"16.05.01.2001": [1, 4, 9], "16.05.01.2002": [], "16.05.01.2003": [2, None]}


def put(con, village, numbers):
    for family, n in enumerate(numbers):
        con.execute("INSERT INTO families_filled VALUES (?, NULL, ?, ?)", [village, ON, str(family)])
        con.execute("INSERT INTO members_filled VALUES (?, NULL, ?, ?, ?)", [village, ON, str(family), n])


def fresh(village, numbers, codes):
    with duckdb.connect() as con:
        for name, more in (("families", ""), ("members", ", n INTEGER")):
            con.execute(f"CREATE TABLE {name}_filled (village TEXT, rt TEXT, as_of DATE, family TEXT{more})")
        put(con, village, numbers)
        for name in ("members", "families"):
            con.execute(f"CREATE TABLE {name} AS {completing(FOUND.tables, name, {}, 'duckdb', {'members'})}")
        return sorted(map(str, duckdb.figures(con, compiled(FOUND, codes, ON))))


@pytest.mark.parametrize("codes", [None, ["F02"]])
def test_a_village_is_counted_as_if_it_were_the_only_one(codes):
    prepared = Prepared(FOUND.tables, compiled(FOUND, codes, ON), {})
    for village, numbers in [*VILLAGES.items(), *reversed(VILLAGES.items())]:
        with prepared.village() as con:
            put(con, village, numbers)
            prepared.complete(["members"])
            prepared.complete(["families"])
            assert sorted(map(str, prepared.figures())) == fresh(village, numbers, codes)
    with prepared.village():
        prepared.complete()
        assert prepared.figures() == []


def test_a_village_that_fails_leaves_nothing_behind():
    prepared = Prepared(FOUND.tables, compiled(FOUND, ["F03"], ON), {})
    with pytest.raises(ZeroDivisionError):
        stumble(prepared)
    with prepared.village():
        prepared.complete()
        assert prepared.figures() == []


def stumble(prepared):
    with prepared.village() as con:
        put(con, "16.05.01.2001", [5])
        raise ZeroDivisionError
