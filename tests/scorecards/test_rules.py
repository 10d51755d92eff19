"""Who sees what, what a comparison says, and where a point of a picture stands."""

from datetime import date
from math import isclose
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.access.rules import STRANGER, Actor, operator
from balai.indicators.rules import catalogue
from balai.indicators.rules.book import DIRECTIONS
from balai.scorecards.rules import drawing, siga
from balai.scorecards.rules.book import band, said_of
from balai.scorecards.rules.seeing import FEWEST, Sight, matters_of, sight, withheld
from balai.scorecards.rules.standing import standing
from tests.families.register import FAR, HERE, KABUPATEN, KECAMATAN, RT1, actor

VILLAGE = HERE

SEEN = """
cadre          | 16.05.01.2002 | 16.05.01.2002 | families | full
cadre          | 16.05.01.2002 | 16.05.01      | families | coarse
cadre          | 16.05.01.2002 | 16.05         | children | coarse
cadre          | 16.05.01.2002 | 16.05.01.2003 | families | none
cadre          | 16.05.01.2002.T001 | 16.05.01.2002 | families | coarse
companion      | 16.05.01.2002 | 16.05.01.2002 | families | coarse
field_officer  | 16.05.01      | 16.05.01.2003 | couples  | full
field_officer  | 16.05.01      | 16.05.02      | couples  | none
village_head   | 16.05.01.2002 | 16.05.01.2002 | couples  | coarse
village_head   | 16.05.01.2002 | 16.05.01.2002 | villages | full
working_group  | 16.05.01.2002 | 16.05.01.2002 | children | coarse
planner        | 16.05         | 16.05.01.2002 | families | coarse
planner        | 16.05         | 76.05.03.2002 | families | none
planner        | 16.05         | 76.05.03      | families | none
planner        | 16.05         | 76.05         | families | coarse
planner        | 16.05         | 76.05.03.2002 | facilities | full
nation         |               | 76.05.03.2002 | families | coarse
family_office  | 16.05         | 16.05.01.2002 | aid      | full
"""


@pytest.mark.parametrize("line", SEEN.strip().splitlines())
def test_a_figure_is_seen_by_role_and_region(line):
    role, region, place, table, seen = (part.strip() for part in line.split("|"))
    assert sight(actor(role, region), place, table) is Sight[seen.upper()]


def test_the_puskesmas_sees_the_children_and_not_the_families():
    health = actor("agency_officer", KABUPATEN, agency="health")
    assert sight(health, VILLAGE, "children") is Sight.FULL
    assert sight(health, VILLAGE, "couples") is Sight.FULL
    assert sight(health, VILLAGE, "families") is Sight.COARSE


def test_who_has_not_signed_in_sees_nothing():
    assert sight(STRANGER, "16", "villages") is Sight.NONE
    assert sight(Actor("x", operator("x").role), "16", "villages") is Sight.NONE


def test_an_unknown_table_may_tell_anything():
    assert matters_of("sessions") == matters_of("families")


@pytest.mark.parametrize(
    ("n", "d", "share", "hidden"),
    [(4, None, False, True), (5, None, False, False), (4, 100, True, True), (5, 100, True, False),
     (96, 100, True, True), (95, 100, True, False), (0, 100, True, True), (0, 3, True, True),
     (900, 4, False, True), (0, 5, False, False)],
)  # fmt: skip
def test_a_cell_about_fewer_than_five_is_withheld(n, d, share, hidden):
    assert withheld(n, d, share=share) is hidden


@given(st.integers(0, 500), st.integers(0, 500))
def test_what_is_shown_of_a_share_has_five_on_both_sides(n, rest):
    assert withheld(n, n + rest, share=True) or min(n, rest) >= FEWEST


@pytest.mark.parametrize(
    ("direction", "low", "high", "other", "said"),
    [("up", 10, 20, 15, "alike"), ("up", 10, 20, 9, "better"), ("up", 10, 20, 21, "worse"),
     ("down", 10, 20, 9, "worse"), ("down", 10, 20, 21, "better"), ("context", 10, 20, 9, "higher"),
     ("context", 10, 20, 21, "lower"), ("up", None, 20, 9, "unknown"), ("up", 10, None, 9, "unknown"),
     ("up", 10, 20, None, "unknown"), ("up", 10, 20, 10, "alike"), ("down", 10, 20, 20, "alike")],
)  # fmt: skip
def test_a_figure_stands_better_only_where_chance_is_no_explanation(direction, low, high, other, said):
    found = standing(direction, low, high, other)
    assert found == said
    assert bool(found.label) is bool(found.sign) is (said != "unknown")


def test_every_direction_is_said_in_words():
    assert set(DIRECTIONS) == {"up", "down", "context"}


def test_a_line_of_one_month_is_no_line():
    assert drawing.spark({}) is None
    assert drawing.spark({"2026-01": 3.0}) is None


def test_a_line_rises_with_its_values_and_breaks_at_a_long_silence():
    found = drawing.spark({"2025-01": 1.0, "2025-02": 2.0, "2025-12": 3.0})
    assert found.line == "M4 28L14.2 16M116 4"
    assert [point[0] for point in found.points] == ["2025-01", "2025-02", "2025-12"]
    assert "L" in drawing.spark({"2025-01": 1.0, "2025-07": 1.0}).line


