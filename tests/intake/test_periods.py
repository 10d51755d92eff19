from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.base import months
from balai.intake.rules import periods

# written | exported on | month
TABLE = """
NOVEMBER      | 2025-12-05 | 2025-11
DESEMBER      | 2025-12-05 | 2024-12
NOVEMBER      | 2025-11-30 | 2025-11
NOVEMBER      | 2025-11-16 | 2025-11
NOVEMBER      | 2025-11-15 | 2024-11
NOVEMBER      | 2025-11-14 | 2024-11
JANUARI       | 2026-01-10 | 2025-01
DESEMBER      | 2026-01-10 | 2025-12
 november     | 2025-12-05 | 2025-11
Pebruari      | 2025-12-05 | none
NOVEMBERR     | 2025-12-05 | none
              | 2025-12-05 | none
NOVEMBER 2024 | 2025-12-05 | 2024-11
November  2025| 2025-12-05 | 2025-11
DESEMBER 2025 | 2025-12-05 | 2025-12
JANUARI 2026  | 2025-12-05 | none
HEBAT 2025    | 2025-12-05 | none
2025-11       | 2025-12-05 | 2025-11
2026-01       | 2025-12-05 | none
2025-13       | 2025-12-05 | none
0000-11       | 2025-12-05 | none
"""
ROWS = [[part.strip() for part in line.split("|")] for line in TABLE.strip("\n").splitlines()]


@pytest.mark.parametrize(("written", "exported_on", "month"), ROWS)
def test_a_month_belongs_to_the_last_time_its_deadline_passed(written, exported_on, month):
    assert (periods.month(written, date.fromisoformat(exported_on)) or "none") == month


@pytest.mark.parametrize(
    ("exported_on", "month"),
    [("2025-12-05", "2025-11"), ("2025-12-15", "2025-11"), ("2025-12-16", "2025-12"), ("2026-01-01", "2025-12")],
)
def test_a_register_without_months_describes_the_last_one(exported_on, month):
    assert periods.described(date.fromisoformat(exported_on)) == month


@pytest.mark.parametrize(
    ("written", "half"),
    [("Sem 2 2024", "2024-S2"), ("SEMESTER I 2025", "2025-S1"), ("smt. II / 2024", "2024-S2"),
     ("Sem 2 2025", "2025-S2"),     ("Sem 1 2026", None), ("Sem 3 2024", None), ("2024", None), ("", None)],
)  # fmt: skip
def test_a_half_year(written, half):
    assert periods.half_year(written, date(2025, 12, 5)) == half


@given(st.dates(date(2016, 1, 1), date(2090, 12, 31)), st.sampled_from(months.NAMES_ID))
def test_a_month_without_a_year_is_never_ahead_and_at_most_a_year_old(exported_on, name):
    month = periods.month(name, exported_on)
    assert months.first_day(month).replace(day=15) < exported_on
    assert months.first_day(months.shift(month, 12)).replace(day=15) >= exported_on
    assert month <= periods.described(exported_on)
