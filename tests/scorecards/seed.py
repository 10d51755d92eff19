"""Stored figures of an invented kabupaten, of the places above it, and of two months."""

from datetime import UTC, date, datetime

from balai.access.rules import operator
from balai.base import months
from balai.indicators.actions import store_figures
from balai.indicators.rules import Row, catalogue, rolled_up
from balai.regions.models import Place
from tests.reports import seed as places

AT = datetime(2026, 11, 1, 2, tzinfo=UTC)
BEFORE, NOW = "2026-04", "2026-10"
VILLAGE, BESIDE = "16.05.01.2002", "16.05.01.2003"
KECAMATAN, KABUPATEN, PROVINCE = "16.05.01", "16.05", "16"
FAR = "76.05.03.2002"
CODES = ("F03", "F05", "S01", "S25", "L01", "E02")


def codes():
    """Of the codes that pages are tested with, those that the catalogue has."""
    known = catalogue().indicators
    return [code for code in CODES if code in known]


def stored(rows, period=NOW, region="", engine="duckdb", doubts=()):
    run = {"engine": engine, "period": period, "as_of": months.last_day(period), "region": region, "snapshot": "a" * 64,
           "definitions": catalogue().digest, "code_version": "uji"}  # fmt: skip
    return store_figures(by=operator("test"), at=AT, run=run, rows=rows, doubts=doubts)


def villages():
    return list(Place.objects.villages().order_by("pk").values_list("pk", flat=True))


def village_rows(period, least=0):
    """Every village with every code: shares that differ from village to village, sizes too."""
    shift = 3 if period == BEFORE else 0
    for number, village in enumerate(villages(), start=1):
        whole = 20 + 17 * number
        for place, code in enumerate(codes(), start=1):
            share = (13 * number + 29 * place + shift) % 90 + 5
            yield Row(village, code, max(least, whole * share // 100), whole, None)
        yield Row(village, "F01", whole, None, None)
        yield Row(village, "D19", 4 * whole - number, whole, None)
        for age, count in ((18, number), (21, 30), (25, number)):
            yield Row(village, "A07", count, None, age)


def world():
    """Places, and figures of two months everywhere."""
    found = places.places()
    for period in (BEFORE, NOW):
        stored(rolled_up(village_rows(period)), period)
    return found


def changed(cells, period=NOW, region=KABUPATEN):
    """Only these figures: {(village, code): (n, d)}, and what they add up to."""
    return stored(
        rolled_up(Row(village, code, n, d, None) for (village, code), (n, d) in cells.items()), period, region
    )


def on(period=NOW):
    return months.last_day(period) if period else date(2026, 11, 22)
