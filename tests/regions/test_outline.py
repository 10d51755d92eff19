"""Simplifying outlines: neighbours keep one border, small islands go, the largest part always stays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from balai.regions.rules import decimals, simplified, tolerance
from balai.regions.rules.outline import _kept

WIGGLE = [[1.0, y / 10 + 0.0] if y % 2 else [1.003, y / 10] for y in range(11)]


def ring(*points):
    return np.array([*points, points[0]], dtype=float)


def square(x, y, size):
    return ring([x, y], [x + size, y], [x + size, y + size], [x, y + size])


def drawn(places, detail):
    return list(simplified([[[outer] for outer in place] for place in places], detail))


def test_a_border_that_two_places_share_is_simplified_to_one():
    west = ring([0, 0], *WIGGLE, [0, 1])
    east = ring([2, 1], *WIGGLE[::-1], [2, 0])
    for detail, points in ((0.01, 2), (0.0001, 11)):
        one, other = drawn([[west], [east]], detail)
        shared = [point for point in one[0][0][:-1] if point in other[0][0]]
        assert len(shared) == points


def test_an_island_keeps_its_shape_and_loses_needless_points():
    edge = [[x / 10, 0] for x in range(10)]
    island = ring(*edge, [1, 0], [1, 1], [0, 1])
    [[[outline]]] = drawn([[island]], 0.01)
    assert sorted(map(tuple, outline[:-1])) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert outline[0] == outline[-1]


def test_small_islands_go_but_the_largest_stays_however_small():
    big, small = square(0, 0, 1), square(3, 3, 0.05)
    assert [len(place) for place in drawn([[small, big]], 0.1)] == [1]
    assert [len(place) for place in drawn([[small]], 0.1)] == [1]


def test_a_part_that_would_vanish_keeps_its_points_when_it_is_the_only_one():
    sliver = ring([0, 0], [1, 0.001], [2, 0], [1, -0.001])
    [[[outline]]] = drawn([[sliver]], 0.01)
    assert len(outline) == 5


def test_a_lesser_part_and_a_hole_that_vanish_are_left_out():
    big = square(0, 0, 10)
    sliver = ring([20, 0], [30, 0.001], [40, 0], [30, -0.001])
    hole = ring([4, 4], [5, 4.001], [6, 4], [5, 3.999])
    [place] = simplified([[[big, hole, square(7, 7, 1)], [sliver]]], 0.1)
    assert [len(polygon) for polygon in place] == [2]


def test_a_village_inside_another_fills_its_hole_exactly():
    inner = square(4, 4, 2)
    outer, inside = simplified([[[square(0, 0, 10), inner[::-1]]], [[inner]]], 0.1)
    assert sorted(map(tuple, outer[0][1])) != []
    assert set(map(tuple, outer[0][1])) == set(map(tuple, inside[0][0]))


def test_places_that_touch_in_one_point_stay_closed():
    one, other, third = square(0, 0, 1), square(1, 1, 1), square(-1, -1, 1)
    for place in drawn([[one], [other], [third]], 0.01):
        assert place[0][0][0] == place[0][0][-1]
        assert len(place[0][0]) == 5


@given(arrays(float, st.tuples(st.integers(2, 40), st.just(2)), elements=st.floats(-10, 10)), st.floats(0.001, 5))
def test_no_point_left_out_is_further_away_than_the_detail(points, detail):
    kept = np.flatnonzero(_kept(points, detail))
    assert kept[0] == 0
    assert kept[-1] == len(points) - 1
    for start, end in zip(kept, kept[1:], strict=False):
        line, length = points[end] - points[start], float(np.hypot(*(points[end] - points[start])))
        for point in points[start + 1 : end]:
            along = np.clip((point - points[start]) @ line / length**2, 0, 1) if length**2 else 0.0
            assert np.hypot(*(point - points[start] - along * line)) <= detail * 1.000001


@pytest.mark.parametrize(("detail", "digits"), [(0, 5), (1e-9, 5), (0.001, 4), (0.01, 3), (10, 3)])
def test_no_more_decimals_than_the_detail_needs(detail, digits):
    assert decimals(detail) == digits


def test_the_detail_follows_the_size_of_the_places():
    assert tolerance([]) == 0.0
    assert tolerance([[[square(0, 0, 3)]]] * 3) == pytest.approx(3 * 2**0.5 / 100)
