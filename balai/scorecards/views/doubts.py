"""What the snapshot of a month could not take as it was written: how much, what became of it, how to mend it."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import get_language

from balai.access.rules import Permission
from balai.access.views import door
from balai.indicators.models import Doubt, Value
from balai.indicators.rules import catalogue
from balai.scorecards.rules.seeing import Sight, may_list, sight, withheld
from balai.scorecards.views import places
from balai.scorecards.views.reading import Reader, known, periods_of
from balai.snapshot.rules.doubts import DOUBTS, figures_of

# Kind of doubt to the list of quality's page; what no form and no database lets in has none.
LISTS = {
    "measured_before_birth": "ukur-sebelum-lahir", "measured_without_birthday": "ukur-tanpa-lahir",
    "implausible_scores": "ukur-janggal", "older_than_120": "umur", "without_birthday": "tanggal-lahir",
}  # fmt: skip
FAMILIES = "D19"  # its denominator: families in which somebody lives


@dataclass(frozen=True)
class Number:
    """Rows; None where they are so few that they stay hidden."""

    rows: int | None


@dataclass(frozen=True)
class Line:
    """One kind of doubt. `where`: (place below, number) of those that have any, the most first."""

    doubt: object
    about: str
    number: Number
    where: list
    touched: list
    choice: str


@door()
def village(request, code):
    return page(request, places.here(request.actor, code, village=True))


@door()
def region(request, code):
    return page(request, places.here(request.actor, code, village=False))


def page(request, here):
    periods, is_village = periods_of(here.code), here.level == places.Level.VILLAGE
    period = places.period(request, periods)
    below, are_villages = ([], False) if is_village else places.children(request.actor, here)
    reader = Reader(request.actor)
    lines = told(request.actor, here, below, period) if period else []
    context = {
        **here.told, "periods": periods, "period": period, "is_village": is_village, "are_villages": are_villages,
        "lines": lines, "any": any(line.number.rows != 0 for line in lines),
        "empty": without_families(below, period) if period else [],
        "undivided": undivided(reader, here, period) if period else [],
        "odd": contradicting(reader, here, period) if period else [],
    }  # fmt: skip
    return render(request, "scorecards/doubts.html", context)


def told(actor, here, below, period):
    """A line for each kind, also where there is no row."""
    whole = Doubt.objects.counted(here.code, period, len(here.code))
    parts = Doubt.objects.counted(here.code, period, len(below[0].pk)) if below else {}
    found = []
    for kind, doubt in DOUBTS.items():
        how = sight(actor, here.code, doubt.table)
        number = shown(how, whole.get((kind, here.code), 0))
        where = [
            (place, shown(sight(actor, place.pk, doubt.table), parts[kind, place.pk]))
            for place in below
            if (kind, place.pk) in parts
        ]
        where.sort(key=lambda pair: (-(pair[1].rows or 0), pair[0].pk))
        listed = may_list(actor, here.code, doubt.table) and actor.may(Permission.FAMILY_VIEW)
        choice = LISTS.get(kind, "") if here.level == places.Level.VILLAGE and listed else ""
        found.append(Line(doubt, about(doubt), number, where, touched(kind), choice))
    return found


def shown(how, rows):
    return Number(None if rows and how is Sight.COARSE and withheld(rows, None, share=False) else rows)


def about(doubt):
    """What a row of its table is."""
    table = catalogue().tables[doubt.table]
    return table.about_en if get_language() == "en" else table.about


def touched(kind):
    """(code, name) of the indicators that such a row would reach."""
    found = {one.code: one for one in (known()[code].indicator for code in figures_of(kind))}
    return [(code, one.name_en if get_language() == "en" else one.name_id) for code, one in found.items()]


def without_families(below, period):
    """Places below in which the snapshot found nobody: their figures are missing, not zero."""
    rows = Value.objects.filter(period=period, code=FAMILIES, region__in=[place.pk for place in below], d__gt=0)
    peopled = set(rows.values_list("region", flat=True))
    return [place for place in below if place.pk not in peopled]


def undivided(reader, here, period):
    """(code, name) of the figures that nobody could be counted among."""
    rows = Value.objects.of(here.code, period).filter(d=0).order_by("code").values_list("code", flat=True)
    return named(reader, here, rows)


def contradicting(reader, here, period):
    figures = reader.figures([here.code], period)
    return named(reader, here, sorted(code for (_region, code), one in figures.items() if one.odd))


def named(reader, here, codes):
    language, entries = get_language(), known()
    return [
        (code, entries[code].name(language))
        for code in codes
        if code in entries and reader.sight(here.code, entries[code]) is Sight.FULL
    ]
