"""Codes that have words."""

from enum import IntEnum, StrEnum

from balai.base.words import Labelled


class Colour(Labelled, StrEnum):
    RED = "red"
    BLUE = "blue"


class Size(Labelled, IntEnum):
    SMALL = 1

    @property
    def label(self) -> str:
        return "kecil"


def test_a_code_without_words_is_told_as_it_stands():
    assert Colour.choices() == [("red", "red"), ("blue", "blue")]


def test_a_number_has_its_word_and_stays_a_number():
    assert Size.choices() == [(1, "kecil")]
    assert Size.SMALL + 1 == 2
