"""What happened in a village in a period: figures and list."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import door, found, seen
from balai.events.models import LifeEvent
from balai.events.rules import COUNTED, Kind, months_back, period_of
from balai.families.views import showing

PAGE = 50
READS = (Matter.NAMES,)


@door(Permission.FAMILY_VIEW, reads=READS)
def village(request, code):
    place, rows, period, kind = _asked(request, code)
    page = Paginator(_kind(rows, kind), PAGE).get_page(request.GET.get("halaman"))
    events = list(page.object_list)
    seen(request, deed="event.list", region=code, subjects=_subjects(events))
    counted = rows.counted()
    context = {
        "place": place, "page": page, "rows": _with_places(events), "period": period, "kind": kind, "here": "families",
        "figures": [(one.label, counted[one]) for one in COUNTED], "kinds": list(Kind),
        "months": months_back(timezone.localdate()), "may_enter": showing.may_enter(request.actor),
        "invented": any(event.family and event.family.invented for event in events),
    }  # fmt: skip
    return render(request, "events/village.html", context)


def _asked(request, code):
    """The village in scope, its events of the period, the period, and the kind that was asked for."""
    place = found(showing.villages_here(request.actor), pk=code)
    period = period_of(request.GET.get("bulan", ""), timezone.localdate())
    rows = LifeEvent.objects.within(code).standing().unrestricted().between(period.since, period.until)
    kind = request.GET.get("jenis", "")
    return place, rows.select_related("family", "person"), period, kind if kind in set(Kind) else ""


def _kind(rows, kind):
    return (rows.filter(kind=kind) if kind else rows).newest_first()


def _with_places(events):
    names = showing.place_names({event.region for event in events})
    return [(event, names[event.region]) for event in events]


def _subjects(events):
    return {pk for event in events for pk in (event.family_id, event.person_id) if pk}