@given(st.dictionaries(st.sampled_from([f"2025-{n:02d}" for n in range(1, 13)]), st.floats(-1e3, 1e6), min_size=2))
def test_every_point_lies_in_its_picture(values):
    found = drawing.spark(values)
    assert all(0 <= x <= found.width and 0 <= y <= found.height for _period, x, y in found.points)
    assert len(found.points) == len(values)


def test_the_limits_of_a_funnel_narrow_with_size():
    (low, high), (nearer, farther) = drawing.limits(0.3, 50, drawing.Z95), drawing.limits(0.3, 500, drawing.Z95)
    assert low < nearer < 0.3 < farther < high
    assert drawing.limits(0.01, 3, drawing.Z998) == (0.0, pytest.approx(0.1875, abs=0.001))
    assert drawing.limits(0.99, 3, drawing.Z998)[1] == 1.0


@pytest.mark.parametrize(("n", "outside"), [(30, 0), (38, 0), (40, 1), (45, 2), (15, 2), (20, 1)])
def test_a_place_stands_outside_what_chance_leaves(n, outside):
    assert drawing.outside(n, 100, 0.3) == outside


def test_a_funnel_of_fewer_than_three_places_is_none():
    assert drawing.funnel([("a", 1, 2), ("b", 1, 2), ("c", 0, 0)]) is None


def test_a_funnel_stands_around_the_share_of_all():
    found = drawing.funnel([("a", 10, 100), ("b", 30, 100), ("c", 80, 100), ("d", 0, 0)])
    assert isclose(found.centre, 0.4)
    assert found.centre_y < max(dot.y for dot in found.dots)
    assert [dot.outside for dot in found.dots] == [2, 1, 2]
    assert [dot.above for dot in found.dots] == [False, False, True]
    assert (found.beyond(1), found.beyond(2)) == (3, 2)
    assert found.inner.count("M") == 2


@given(
    st.lists(st.integers(0, 40).flatmap(lambda d: st.tuples(st.just("x"), st.integers(0, d), st.just(d))), max_size=9)
)
def test_every_dot_of_a_funnel_lies_in_its_picture(cells):
    found = drawing.funnel(cells)
    assert found is None or all(0 <= dot.x <= found.width and 0 <= dot.y <= found.height for dot in found.dots)
    if found:
        ElementTree.fromstring(f'<path d="{found.inner}{found.outer}"/>')


def test_bars_share_a_scale():
    most = drawing.scale([20.0, 60.0])
    assert drawing.bar(30.0, 15.0, 60.0, most) == drawing.Bar(150.0, 75.0, 300.0)
    assert drawing.bar(30.0, None, None, most) == drawing.Bar(150.0, 150.0, 150.0)
    assert drawing.bar(99.0, None, None, most).x == 300.0
    assert drawing.scale([]) == 1.0
    assert drawing.scale([0.0]) == 1.0


def test_the_best_comes_first_and_equals_share_a_rank():
    values = {"a": 10.0, "b": 30.0, "c": 10.0, "d": 20.0}
    assert drawing.ranked(values, "down") == {"a": 1, "b": 4, "c": 1, "d": 3}
    assert drawing.ranked(values, "up") == {"a": 3, "b": 1, "c": 3, "d": 2}


def test_a_sum_with_a_missing_part_is_missing():
    returned = {"mix": {"users": 50, "iud": 3, "implant": None}, "pus": {"couples": 90}}
    assert siga.theirs(siga.TWINS["F02"], returned) == (50, 90)
    assert siga.theirs(siga.TWINS["F09.iud"], returned) == (3, 50)
    assert siga.theirs(siga.TWINS["F04"], returned) == (None, 50)
    assert siga.theirs(siga.TWINS["F01"], returned) == (90, None)
    assert siga.theirs(siga.TWINS["S07"], returned) == (None, None)


@pytest.mark.parametrize(("mine", "whole", "percent"), [(50, 100, 50), (90, 100, None), (5, 0, None), (5, None, None)])
def test_little_coverage_is_named(mine, whole, percent):
    assert siga.covered(mine, whole) == percent


def test_no_place_of_another_kind_is_touched():
    assert sight(actor("cadre", RT1), KECAMATAN, "families") is Sight.COARSE
    assert sight(actor("cadre", RT1), FAR, "families") is Sight.NONE


@pytest.mark.parametrize(
    ("value", "on", "called"),
    [(69.0, date(2026, 1, 1), "berkembang"), (71.0, date(2026, 1, 1), "tangguh"), (39.0, date(2026, 1, 1), "rentan"),
     (39.0, date(2020, 1, 1), None)],
)  # fmt: skip
def test_a_value_is_called_by_the_band_in_force(value, on, called):
    found = band(catalogue().indicators["D21"], value, on)
    assert (found and found.word_id) == called


def test_a_value_below_every_band_has_no_name():
    assert band(catalogue().indicators["A07"], 19.0, date(2026, 1, 1)) is None


def test_what_nobody_named_is_said_as_it_is():
    assert str(said_of("elsewhere")) == "elsewhere"
