"""The eight programmes of one village."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter
from balai.access.views import door, seen
from balai.indicators.rules import gathered
from balai.scorecards.rules.seeing import ALL, Sight, may_list
from balai.scorecards.views import places, reconciling, rows
from balai.scorecards.views.reading import Reader, periods_of
from balai.snapshot.actions.living import live


@door(reads=(Matter.NAMES,))
def village(request, code):
    here = places.here(request.actor, code, village=True)
    periods = periods_of(code)
    period = places.period(request, periods)
    reader = Reader(request.actor)
    found = rows.table(reader, here, period) if period else {}
    now = figures_now(request, reader, here)
    rows.add_live(found, here, now)
    if period:
        reconciling.add(found, code, period)
    for row in found.values():
        row.listed = may_list(request.actor, code, row.entry.table)
    context = {
        **here.told, "periods": periods,
        "period": period, "cards": rows.cards(found), "lead": rows.lead(here, found.values()),
        "at": timezone.now() if now else None,
    }  # fmt: skip
    return render(request, "scorecards/village.html", context)


def figures_now(request, reader, here):
    """Code to the figure of this hour, of those whose every row the reader may see; what a wall hides would count as
    missing."""
    actor, on = request.actor, timezone.localdate()
    if actor.role.assigned or not actor.covers(here.code) or not actor.right(Matter.NAMES):
        return {}
    found = live(by=actor, code=here.code, on=on)
    cells = {code: counted for (_region, code), counted in gathered(found.rows).items()}
    seen(request, deed="scorecard.live", region=here.code, subjects=[], matters=ALL)
    return {
        code: one
        for code, one in reader.together(here.code, cells, on).items()
        if code not in found.closed and reader.sight(here.code, one.entry) is Sight.FULL
    }
