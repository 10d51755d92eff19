from datetime import date

import pytest

from balai.intake.rules.cards import data_house, foundings

LAST = date(2025, 11, 30)
NONE = {"count": 0, "y2016": 0, "y2017": 0, "y2018": 0, "y2019": 0, "after2019": 0}
IN_2017 = (date(2017, 1, 1), date(2017, 12, 31))
LATER = (date(2020, 1, 1), LAST)


@pytest.mark.parametrize(
    ("told", "spans"),
    [({}, []), ({"count": 1, "y2017": 1}, [IN_2017]), ({"count": 1, "after2019": 1}, [LATER]),
     ({"count": 2, "y2017": 1, "after2019": 1}, [IN_2017, LATER]), ({"count": 2, "after2019": 2}, [LATER, LATER]),
     ({"count": 1}, [(None, None)]), ({"count": 2, "y2017": 1}, [(None, None)] * 2), ({"count": None}, []),
     ({"count": -1}, []), ({"count": 400}, []), ({"count": 1, "y2016": None, "y2017": 1}, [IN_2017])],
)  # fmt: skip
def test_the_years_of_the_card_bound_the_founding(told, spans):
    assert foundings(NONE | told, LAST) == spans


def test_before_2020_nothing_was_founded_after_2019():
    assert foundings(NONE | {"count": 1, "after2019": 1}, date(2019, 12, 31)) == [(None, None)]


CARD = {"count": 1, "decree": 1, "full": 0, "fund_apbn": 1, "fund_apbd": 0, "fund_dana_desa": 0, "fund_swadaya": 0,
        "fund_csr": 0, "fund_other": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "fields"),
    [({}, {"exists": True, "has_decree": True, "full": False, "funds": ["fund_apbn", "fund_other"]}),
     ({"fund_csr": None}, {"exists": True, "has_decree": True, "full": False, "funds": None}),
     ({"decree": None, "full": 1},
      {"exists": True, "has_decree": None, "full": True, "funds": ["fund_apbn", "fund_other"]}),
     ({"count": 0}, {"exists": False, "has_decree": None, "full": None, "funds": None}),
     ({"count": None}, None), ({"count": -1}, None)],
)  # fmt: skip
def test_the_card_of_a_data_house(told, fields):
    assert data_house(CARD | told) == fields
