"""The cadre's walk: whom to visit in this round, where, and what to ask; on a telephone and on paper."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import door, found, seen
from balai.families.views import showing
from balai.quality.models import Round, decisions_of, here, missed_rounds, standing
from balai.quality.rules import State, is_to_visit
from balai.quality.views import telling

READS = (Matter.NAMES,)
MOST = 400  # families on one page: more is for a choice of RT


@door(Permission.FAMILY_VIEW, reads=READS)
def visits(request, code):
    place = found(showing.villages_here(request.actor), pk=code)
    homes = showing.homes(request.actor, place)
    below = request.GET.get("tempat", "")
    below = below if below in dict(homes) else ""
    walk, waiting, done, rounds = _walk(below or code)
    rows = _told(request, walk[:MOST], rounds)
    seen(request, deed="quality.list", region=code, subjects=[row.family.pk for row in rows])
    context = {
        "place": place, "homes": homes if len(homes) > 1 else [], "below": below, "here": "families", "rows": rows,
        "round": rounds[0] if rounds else None, "more": len(walk) - len(rows), "left": len(walk), "waiting": waiting,
        "mend": [row for row in rows if row.state is State.SENT_BACK], "done": done,
        "whole": len(walk) + waiting + done, "on": timezone.localdate(),
        "invented": any(row.family.invented for row in rows),
    }  # fmt: skip
    return render(request, "quality/visits.html", context)


def _walk(code):
    """(families to visit in the order of the walk, how many only wait for the officer, how many are verified, rounds
    of the village)."""
    rounds = list(Round.objects.of(code[: showing.VILLAGE_CODE]))
    opened_on = timezone.localtime(rounds[0].opened_at).date() if rounds else None
    everybody = standing(here(code))
    done = everybody.filter(state=State.VERIFIED).count()
    families = list(everybody.exclude(state=State.VERIFIED).told().order_by("region", "address", "called", "pk"))
    walk = [one for one in families if is_to_visit(State(one.state), one.visited_on, opened_on)]
    return walk, len(families) - len(walk), done, rounds


def _told(request, families, rounds):
    decisions = decisions_of([family.pk for family in families])
    names = telling.place_names(families)
    missing = telling.missing_in(families, request.actor, timezone.localdate())
    return [_row(one, decisions.get(one.pk), rounds, names, missing[one.pk]) for one in families]


def _row(family, decision, rounds, names, missing):
    reason = decision.reason if decision else ""
    return telling.row(family, names, missing, reason=reason, missed=missed_rounds(family, decision, rounds))
