"""The digits of a NIK, drawn: what can be one, and what cannot."""

import pytest

from balai.families.rules import is_sound

TABLE = [
    # place   day month year serial   sound
    ("160501", "17", "08", "45", "0001", True),
    ("160501", "57", "08", "45", "0001", True),  # a woman, the 17th
    ("160501", "01", "01", "00", "9999", True),
    ("160501", "31", "12", "99", "0002", True),
    ("160501", "71", "12", "99", "0002", True),  # a woman, the 31st
    ("160501", "29", "02", "00", "0001", True),  # 2000 had that day, 1900 had not
    ("160501", "29", "02", "96", "0001", True),
    ("160501", "69", "02", "04", "0001", True),
    ("000000", "10", "10", "10", "0001", True),  # which places there were is not asked
    ("160501", "29", "02", "97", "0001", False),  # neither 1897 nor 1997 nor 2097 had it
    ("160501", "30", "02", "96", "0001", False),
    ("160501", "31", "04", "80", "0001", False),
    ("160501", "71", "04", "80", "0001", False),
    ("160501", "00", "08", "45", "0001", False),
    ("160501", "40", "08", "45", "0001", False),
    ("160501", "32", "08", "45", "0001", False),
    ("160501", "72", "08", "45", "0001", False),
    ("160501", "17", "00", "45", "0001", False),
    ("160501", "17", "13", "45", "0001", False),
    ("160501", "17", "08", "45", "0000", False),
]


@pytest.mark.parametrize(("place", "day", "month", "year", "serial", "sound"), TABLE)
def test_a_nik_has_a_day_that_exists_and_a_serial_number(place, day, month, year, serial, sound):
    assert is_sound(place + day + month + year + serial) is sound


@pytest.mark.parametrize("digit", "0123456789")
def test_one_digit_sixteen_times_is_no_nik(digit):
    assert not is_sound(digit * 16)


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
PLACE, REST = "160501", "1708450001"


@pytest.mark.parametrize("written", ["", PLACE, PLACE + REST[1:], PLACE + REST + "1", PLACE + "O" + REST[1:]])
def test_what_is_not_sixteen_digits_is_no_nik(written):
    assert is_sound(PLACE + REST)
    assert not is_sound(written)
    assert not is_sound((PLACE + REST).translate(WIDE))
