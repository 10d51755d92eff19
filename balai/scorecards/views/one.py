"""One indicator in one region: what it means, where it stands, and what chance may have done to it."""

from django.shortcuts import render
from django.utils.translation import get_language

from balai.access.views import NotFound, door
from balai.base import months
from balai.scorecards.rules.book import band
from balai.scorecards.rules.seeing import may_list
from balai.scorecards.views import book, grid, places, reconciling, rows
from balai.scorecards.views.reading import Reader, calmed_among, known, periods_of


@door()
def nation(request, indicator):
    return page(request, places.nation(), indicator)


@door()
def region(request, code, indicator):
    return page(request, places.here(request.actor, code, village=False), indicator)


@door()
def village(request, code, indicator):
    return page(request, places.here(request.actor, code, village=True), indicator)


def page(request, here, code):
    entry = known().get(code)
    if entry is None:
        raise NotFound
    periods = periods_of(here.code)
    period = places.period(request, periods)
    reader = Reader(request.actor)
    found = rows.table(reader, here, period, [code]) if period else {}
    is_village = here.level == places.Level.VILLAGE
    if period and is_village:
        reconciling.add(found, here.code, period)
    below = [] if is_village else places.children(request.actor, here)[0]
    context = {
        "word": word(found.get(code), period),
        **here.told, "entry": entry,
        "name": entry.name(get_language()), "told": book.told(entry.indicator), "row": found.get(code),
        "periods": periods, "period": period, "is_village": is_village, "below": below,
        "side": grid.side_by_side(reader, below, found, period, code),
        "shrunken": calmed_among(found[code].here, period) if is_village and code in found else None,
        "listed": is_village and may_list(request.actor, here.code, entry.table),
    }  # fmt: skip
    return render(request, "scorecards/one.html", context)


def word(row, period):
    """How the figure is called by the bands of that month; None without any."""
    if row is None or row.here.value is None:
        return None
    found = band(row.entry.own, row.here.value, months.last_day(period))
    return found and (found.word_en if get_language() == "en" else found.word_id)
