"""Kinds, kin and periods: pure."""

from datetime import date

import pytest

from balai.events.rules import COUNTED, Kind, Member, NewHead, kinship, may_marry, months_back, period_of, place_label
from balai.families.rules import Relation

HEAD, SPOUSE, CHILD, OTHER = Relation
FATHER, MOTHER = Member("father", "a", HEAD), Member("mother", "a", SPOUSE)


@pytest.mark.parametrize(
    ("one", "head", "spouse", "relation"),
    [
        (FATHER, FATHER, MOTHER, HEAD),
        (MOTHER, FATHER, MOTHER, SPOUSE),
        (Member("child", "a", CHILD), MOTHER, None, CHILD),
        (Member("child", "a", CHILD), FATHER, MOTHER, CHILD),
        (Member("child", "a", OTHER, "mother"), MOTHER, None, CHILD),
        (Member("child", "b", HEAD, "mother"), FATHER, MOTHER, CHILD),
        (Member("child", "a", CHILD), Member("brother", "a", CHILD), None, OTHER),
        (Member("child", "b", CHILD), FATHER, MOTHER, OTHER),
        (Member("aunt", "a", OTHER), MOTHER, None, OTHER),
        (FATHER, Member("son", "a", CHILD, "mother"), None, OTHER),
    ],
)
def test_the_relation_to_another_head_is_what_is_known_or_other(one, head, spouse, relation):
    assert kinship(one, head, spouse) == relation


@pytest.mark.parametrize(("one", "other", "may"), [(1, 2, True), (2, 1, True), (1, 1, False), (2, 2, False)])
def test_a_couple_is_of_two_codes_of_sex(one, other, may):
    assert may_marry(one, other) is may


def test_every_kind_has_a_name_and_an_explanation():
    assert len({kind.label for kind in Kind} | {kind.explained for kind in Kind}) == 2 * len(Kind)
    assert [value for value, _label in Kind.choices()] == [kind.value for kind in Kind]
    assert len({label for _value, label in NewHead.choices()}) == len(NewHead)
    assert set(COUNTED) == {Kind.BIRTH, Kind.DEATH, Kind.MOVED_IN, Kind.MOVED_OUT}


def test_a_code_of_place_is_a_word_and_anything_else_stays():
    assert (place_label("home"), place_label("abroad"), place_label("16.05.01.2002")) == (
        "Rumah", "Luar negeri", "16.05.01.2002",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "since", "until", "month"),
    [
        ("2025-12", date(2025, 12, 1), date(2026, 1, 1), "2025-12"),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1), "2024-02"),
        ("", date(2025, 4, 1), date(2026, 4, 1), ""),
        ("2025-13", date(2025, 4, 1), date(2026, 4, 1), ""),
        ("2025-00", date(2025, 4, 1), date(2026, 4, 1), ""),
        ("0000-01", date(2025, 4, 1), date(2026, 4, 1), ""),
        ("0001-01", date(2025, 4, 1), date(2026, 4, 1), ""),
        ("9999-12", date(2025, 4, 1), date(2026, 4, 1), ""),
        ("2025-1", date(2025, 4, 1), date(2026, 4, 1), ""),
    ],
)
def test_a_period_is_a_month_or_the_twelve_that_end_with_this_one(written, since, until, month):
    found = period_of(written, date(2026, 3, 31))
    assert (found.since, found.until, found.month) == (since, until, month)


def test_months_go_back_over_the_turn_of_the_year():
    assert months_back(date(2026, 2, 28), 4) == [
        date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1), date(2025, 11, 1),
    ]  # fmt: skip
