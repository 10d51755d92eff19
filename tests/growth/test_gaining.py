"""N, T, O, B of whole series, beside a twin that looks at one child after another."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.growth.rules import Gain, gain
from balai.growth.rules.gaining import APART, LEAST

ON = date(2026, 11, 1)
MONTH = 30.4375
weighing = st.tuples(st.integers(0, 2000), st.none() | st.integers(100, 2000).map(lambda n: n / 100))
series = st.lists(weighing, max_size=8).map(lambda rows: sorted(rows, key=lambda row: row[0]))


def twin(sex, rows):
    """(kind, gain, days) of each weighing of one child, looking back with a loop."""
    found = []
    for place, (day, kg) in enumerate(rows):
        month = int(day // MONTH)
        if kg is None or sex not in (1, 2) or month >= 60:
            found.append((Gain.NONE, None))
            continue
        before = [(d, w) for d, w in rows[:place] if w is not None and d <= day - 21]
        if month < 1 or not before:
            found.append((Gain.FIRST, None))
        elif day - before[-1][0] > 45:
            found.append((Gain.ABSENT, None))
        else:
            grams = round((kg - before[-1][1]) * 1000)
            enough = grams >= LEAST.on(ON)[sex][month]
            found.append((Gain.GAINED if enough else Gain.NOT_GAINED, grams))
    return found


def columns(children):
    rows = [(number, day, sex, kg) for number, (sex, weighings) in enumerate(children) for day, kg in weighings]
    return (
        [row[0] for row in rows], [row[1] for row in rows], [float(row[1]) for row in rows], [row[2] for row in rows],
        [np.nan if row[3] is None else row[3] for row in rows],
    )  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from([0, 1, 2]), series), max_size=5))
def test_a_whole_village_gives_what_each_child_gives(children):
    found = gain(*columns(children), on=ON)
    theirs = [one for sex, rows in children for one in twin(sex, rows)]
    assert list(found.kind) == [kind for kind, _ in theirs]
    assert [None if np.isnan(grams) else grams for grams in found.gain_g] == [grams for _, grams in theirs]


@given(st.lists(st.tuples(st.sampled_from([1, 2]), series), max_size=4))
def test_what_is_told_of_a_gain_is_told_of_n_and_t_only(children):
    found = gain(*columns(children), on=ON)
    judged = np.isin(found.kind, [Gain.GAINED, Gain.NOT_GAINED])
    for values in (found.gain_g, found.least_g, found.days):
        assert np.array_equal(np.isfinite(values), judged)
    assert not (found.twice & (found.kind != Gain.NOT_GAINED)).any()
    assert ((found.gain_g[judged] >= found.least_g[judged]) == (found.kind[judged] == Gain.GAINED)).all()


def test_days_of_the_calendar_do_as_well_as_numbers():
    days = np.array(["2026-01-10", "2026-02-09"], "datetime64[D]")
    found = gain(["a", "a"], days, [100, 130], [2, 2], [5.0, 5.2], on=ON)
    assert list(found.kind) == [Gain.FIRST, Gain.NOT_GAINED]
    assert (found.gain_g[1], found.least_g[1], found.days[1]) == (200, 600, 30)


def test_two_weighings_on_one_day_are_compared_with_the_month_before():
    found = gain([1, 1, 1], [100, 130, 130], [100, 130, 130], [1, 1, 1], [5.0, 5.7, 5.1], on=ON)
    assert list(found.kind) == [Gain.FIRST, Gain.GAINED, Gain.NOT_GAINED]


def test_a_series_out_of_order_is_refused():
    with pytest.raises(ValueError, match="not sorted"):
        gain([1, 1], [30, 0], [30, 0], [1, 1], [4, 3], on=ON)
    with pytest.raises(ValueError, match="differ in length"):
        gain([1], [30, 60], [30, 60], [1, 1], [4, 3], on=ON)


def test_nothing_gives_nothing():
    assert len(gain([], [], [], [], [], on=ON).kind) == 0
    assert list(gain([1], [0], [0], [1], [np.nan], on=ON).kind) == [Gain.NONE]


def test_the_tables_are_whole_and_name_their_source():
    for sex in (1, 2):
        table = LEAST.on(ON)[sex]
        assert len(table) == 61
        assert np.isnan(table[0])
        assert min(table[1:]) == 200
    assert "KIA" in LEAST.source
    assert "no number of days" in APART.source
    with pytest.raises(LookupError):
        gain([1], [0], [0], [1], [3.0], on=date(2009, 12, 31))
