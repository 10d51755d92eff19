"""Fonts of documents: they are there, and they draw what is written in Indonesia."""

from importlib.resources import as_file

import pytest

from balai.base.fonts import FALLBACK, FONTS, drawn, font


@pytest.mark.parametrize("name", FONTS)
def test_a_font_is_a_file_of_balai(name):
    with as_file(font(name)) as path:
        assert path.read_bytes().startswith(b"wOFF")


def test_what_stands_in_for_a_font_is_one_itself():
    assert set(FALLBACK) < set(FONTS)


@pytest.mark.parametrize("text", ["Dusun Kali Bening", "é ñ ü ş ĕ", "“Rp 1.000” – 100 %", "Nguyễn"])
def test_letters_of_names_are_drawn(text):
    assert {ord(one) for one in text} <= drawn()


def test_a_letter_of_no_font_is_known_as_such():
    assert ord("漢") not in drawn()
