"""What an expression may say, and what a mistake is told (docs/adr/0024)."""

from datetime import date

import pytest

from balai.base.errors import NotValid
from balai.indicators.rules.expressions import Known, expression
from balai.indicators.rules.rendering import sql

KNOWN = Known(
    table="families",
    types={
        "water": "int",
        "bkb": "bool",
        "haz": "real",
        "born_on": "date",
        "as_of": "date",
        "gain": "text",
        "n": "int",
    },
    codes={"water": frozenset(range(1, 10)), "gain": frozenset({"N", "T"})},
    parameters={"unsafe": (5, 6, 7), "youngest": 15, "from_day": date(2024, 1, 1)},
    place="health.toml:7 [F03] counted",
)


def said(text, engine="duckdb"):
    return sql(expression(text, KNOWN), engine)


@pytest.mark.parametrize(
    ("text", "duckdb"),
    [
        ("bkb AND NOT bkb OR TRUE", '((("bkb" AND (NOT "bkb")) OR TRUE)'[1:]),
        ("water IN {unsafe}", '("water" IN (5, 6, 7))'),
        ("n >= {youngest}", '("n" >= 15)'),
        ("born_on < {from_day}", "(\"born_on\" < DATE '2024-01-01')"),
        ("n <> -3", '("n" <> -3)'),
        ("haz < -2.5", "(\"haz\" < CAST('-2.5' AS DOUBLE))"),
        ("-(n) * 2 = 4", '((CAST((- CAST("n" AS BIGINT)) AS BIGINT) * CAST(2 AS BIGINT)) = 4)'),
        ("-haz > 2", '((- "haz") > 2)'),
        ("gain = 'N'", "(\"gain\" = 'N')"),
        ("n BETWEEN 1 AND 2", '("n" BETWEEN 1 AND 2)'),
        ("n IS NOT NULL", '(NOT ("n" IS NULL))'),
        ("CASE WHEN bkb THEN 1 END = 1", '(CASE WHEN "bkb" THEN 1 ELSE NULL END = 1)'),
        ("COALESCE(bkb, FALSE)", 'COALESCE("bkb", FALSE)'),
        ("LEAST(n, 3) = GREATEST(n, 1)", '(LEAST("n", 3) = GREATEST("n", 1))'),
    ],
)
def test_an_expression_becomes_sql_with_every_bracket(text, duckdb):
    assert said(text) == duckdb
    assert said(text, "spark") == duckdb.replace('"', "`")


def test_days_are_subtracted_by_the_name_of_each_engine():
    assert said("days_between(as_of, born_on)") == 'CAST(("as_of" - "born_on") AS BIGINT)'
    assert said("days_between(as_of, born_on)", "spark") == "CAST(DATEDIFF(`as_of`, `born_on`) AS BIGINT)"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("watr = 1", "tidak ada kolom “watr” di tabel families. (“water”?)"),
        ("zzzzz", "tidak ada kolom “zzzzz” di tabel families."),
        ("families.water = 1", "“families.water” tidak boleh dipakai di sini."),
        ('"water" = 1', "tidak boleh dipakai di sini."),
        ("water = 12", "“12” bukan kode kolom “water” (1, 2, 3, 4, 5, 6, 7, 8, 9)."),
        ("gain IN ('N', 'X')", "“X” bukan kode kolom “gain” (N, T)."),
        ("n = {yongest}", "tidak ada parameter “yongest” yang berlaku. (“youngest”?)"),
        ("month_between(as_of, born_on) > 2", "“month_between” tidak boleh dipakai di sini. (“months_between”?)"),
        ("date_diff('month', born_on, as_of) > 2", "tidak boleh dipakai di sini."),
        ("round(haz, 1) = 2", "“round” tidak boleh dipakai di sini."),
        ("random() < 1", "“rand” tidak boleh dipakai di sini."),
        ("current_date > born_on", "tidak boleh dipakai di sini."),
        ("sum(n) > 2", "“sum” tidak boleh dipakai di sini."),
        ("median(n) > 2", "“median” tidak boleh dipakai di sini."),
        ("n / 2 = 1", "“div” tidak boleh dipakai di sini."),
        ("n % 2 = 1", "“mod” tidak boleh dipakai di sini."),
        ("gain || 'x' = 'N'", "“dpipe” tidak boleh dipakai di sini."),
        ("gain LIKE 'N%'", "“like” tidak boleh dipakai di sini."),
        ("born_on + INTERVAL 3 MONTH > as_of", "tidak boleh dipakai di sini."),
        ("n = (SELECT 1)", "“subquery” tidak boleh dipakai di sini."),
        ("n IN (SELECT 1)", "“in” tidak boleh dipakai di sini."),
        ("n IN (n)", "“in” tidak boleh dipakai di sini."),
        ("n IN UNNEST(n)", "“in” tidak boleh dipakai di sini."),
        ("n IS TRUE", "“is” tidak boleh dipakai di sini."),
        ("n BETWEEN SYMMETRIC 3 AND 1", "“symmetric” tidak boleh dipakai di sini."),
        ("CASE n WHEN 1 THEN TRUE END", "“case …” tidak boleh dipakai di sini."),
        ("CAST(n AS TEXT) = 'N'", "tidak boleh dipakai di sini."),
        ("born_on = DATE '2026-13-01'", "“2026-13-01” tidak boleh dipakai di sini."),
        ("gain = 'it''s'", "“it's” tidak boleh dipakai di sini."),
        ("gain = 'back\\slash'", "tidak boleh dipakai di sini."),
        ("n = 99999999999", "“99999999999” tidak boleh dipakai di sini."),
        ("haz = 1e3", "“1e3” tidak boleh dipakai di sini."),
        ("n = NULL", "= tidak dapat dipakai untuk int, null."),
        ("n IN (1, NULL)", "IN tidak dapat dipakai untuk int, int, null."),
        ("n = 'x'", "= tidak dapat dipakai untuk int, text."),
        ("gain < 'N'", "< tidak dapat dipakai untuk text, text."),
        ("bkb > FALSE", "> tidak dapat dipakai untuk bool, bool."),
        ("n AND bkb", "AND tidak dapat dipakai untuk int, bool."),
        ("NOT n", "NOT tidak dapat dipakai untuk int."),
        ("as_of - born_on > 3", "- tidak dapat dipakai untuk date, date."),
        ("-bkb", "- tidak dapat dipakai untuk bool."),
        ("CASE WHEN n THEN 1 END = 1", "WHEN tidak dapat dipakai untuk int."),
        ("CASE WHEN bkb THEN 1 ELSE 'x' END = 1", "CASE tidak dapat dipakai untuk int, text."),
        ("COALESCE(n, 'x') = 1", "COALESCE tidak dapat dipakai untuk int, text."),
        ("LEAST(gain, 'N') = 'N'", "LEAST tidak dapat dipakai untuk text, text."),
        ("days_between(n, born_on) = 1", "days_between tidak dapat dipakai untuk int, date."),
        ("days_between(born_on) = 1", "days_between tidak dapat dipakai untuk date."),
        ("n = 1; DROP TABLE families", "harus satu ungkapan."),
        ("", "harus satu ungkapan."),
        ("n = = 1", "tidak dapat dibaca:"),
        ("n = 1 -- AND bkb", "“--” tidak boleh dipakai di sini."),
        ("n = 1 /* bkb */", "“/*” tidak boleh dipakai di sini."),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_may_be_meant(text, told):
    with pytest.raises(NotValid) as refused:
        expression(text, KNOWN)
    assert str(refused.value).startswith("health.toml:7 [F03] counted: ")
    assert told in str(refused.value)
