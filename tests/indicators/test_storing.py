"""What a run worked out is kept so that it can be worked out again."""

from datetime import UTC, date, datetime

import pytest

from balai.access.models import AuditEntry
from balai.access.rules import operator
from balai.base.errors import NotAllowed, NotValid
from balai.indicators.actions import store_figures
from balai.indicators.models import Run, Value
from balai.indicators.rules import Row
from tests.people import actor, person

AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
OPERATOR = operator("test")
NGADAS, KALI = "16.05.01.2002", "61.04.01.2001"


def run(**fields):
    known = {"engine": "duckdb", "period": "2026-11", "as_of": date(2026, 11, 22), "region": "16.05",
             "snapshot": "a" * 64, "definitions": "b" * 64, "code_version": "0.1.0"}  # fmt: skip
    return known | fields


def store(*rows, **fields):
    return store_figures(by=OPERATOR, at=AT, run=run(**fields), rows=[Row(*row) for row in rows])


def kept(period="2026-11"):
    return {(v.region, v.code): (v.n, v.d, v.bins) for v in Value.objects.filter(period=period)}


def test_figures_are_kept_with_what_they_came_from(db):
    stored = store((NGADAS, "F03", 30, 50, None), (NGADAS, "F01", 50, None, None))
    assert kept() == {(NGADAS, "F03"): (30, 50, None), (NGADAS, "F01"): (50, None, None)}
    assert (stored.rows, stored.made_by, stored.made_at) == (2, "operator:test", AT)
    assert AuditEntry.objects.get(deed="indicators.store").region == "16.05"


def test_a_median_is_kept_as_its_histogram(db):
    store((NGADAS, "A07", 3, None, 19), (NGADAS, "F03", 1, 2, None), (NGADAS, "A07", 2, None, 21))
    assert kept()[NGADAS, "A07"] == (5, None, {"19": 3, "21": 2})


def test_the_newest_run_of_a_month_stands_in_place_of_the_older(db):
    store((NGADAS, "F03", 30, 50, None), (NGADAS, "F04", 1, 2, None))
    store((NGADAS, "F03", 31, 50, None))
    store((NGADAS, "F03", 7, 9, None), period="2026-10")
    assert kept() == {(NGADAS, "F03"): (31, 50, None)}
    assert Run.objects.count() == 3
    assert [(v.period, v.n) for v in Value.objects.trend(NGADAS, ["F03"])] == [("2026-10", 7), ("2026-11", 31)]


def test_a_run_over_one_place_leaves_the_others_and_those_above_alone(db):
    store((KALI, "F03", 1, 2, None), region="61.04")
    store(
        (NGADAS, "F03", 3, 4, None), ("16.05", "F03", 3, 4, None), ("16", "F03", 3, 4, None), ("00", "F03", 3, 4, None)
    )
    assert kept() == {(KALI, "F03"): (1, 2, None), (NGADAS, "F03"): (3, 4, None), ("16.05", "F03"): (3, 4, None)}
    assert Value.objects.of("16.05", "2026-11").get().n == 3
    assert Value.objects.within("16").count() == 2


def test_a_run_over_the_nation_keeps_every_level(db):
    store((NGADAS, "F03", 3, 4, None), ("16", "F03", 3, 4, None), ("00", "F03", 3, 4, None), region="")
    assert {region for region, _code in kept()} == {NGADAS, "16", "00"}


def test_storing_needs_the_right(db):
    nobody = actor(person("cadre", NGADAS))
    with pytest.raises(NotAllowed):
        store_figures(by=nobody, at=AT, run=run(), rows=[])


def test_a_period_is_a_month(db):
    with pytest.raises(NotValid, match="bukan bulan"):
        store(period="2026")
