from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.base import months
from balai.base.errors import NotValid

any_month = st.builds(lambda y, m: f"{y:04d}-{m:02d}", st.integers(1900, 2200), st.integers(1, 12))


def test_a_month_is_four_digits_a_dash_and_two():
    assert months.parse("2025-11") == "2025-11"


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "2025-1", "11-2025", "", "2025-11-01", "²025-11"])
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(NotValid, match="2025-11"):
        months.parse(text)


@pytest.mark.parametrize(
    ("name", "number"), [("JANUARI", 1), (" november ", 11), ("Mei", 5), ("NOPEMBER", None), ("", None)]
)
def test_indonesian_month_names(name, number):
    assert months.number_of(name) == number


def test_first_and_last_day():
    assert (months.first_day("2024-02"), months.last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))


@given(any_month, st.integers(-600, 600))
def test_shifting_there_and_back(month, by):
    assert months.shift(months.shift(month, by), -by) == month


@given(any_month)
def test_a_month_lies_between_its_days(month):
    assert months.of(months.first_day(month)) == months.of(months.last_day(month)) == month


def test_months_between():
    assert months.between("2024-12", "2025-02") == ["2024-12", "2025-01", "2025-02"]
    assert months.between("2025-02", "2024-12") == []
