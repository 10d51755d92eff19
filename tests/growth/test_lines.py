"""Lines for charts, the card of weights, velocities, names of classes."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.growth.rules import (
    KMS_WORDS,
    LEVELS,
    Gain,
    Index,
    class_words,
    classes,
    curves,
    gain_at,
    kms,
    kms_bands,
    score,
    to_refer,
    velocity,
)  # fmt: skip

ON = date(2026, 11, 1)
YOUNG = [(index, standing) for index in Index for standing in (False, True) if index == Index.WHZ or not standing]


@pytest.mark.parametrize(("index", "standing"), YOUNG)
@pytest.mark.parametrize("sex", [1, 2])
def test_lines_never_cross(index, standing, sex):
    found = curves(index, sex, standing=standing)
    assert found.levels == LEVELS
    assert found.values.shape == (7, len(found.x))
    assert (np.diff(found.values, axis=0) > 0).all()


@pytest.mark.parametrize(
    ("index", "how", "unit", "ends"),
    [
        (Index.WAZ, {}, "day", (0, 1856)),
        (Index.MUACZ, {}, "day", (91, 1856)),
        (Index.WHZ, {}, "cm", (45.0, 110.0)),
        (Index.WHZ, {"standing": True}, "cm", (65.0, 120.0)),
        (Index.HAZ, {"older": True}, "month", (61, 228)),
        (Index.WAZ, {"older": True}, "month", (61, 120)),
        (Index.WAZ, {"step": 464}, "day", (0, 1856)),
    ],
)
def test_lines_run_as_far_as_the_table(index, how, unit, ends):
    found = curves(index, 2, **how)
    assert (found.unit, found.x[0], found.x[-1]) == (unit, *ends)
    assert len(found.x) == (5 if "step" in how else round((ends[1] - ends[0]) * (10 if unit == "cm" else 1)) + 1)


@given(st.sampled_from([1, 2]), st.integers(0, 1826), st.sampled_from(LEVELS))
def test_who_stands_on_a_line_has_its_z_score(sex, day, level):
    place = LEVELS.index(level)
    weight = curves(Index.WAZ, sex).values[place, day]
    height = curves(Index.HAZ, sex).values[place, day]
    found = score([sex], [day], [weight], [height])
    assert found.waz[0] == pytest.approx(level)
    assert np.isnan(found.haz[0]) or found.haz[0] == pytest.approx(level)


def test_lines_that_who_does_not_draw_are_refused():
    with pytest.raises(KeyError):
        curves(Index.HCZ, 1, older=True)
    with pytest.raises(ValueError, match="from -3 to 3"):
        curves(Index.WAZ, 1, levels=(4.0,))
    with pytest.raises(ValueError, match="3"):
        kms(3)


def test_the_card_has_a_weight_for_each_month_on_each_line():
    card = kms(1)
    assert list(card.month) == list(range(61))
    assert (card.line, card.kg.shape) == (LEVELS, (7, 61))
    assert score([1], [1826], [card.kg[1, 60]]).waz[0] == -2


def test_bands_of_the_card_and_whom_to_refer():
    waz = [-3.01, -3.0, -2.0, 1.0, 1.01, np.nan]
    bands = kms_bands(waz, on=ON)
    assert [KMS_WORDS[band] for band in bands] == [
        "di bawah garis merah", "di pita kuning", "di pita hijau", "di pita hijau", "di atas garis oranye", "",
    ]  # fmt: skip
    assert list(to_refer([Gain.GAINED] * 6, waz, on=ON)) == [True, False, False, False, True, False]
    assert to_refer([Gain.NOT_GAINED] * 6, waz, on=ON).all()


def test_only_the_indices_of_the_regulation_have_classes():
    with pytest.raises(KeyError):
        classes(Index.HCZ, [0.0], on=ON)
    with pytest.raises(LookupError):
        class_words(Index.WAZ, on=date(2019, 12, 31))


@given(st.sampled_from([1, 2]), st.integers(0, 11), st.sampled_from([1, 2, 3]), st.integers(-300, 3000))
def test_a_gain_and_its_z_score_lead_to_each_other(sex, start, months, grams):
    z = velocity([sex], [start], [months], [grams])[0]
    if -3 <= z <= 3:
        assert gain_at([sex], [start], [months], [z])[0] == pytest.approx(grams, abs=8)
    assert z <= velocity([sex], [start], [months], [grams + 100])[0]


def test_a_loss_beyond_the_formula_has_its_lowest_z_score():
    assert velocity([1, 1], [0, 0], [1, 1], [-400, -2000]).tolist() == [-3.28, -3.28]


@pytest.mark.parametrize(
    "key",
    [(1, 12, 1), (1, 22, 3), (1, 23, 2), (0, 0, 1), (3, 0, 1), (1, 0, 4), (1, 0, 0), (1, -1, 1), (1, 0.5, 1)],
)
def test_outside_the_tables_there_is_no_velocity(key):
    assert np.isnan(velocity(*([value] for value in key), [500])).all()


def test_without_delta_every_child_would_gain_too_little():
    """The least gain of a girl of two months at -2 lies under 400 g, though M is over 1,100 g."""
    assert 0 < gain_at([2], [2], [1], [-2])[0] < 400
