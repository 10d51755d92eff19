"""All figures of one table in one query, asked by code."""

import pytest

from balai.base.errors import NotValid
from balai.indicators import rules
from balai.indicators.rules.compiling import compiled
from balai.indicators.rules.declared import Part
from balai.indicators.rules.measures import definitions, waits_for
from tests.indicators.made import ON, catalogue, indicator, table

FOUND = catalogue(
    [table(bkb="bool", n="int"), table("visits", bkb="bool", waits="care")],
    [
        indicator("F01"),
        indicator("F02", counted="bkb"),
        indicator(
            "F03", among="bkb", parts={"few": Part(counted="n < 3"), "many": Part(counted="n >= 3", name_en="Many")}
        ),
        indicator("F04", counted="bkb", parts={"one": Part(counted="n = 1")}),
        indicator("F05", formula="F02 + F03.few"),
        indicator("F06", table="visits", counted="bkb"),
        indicator("F07", formula="2 * F06"),
        indicator("F08", table="", waits="ks_items"),
    ],
)


def asked(*codes):
    plan = compiled(FOUND, codes or None, ON)
    return [slot.code for query in plan.queries for slot in query.slots], plan


def test_each_table_is_read_once_and_equal_counts_are_counted_once():
    found, plan = asked()
    assert found == ["F01", "F02", "F03.few", "F03.many", "F04", "F04.one"]
    (query,) = plan.queries
    # rows, bkb, bkb and few, bkb and many, bkb (of F03: d), n = 1: six of eleven
    assert query.wide["duckdb"].count(" AS a") == 5
    assert query.columns == ("village", "bkb", "n")
    assert plan.waits == {"F06": "care", "F07": "care", "F08": "ks_items"}


def test_parts_are_asked_with_their_indicator_or_alone():
    assert asked("F03")[0] == ["F03.few", "F03.many"]
    assert asked("F03.many")[0] == ["F03.many"]
    assert definitions(FOUND, ["F03.many"])["F03.many"].name_en == "Many"
    assert definitions(FOUND, ["F03.few"])["F03.few"].name_en == "-"


def test_a_formula_brings_what_it_is_made_of():
    assert asked("F05")[0] == ["F02", "F03.few"]
    assert asked("F05", "F02")[0] == ["F02", "F03.few"]
    assert waits_for(FOUND, FOUND.indicators["F05"]) == ""


@pytest.mark.parametrize(("code", "near"), [("F99", ""), ("F3", " (“F03”?)"), ("F03.x", " (“F03”?)")])
def test_an_unknown_code_is_refused(code, near):
    with pytest.raises(NotValid) as refused:
        asked(code)
    assert str(refused.value).startswith(f"Tidak ada indikator “{code}”.")
    assert near in str(refused.value)


def test_what_only_names_figures_asks_no_table():
    assert asked("F06")[1].queries == ()


def test_our_catalogue_is_compiled_once_a_day():
    assert rules.compiled(["F03"], ON) is rules.compiled(["F03"], ON)
    assert rules.compiled(None, ON).queries


def test_the_first_mistake_of_our_catalogue_is_raised(monkeypatch):
    rules.catalogue.cache_clear()
    broken = catalogue([], [indicator("F01", table="nothing")])
    monkeypatch.setattr(rules, "read", lambda _folder: (broken, []))
    with pytest.raises(NotValid, match="tidak ada tabel “nothing”"):
        rules.catalogue()
    monkeypatch.undo()
    assert rules.catalogue().indicators
