"""From whole numbers to what is shown: division last, intervals, small areas, formulas."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.base.errors import NotValid
from balai.indicators.rules import Counted, Row, figure, gathered, rolled_up, shrunken, wilson
from balai.indicators.rules.formulas import codes, formula, worked_out
from balai.indicators.rules.results import exact, median
from tests.indicators.made import ON, indicator

SHARE = indicator("F03", counted="bkb")
SHARES = st.integers(0, 5000).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))


def shown(one, n, d=None, bins=None):
    return figure(one, Counted(n, d, bins), ON)


def test_a_share_is_shown_in_a_hundred_with_its_interval():
    found = shown(SHARE, 30, 50)
    assert (found.value, found.n, found.d, found.small) == (60.0, 30, 50, False)
    # Wilson's interval of 30 in 50, worked out by hand: 46.18 to 72.39.
    assert (round(found.low, 2), round(found.high, 2)) == (46.18, 72.39)


def test_a_small_area_is_marked():
    assert [shown(SHARE, 3, d).small for d in (29, 30)] == [True, False]


@pytest.mark.parametrize(
    ("fields", "counted", "value"),
    [
        ({"counted": "b", "unit": "per_1000"}, (3, 60), 50.0),
        ({"counted": "b", "against": "c", "unit": "per_100"}, (104, 100), 104.0),
        ({"unit": "count"}, (7, None), 7.0),
        ({"value": "v", "how": "mean", "unit": "mean"}, (7, 2), 3.5),
        ({"value": "v", "how": "mean", "unit": "index", "scale": 100}, (7, 2), 0.035),
        ({"value": "v", "how": "ratio", "over": "o", "unit": "percent"}, (3, 4), 75.0),
        ({"value": "v", "how": "sum", "unit": "count", "scale": 10}, (35, None), 3.5),
        ({"counted": "b"}, (0, 0), None),
        ({"counted": "b"}, (None, None), None),
        ({"value": "v", "how": "max", "unit": "count"}, (None, None), None),
    ],
)
def test_the_last_step_is_a_division(fields, counted, value):
    found = shown(indicator(**fields), *counted)
    assert (found.value, found.odd) == (value, False)
    assert (found.low is None) or "against" not in fields


@pytest.mark.parametrize("counted", [(5, 4), (-1, 4)])
def test_a_percentage_never_leaves_0_to_100(counted):
    for one in (SHARE, indicator(value="v", how="ratio", over="o")):
        found = shown(one, *counted)
        assert (found.value, found.low, found.odd) == (None, None, True)


def test_a_median_is_the_middle_of_its_values():
    one = indicator("A07", value="age", how="median", unit="median")
    assert shown(one, 4, bins={19: 2, 21: 1, 30: 1}).value == 20.0
    assert shown(one, 3, bins={30: 1, 19: 2}).value == 19.0
    assert shown(one, 0, bins={}).value is None
    assert median({210: 1}, scale=10) == 21


@given(st.lists(st.integers(-50, 50), min_size=1))
def test_a_median_of_a_histogram_is_that_of_the_list(values):
    ordered = sorted(values)
    middle = Fraction(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2], 2)
    assert median({value: values.count(value) for value in values}) == middle


@given(SHARES.filter(lambda pair: pair[1]))
def test_wilson_holds_the_share_and_stays_within_the_whole(pair):
    n, d = pair
    low, high = wilson(n, d)
    assert 0 <= low <= n / d <= high <= 1


@given(st.lists(SHARES, max_size=30))
def test_shrinking_draws_towards_the_whole_and_never_beyond_it(pairs):
    found = shrunken(pairs)
    total = sum(d for _n, d in pairs)
    for (n, d), drawn in zip(pairs, found, strict=True):
        if d == 0:
            assert drawn is None
        else:
            mean = sum(n for n, _d in pairs) / total
            assert min(n / d, mean) - 1e-9 <= drawn <= max(n / d, mean) + 1e-9


def test_the_smaller_the_area_the_more_it_is_drawn():
    small, large, *_others = shrunken([(3, 4), (300, 400), (10, 100), (20, 100), (90, 100)])
    assert abs(small - 0.75) > abs(large - 0.75)
    assert shrunken([(5, 10), (50, 100)]) == [0.5, 0.5]  # no more spread than chance gives
    assert shrunken([(0, 10**6), (10**6, 10**6)]) == pytest.approx([0.0, 1.0], abs=1e-6)  # all spread is real
    assert shrunken([]) == []


def test_rows_of_villages_are_added_for_every_place_above():
    rows = [Row("16.05.01.2001", "F03", 3, 5, None), Row("16.05.02.2001", "F03", 4, 5, None),
            Row("61.04.01.2001", "F03", 1, 2, None), Row("16.05.01.2001", "F01", 3, None, None),
            Row("16.05.02.2001", "F01", None, None, None)]  # fmt: skip
    at = gathered(rolled_up(rows))
    assert at["16.05.01", "F03"] == Counted(3, 5)
    assert at["16.05", "F03"] == at["16", "F03"] == Counted(7, 10)
    assert at["00", "F03"] == Counted(8, 12)
    assert at["00", "F01"] == Counted(3, None)


def test_of_a_highest_value_the_highest_stands():
    rows = [Row("16.05.01.2001", "D12", n, None, None) for n in (None,)]
    rows += [Row("16.05.01.2002", "D12", 4, None, None), Row("16.05.01.2003", "D12", 2, None, None)]
    assert gathered(rolled_up(rows, frozenset({"D12"})))["16.05.01", "D12"] == Counted(4, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 * (F16.a15 + F16.a20)", Fraction(15, 4)),
        ("-F16.a15 - 1", Fraction(-5, 4)),
        ("ratio(F16.a15, F16.a20)", Fraction(1, 2)),
        ("ratio(F16.a15, F16.none)", None),
        ("F16.missing + 1", None),
    ],
)
def test_a_formula_is_worked_out_exactly(text, value):
    known = {"F16.a15": Fraction(1, 4), "F16.a20": Fraction(1, 2), "F16.none": Fraction(0), "F16.missing": None}
    node = formula(text, "health.toml:1")
    assert worked_out(node, known.__getitem__) == value
    assert set(codes(node)) <= set(known)


@pytest.mark.parametrize(
    "text", ["", "F01; F02", "F01 / F02", "sum(F01)", "ratio(F01)", "'F01'", "1.5 * F01", "a.b.c", "F01 > 2", "F01 +"]
)
def test_a_formula_knows_no_more_than_its_words(text):
    with pytest.raises(NotValid, match="rumus"):
        formula(text, "health.toml:1")


def test_what_has_no_denominator_yet_has_no_exact_value():
    assert exact(SHARE, Counted(3, None)) is None
    assert exact(SHARE, Counted(1, 3)) == Fraction(1, 3)
    assert date(2026, 11, 22) == ON
