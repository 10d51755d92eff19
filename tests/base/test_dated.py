from datetime import date

import pytest

from balai.base.dated import Dated

LIMIT = Dated({date(2020, 1, 1): 1, date(2023, 5, 1): 2}, source="a decree")


@pytest.mark.parametrize(
    ("day", "value"), [(date(2020, 1, 1), 1), (date(2023, 4, 30), 1), (date(2023, 5, 1), 2), (date(2030, 1, 1), 2)]
)
def test_the_value_in_force(day, value):
    assert LIMIT.on(day) == value


def test_no_value_before_the_first():
    with pytest.raises(LookupError, match="a decree"):
        LIMIT.on(date(2019, 12, 31))
