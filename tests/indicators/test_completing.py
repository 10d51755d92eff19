"""A promised table is completed by one query: rolled columns over other tables, derived ones in their order."""

from datetime import date

import pytest

from balai.base.errors import NotValid
from balai.indicators import rules
from balai.indicators.engines import duckdb
from balai.indicators.rules.checking import codes, mistakes_of_tables, order
from balai.indicators.rules.completing import completing
from tests.indicators.made import ON, catalogue, fill, parameter, table

NGADAS = "16.05.01.2002"
MEMBERS = table(
    "members", keys=("family", "member"), born_on="date", schooled="bool", n="int",
    derived={"age": ("int", "years_between(as_of, born_on)"), "old": ("bool", "age >= {old_from}")},
)  # fmt: skip
FAMILIES = table(
    "families", keys=("family",), water="int",
    rolled={
        "size": ("int", {"over": "members", "how": "count"}),
        "olds": ("int", {"over": "members", "how": "count", "where": "old"}),
        "any_old": ("bool", {"over": "members", "how": "any", "of": "old"}),
        "all_old_schooled": ("bool", {"over": "members", "how": "all", "where": "old", "of": "schooled"}),
        "youngest": ("int", {"over": "members", "how": "min", "of": "age"}),
        "last_born": ("date", {"over": "members", "how": "max", "of": "born_on"}),
        "total": ("int", {"over": "members", "how": "sum", "of": "n"}),
        "visits": ("int", {"over": "visits", "how": "count"}),
    },
    derived={"krs": ("bool", "bad AND any_old"), "bad": ("bool", "water IN {unsafe}"), "both": ("int", "size + olds")},
)  # fmt: skip
VISITS = table("visits", keys=("family",), waits="care")
FOUND = catalogue(
    [FAMILIES, MEMBERS, VISITS],
    parameters=[parameter("old_from", d2020=60, d2026=65), parameter("unsafe", d2020=(5, 6))],
)


def completed(families, members, on=ON):
    found = FOUND.parameters_on(on)
    with duckdb.connect() as con:
        for one, rows in ((MEMBERS, members), (FAMILIES, families)):
            fill(con, one, [{"village": NGADAS, "as_of": on} | row for row in rows], "_filled")
            text = completing(FOUND.tables, one.name, found, "duckdb", duckdb.present(con))
            con.execute(f'CREATE TABLE "{one.name}" AS {text}')
        rows = con.execute("SELECT * FROM families ORDER BY family")
        names = [about[0] for about in rows.description]
        assert names == list(FAMILIES.complete)
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def test_a_family_knows_its_members():
    (one,) = completed(
        [{"family": "a", "water": 5}],
        [
            {"family": "a", "born_on": date(1950, 1, 1), "schooled": True, "n": 3},
            {"family": "a", "born_on": date(2026, 1, 1), "schooled": False},
            {"family": "a", "schooled": None},
        ],
    )
    rolled = {name: one[name] for name in FAMILIES.rolled}
    assert rolled == {"size": 3, "olds": 1, "any_old": True, "all_old_schooled": True, "youngest": 0,
                      "last_born": date(2026, 1, 1), "total": 3, "visits": None}  # fmt: skip
    assert (one["bad"], one["krs"], one["both"]) == (True, True, 4)


def test_over_no_rows_a_count_is_nothing_and_the_rest_unknown():
    (one,) = completed([{"family": "a", "water": 1}], [])
    rolled = {name: one[name] for name in FAMILIES.rolled}
    assert rolled == {"size": 0, "olds": 0} | dict.fromkeys(list(rolled)[2:])
    assert (one["bad"], one["krs"]) == (False, False)


def test_a_number_is_that_of_the_snapshots_day():
    born = [{"family": "a", "born_on": date(1962, 1, 1)}]
    assert [completed([{"family": "a"}], born, on)[0]["any_old"] for on in (date(2025, 6, 1), ON)] == [True, False]


