"""The yearly cards of SIGA: which Kampung KB a village has, and its Rumah DataKu."""

from collections.abc import Mapping
from datetime import date

YEARS = (2016, 2017, 2018, 2019)
FIRST_AFTER = date(2020, 1, 1)
MOST = 9  # a village with more Kampung KB than this is a slip of the keyboard
FUNDS = ("fund_apbn", "fund_apbd", "fund_dana_desa", "fund_swadaya", "fund_csr", "fund_other")

Values = Mapping[str, int | float | None]
Span = tuple[date | None, date | None]


def foundings(values: Values, last_day: date) -> list[Span]:
    """One span a Kampung KB of the card, the oldest first; a year that the card does not tell is (None, None).

    `last_day`: of the month that the card describes; after that nothing on it can have been founded.
    """
    wanted = _at_most(values.get("count"))
    spans: list[Span] = []
    for year in YEARS:
        spans += [(date(year, 1, 1), date(year, 12, 31))] * _at_most(values.get(f"y{year}"))
    if last_day >= FIRST_AFTER:
        spans += [(FIRST_AFTER, last_day)] * _at_most(values.get("after2019"))
    if len(spans) != wanted:
        return [(None, None)] * wanted
    return spans


def _at_most(count: int | float | None) -> int:
    return int(count) if count is not None and 0 <= count <= MOST else 0


def data_house(values: Values) -> dict[str, object] | None:
    """The fields of a DataHouse that the card tells; None when its count is not filled or cannot be."""
    count = values.get("count")
    if count is None or count < 0:
        return None
    if count == 0:
        return {"exists": False, "has_decree": None, "full": None, "funds": None}
    known = [values.get(key) for key in FUNDS]
    funds = None if None in known else [key for key in FUNDS if (values[key] or 0) > 0]
    return {
        "exists": True,
        "has_decree": _some(values.get("decree")),
        "full": _some(values.get("full")),
        "funds": funds,
    }


def _some(count: int | float | None) -> bool | None:
    return None if count is None else count > 0
