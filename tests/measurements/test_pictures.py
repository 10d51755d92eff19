"""The charts: what lies where, and that everything lies inside."""

import re

import pytest

from balai.growth.rules import kms
from balai.measurements import rules
from balai.measurements.rules.pictures import BOTTOM, LEFT, RIGHT, TOP, Point


def coordinates(path):
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


def everything(picture):
    paths = [path for _kind, path in picture.bands] + [line.path for line in picture.lines] + [picture.trail]
    return [point for path in paths for point in coordinates(path)] + [(dot.x, dot.y) for dot in picture.dots]


PICTURES = {
    "young": lambda: rules.kms_picture(1, [Point(3, 5.5), Point(4, 6.0)]),
    "older": lambda: rules.kms_picture(2, [Point(3, 5.5), Point(40, 13)]),
    "heavy": lambda: rules.kms_picture(2, [Point(40, 57)]),
    "height": lambda: rules.height_picture(1, [Point(12, 70.2), Point(13, 150)]),
    "tall": lambda: rules.height_picture(2, [Point(59, 100)]),
    "length": lambda: rules.shape_picture(1, [Point(70, 8)], standing=False),
    "shape": lambda: rules.shape_picture(2, [Point(90, 12), Point(130, 30)], standing=True),
}


@pytest.mark.parametrize("name", PICTURES)
def test_everything_lies_inside_the_frame(name):
    picture = PICTURES[name]()
    assert everything(picture)
    for x, y in everything(picture):
        assert LEFT <= x <= RIGHT
        assert TOP <= y <= BOTTOM
    assert 4 <= len(picture.across) <= 9
    assert 4 <= len(picture.up) <= 12


def test_the_card_has_its_bands_from_red_to_orange():
    picture = PICTURES["young"]()
    assert [kind for kind, _path in picture.bands] == ["red", "yellow", "green", "orange"]
    assert [line.label for line in picture.lines] == ["−3", "−2", "0", "+1"]
    assert picture.across[-1].label == 24
    assert PICTURES["older"]().across[-1].label == 60


def test_a_weight_on_a_line_lies_on_the_line():
    card = kms(1)
    at = card.line.index(-3.0)
    picture = rules.kms_picture(1, [Point(6, float(card.kg[at][6]))])
    red = next(line for line in picture.lines if line.kind == "low")
    assert (picture.dots[0].x, picture.dots[0].y) in coordinates(red.path)


def test_strange_values_are_dots_that_nothing_joins():
    picture = rules.kms_picture(1, [Point(3, 5.5), Point(4, 20, odd=True), Point(5, 6.5)])
    assert len(picture.dots) == 3
    assert len(coordinates(picture.trail)) == 2


def test_a_height_that_the_table_does_not_know_is_left_out():
    assert len(PICTURES["shape"]().dots) == 1


def test_heavier_is_higher_and_older_is_further_right():
    low, high = rules.kms_picture(1, [Point(3, 5.0), Point(4, 6.0)]).dots
    assert high.x > low.x
    assert high.y < low.y
