"""A kabupaten, a province or the nation: one programme at a time, and the places below side by side."""

from django.shortcuts import redirect, render

from balai.access.views import door
from balai.base import cells
from balai.regions.rules import Level
from balai.scorecards.views import grid, places, rows
from balai.scorecards.views.reading import Reader, periods_of

VILLAGE = 13  # letters of its code


@door()
def nation(request):
    return page(request, places.nation())


@door()
def region(request, code):
    if len(code) >= VILLAGE:
        return redirect("scorecards:village", code[:VILLAGE])
    return page(request, places.here(request.actor, code, village=False))


def page(request, here):
    periods = periods_of(here.code)
    period, programme = places.period(request, periods), places.programme(request)
    reader = Reader(request.actor)
    codes = grid.codes_of(programme)
    found = rows.table(reader, here, period, codes) if period else {}
    below, are_villages = places.children(request.actor, here)
    side = grid.side_by_side(reader, below, found, period, request.GET.get("indikator"))
    context = {
        **here.told, "periods": periods,
        "period": period, "card": rows.card(programme, found), "programmes": grid.PROGRAMMES, "programme": programme,
        "lead": rows.lead(here, found.values()), "side": side, "are_villages": are_villages, "below": below,
        "fold": grid.FOLD,
        "kinds": tuple(cells.WRITERS), "hidden": here.level >= Level.KABUPATEN and not below,
    }  # fmt: skip
    return render(request, "scorecards/region.html", context)
