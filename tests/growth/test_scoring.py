"""What holds for every child, not only for the drawn ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.growth.rules import Index, Scores, score
from balai.growth.rules.scoring import PART, implausible
from tests.growth.twin import scores, scores_older

tenths = st.integers(380, 1500).map(lambda n: n / 10)
cm = tenths | st.floats(38, 150)
kg = st.integers(90, 3500).map(lambda n: n / 100)
days = st.none() | st.integers(0, 1900) | st.floats(0, 1900)
child = st.fixed_dictionaries(
    {"sex": st.sampled_from([0, 1, 2]), "days": days, "kg": st.none() | kg, "cm": st.none() | cm,
     "position": st.sampled_from([0, 1, 2]), "oedema": st.booleans(),
     "head": st.none() | st.floats(25, 60), "muac": st.none() | st.floats(6, 30)}
)  # fmt: skip


def columns(children):
    def numbers(name):
        return np.array([np.nan if one[name] is None else one[name] for one in children], float)

    return (np.array([one["sex"] for one in children]), numbers("days"), numbers("kg"), numbers("cm"),
            np.array([one["position"] for one in children]), np.array([one["oedema"] for one in children]),
            numbers("head"), numbers("muac"))  # fmt: skip


def fields(found):
    return {name: getattr(found, name) for name in Scores.__slots__}


def same(one, other):
    return all(np.array_equal(one[name], other[name], equal_nan=name in list(Index)) for name in one)


@settings(max_examples=300)
@given(st.lists(child, min_size=1, max_size=20), st.sampled_from([1826, 1856]))
def test_a_column_gives_what_the_slow_twin_gives_child_by_child(children, last_day):
    found = score(*columns(children), last_day=last_day, older=False)
    for place, one in enumerate(children):
        ours = {str(i): getattr(found, i)[place] for i in Index if not np.isnan(getattr(found, i)[place])}
        theirs = scores(**one, last_day=last_day)
        assert ours.keys() == theirs.keys()
        assert ours == pytest.approx(theirs, abs=0.0101)  # the last digit of a half may fall either way
        exact = sum(ours[name] == theirs[name] for name in ours)
        assert exact >= len(ours) - 1


@given(st.floats(1857.0, 6939.0), st.sampled_from([1, 2]), st.floats(10, 120), st.floats(90, 200))
def test_older_children_have_what_the_twin_gives(age, sex, weight, height):
    found = score([sex], [age], [weight], [height])
    ours = {str(i): getattr(found, i)[0] for i in Index if not np.isnan(getattr(found, i)[0])}
    assert ours == pytest.approx(scores_older(sex, age, weight, height), abs=0.0101)


@given(st.lists(child, min_size=2, max_size=40), st.randoms())
def test_order_and_company_do_not_matter(children, random):
    order = list(range(len(children)))
    random.shuffle(order)
    whole, mixed = score(*columns(children)), score(*columns([children[place] for place in order]))
    assert same({name: values[order] for name, values in fields(whole).items()}, fields(mixed))
    alone = score(*columns(children[:1]))
    assert same({name: values[:1] for name, values in fields(whole).items()}, fields(alone))


@given(st.sampled_from([1, 2]), st.integers(0, 1826), st.lists(kg, min_size=2, max_size=2, unique=True),
       st.lists(tenths, min_size=2, max_size=2, unique=True))  # fmt: skip
def test_more_is_never_less(sex, day, weights, heights):
    light, heavy = (score([sex], [day], [weight], [heights[0]]) for weight in sorted(weights))
    for index in ("waz", "whz", "baz"):
        pair = getattr(light, index)[0], getattr(heavy, index)[0]
        assert np.isnan(pair).all() or pair[0] <= pair[1]
    short, tall = (score([sex], [day], [weights[0]], [height]).haz[0] for height in sorted(heights))
    assert short <= tall


@given(st.floats(-20, 20).map(lambda z: round(z, 2)))
def test_flags_stand_on_both_sides_and_only_weight_for_age_is_uneven(z):
    for index in Index:
        flagged, mirrored = (bool(implausible(index, np.array([value]))[0]) for value in (z, -z))
        assert (flagged == mirrored) or (index == Index.WAZ and 5 < abs(z) <= 6)
        assert flagged == (abs(z) > 6 if index == Index.HAZ or (index == Index.WAZ and z < 0) else abs(z) > 5)


@given(st.integers(0, 730), st.sampled_from([1, 2]), tenths)
def test_standing_before_two_is_worth_seven_millimetres_but_not_before_nine_months(day, sex, height):
    lying, standing = (score([sex], [day], None, [height], [position]).haz[0] for position in (1, 2))
    higher = score([sex], [day], None, [height + 0.7], [1]).haz[0]
    assert standing == lying if day < 274 else standing == higher or height > 149.3


def test_a_file_longer_than_a_part_is_scored_to_its_end():
    size = PART * 2 + 7
    found = score(np.full(size, 1), np.full(size, 365), np.full(size, 9.6), np.full(size, 75.0))
    for values in fields(found).values():
        assert len(values) == size
    assert (found.waz == -0.04).all()


def test_without_rows_there_are_no_scores():
    assert [len(values) for values in fields(score([], [])).values()] == [0] * 12


def test_older_children_have_no_scores_where_only_the_young_are_asked_for():
    assert np.isnan(score([1], [3000], [25], [125], older=False).haz[0])
    assert score([1], [3000], [25], [125]).haz[0] == -0.6


def test_a_lying_older_child_is_seven_millimetres_shorter():
    assert score([1], [3000], None, [125.7], [1]).haz[0] == score([1], [3000], None, [125.0], [2]).haz[0]


@pytest.mark.parametrize(
    "limits", [(19.9, 20.0, "head_cm"), (70.1, 70.0, "head_cm"), (4.9, 5.0, "muac_cm"), (60.1, 60, "muac_cm")]
)
def test_a_head_or_an_arm_beyond_belief_has_no_score(limits):
    beyond, last, column = limits
    found = score([1, 1], [500, 500], **{column: [beyond, last]})
    z = found.hcz if column == "head_cm" else found.muacz
    assert list(np.isnan(z)) == [True, False]


def test_columns_of_unlike_lengths_are_refused():
    with pytest.raises(ValueError, match="beside columns of 2 rows"):
        score([1, 2], [1, 2], [3.0])
    with pytest.raises(ValueError, match="beside columns of 2 rows"):
        score([1], [1, 2])