@pytest.mark.parametrize(
    ("later", "earlier", "months", "years"),
    [
        (date(2026, 11, 22), date(2026, 10, 22), 1, 0),
        (date(2026, 11, 22), date(2026, 10, 23), 0, 0),
        (date(2026, 2, 28), date(2026, 1, 31), 0, 0),
        (date(2025, 2, 28), date(2024, 2, 29), 11, 0),
        (date(2025, 3, 1), date(2024, 2, 29), 12, 1),
        (date(2026, 1, 1), date(2026, 1, 2), -1, -1),
        (date(2026, 1, 1), date(1900, 1, 1), 1512, 126),
    ],
)
def test_months_and_years_are_completed_ones(later, earlier, months, years):
    things = table(derived={"m": ("int", "months_between(a, b)"), "y": ("int", "years_between(a, b)"),
                            "d": ("int", "days_between(a, b)")}, a="date", b="date")  # fmt: skip
    with duckdb.connect() as con:
        fill(con, things, [{"village": NGADAS, "a": later, "b": earlier}], "_filled")
        row = con.execute(completing({"things": things}, "things", {}, "duckdb", set())).fetchall()[0]
    assert row[-3:] == (months, years, (later - earlier).days)


def test_codes_are_read_from_what_a_column_says():
    assert codes("1 belum; 3-5 pernah; N naik") == {1, 3, 4, 5, "N"}
    assert codes("") == set()


@pytest.mark.parametrize(
    ("rolled", "said"),
    [
        (("int", {"over": "member", "how": "count"}), "families.toml:1: tidak ada tabel “member”. (“members”?)"),
        (
            ("int", {"over": "members", "how": "count", "by": "house"}),
            "families.toml:1: tabel families tidak punya “house”.",
        ),
        (
            ("int", {"over": "members", "how": "count", "by": "water"}),
            "families.toml:1: tabel members tidak punya “water”.",
        ),
        (("int", {"over": "members", "how": "count", "of": "n"}), "families.toml:1: “x”: “of” tidak cocok"),
        (("int", {"over": "members", "how": "sum"}), "families.toml:1: “x”: “of” tidak cocok"),
        (("bool", {"over": "members", "how": "any", "of": "n"}), "families.toml:1: “x”: “of” tidak cocok"),
        (("bool", {"over": "members", "how": "max", "of": "old"}), "families.toml:1: “x”: “of” tidak cocok"),
        (("date", {"over": "members", "how": "sum", "of": "born_on"}), "families.toml:1: “x”: “of” tidak cocok"),
        (("bool", {"over": "members", "how": "min", "of": "n"}), "families.toml:1: “x” dinyatakan bool, tetapi"),
        (("int", {"over": "members", "how": "count", "where": "n"}), "families.toml:1 [x]: hasil “n” adalah int"),
    ],
)
def test_a_mistake_in_a_rolled_column_is_told(rolled, said):
    found = catalogue([table("families", keys=("family",), water="int", rolled={"x": rolled}), MEMBERS],
                      parameters=[parameter("old_from", d2020=60)])  # fmt: skip
    assert [str(one)[: len(said)] for one in mistakes_of_tables(found, found.parameters_on(ON))] == [said]


def test_tables_may_not_roll_up_each_other():
    roll = {"over": "b", "how": "count"}
    tables = catalogue([table("a", keys=("family",), rolled={"x": ("int", roll)}),
                        table("b", keys=("family",), rolled={"x": ("int", roll | {"over": "a"})})])  # fmt: skip
    assert [str(one) for one in mistakes_of_tables(tables, {})] == ["Tabel saling menggulung: a → b → a."] or [
        str(one) for one in mistakes_of_tables(tables, {})
    ] == ["Tabel saling menggulung: b → a → b."]
    with pytest.raises(NotValid):
        order(tables.tables)


def test_every_table_of_ours_can_be_completed_on_both_engines():
    for name in rules.order(rules.tables()):
        for engine in rules.ENGINES:
            assert rules.completing(name, ON, engine, set(rules.tables())).startswith("SELECT ")


def test_what_growth_makes_is_not_asked_of_the_register():
    children = rules.tables()["children"]
    assert "haz" not in children.raw
    assert {"haz", "born_on"} <= set(children.columns)
