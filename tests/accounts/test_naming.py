"""User names, telephone numbers and reasons as they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.accounts.rules.naming import suggested_username, tidy_name, tidy_phone, tidy_reason, tidy_username
from balai.base.errors import NotValid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0812-3456-7890", "+6281234567890"), ("62 812 3456 7890", "+6281234567890"), ("+60123456789", "+60123456789"),
     ("(0736) 123456", "+62736123456"), (" ", "")],
)  # fmt: skip
def test_a_telephone_number_is_kept_one_way(typed, kept):
    assert tidy_phone(typed) == kept


@pytest.mark.parametrize("typed", ["12", "0812x", "+", "0" * 16])
def test_what_is_no_telephone_number_is_told(typed):
    with pytest.raises(NotValid):
        tidy_phone(typed)


@pytest.mark.parametrize(
    ("name", "taken", "suggested"),
    [
        ("Siti Aminah, S.Sos", set(), "siti.aminah"),
        ("Siti Aminah", {"siti.aminah", "siti.aminah2"}, "siti.aminah3"),
        ("Bo", set(), "petugas.bo"),
        ("龍", set(), "petugas"),
        ("Ña Ñu", set(), "na.nu"),
    ],
)
def test_a_user_name_is_made_from_the_name(name, taken, suggested):
    assert suggested_username(name, taken) == suggested


@given(st.text(max_size=200), st.integers(0, 5))
def test_every_suggestion_may_be_used(name, number):
    taken = set()
    for _again in range(number):
        taken.add(suggested_username(name, taken))
    found = suggested_username(name, taken)
    assert found not in taken
    assert tidy_username(found) == found


@pytest.mark.parametrize("typed", ["ab", "Siti Aminah", "siti@x", ".siti", "siti.", "a" * 41, "siti\n"])
def test_what_is_no_user_name_is_told(typed):
    with pytest.raises(NotValid):
        tidy_username(typed.replace("\n", "\nx"))


@pytest.mark.parametrize("typed", ["", " ", "x" * 121, "a\u202eb"])
def test_what_is_no_name_is_told(typed):
    with pytest.raises(NotValid):
        tidy_name(typed)


def test_a_reason_is_one_line_of_bearable_length():
    assert tidy_reason("  a\n b ") == "a b"
    assert len(tidy_reason("x" * 999)) == 300
