"""The officer's desk: villages with what waits there, and the list of one village to verify."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found, seen
from balai.base.errors import NotValid, Refused
from balai.families.inputs import CSRF_FIELD, only
from balai.families.models import Family
from balai.families.views import showing
from balai.quality import actions, inputs
from balai.quality.models import VILLAGE, Round, counted, here, own_hand, standing
from balai.quality.rules import AT_ONCE, WAITING, State
from balai.quality.views import telling

READS = (Matter.NAMES,)


@door(Permission.FAMILY_VERIFY, reads=READS)
def show_desk(request):
    return _desk(request)


@door(Permission.FAMILY_VERIFY, methods=POST, reads=READS)
def change_rounds(request):
    """Opens the round of the year in the villages that are ticked, or takes one back."""
    only(request.POST, {CSRF_FIELD, "desa", "batal"})
    told = {"by": request.actor, "at": timezone.now()}
    year = timezone.localdate().year
    if request.POST.get("batal"):
        actions.undo_round(**told, village=request.POST["batal"], year=year)
        return _desk(request, said=_("Putaran dibatalkan."))
    try:
        number = actions.open_round(**told, villages=request.POST.getlist("desa"))
    except NotValid as problem:
        return _desk(request, problem=_(problem.message), status=422)
    return _desk(request, said=_("Putaran %(year)d dibuka di %(n)d desa.") % {"year": year, "n": number})


desk = by_method(get=show_desk, post=change_rounds)


def _desk(request, status=200, **known):
    actor, on = request.actor, timezone.localdate()
    places = [place for place in showing.villages_here(actor).order_by("pk") if actor.covers(place.pk)]
    rounds = set(Round.objects.filter(year=on.year, village__in=places).values_list("village", flat=True))
    states = {}
    for (village, state, _band), number in counted(Family.objects.all(), on, village=VILLAGE).items():
        sums = states.setdefault(village, dict.fromkeys(("waiting", "sent_back", "verified"), 0))
        sums["waiting" if state in WAITING else state] += number
    seen(request, deed="quality.figures", region=actor.ranges[0][0], subjects=[])
    rows = [(place, states.get(place.pk), place.pk in rounds) for place in places]
    known |= {"rows": rows, "year": on.year, "here": "quality", "closed": len(places) - len(rounds)}
    return render(request, "quality/desk.html", known, status=status)


@door(Permission.FAMILY_VERIFY, reads=READS)
def show_check(request, code):
    return _check(request, _place(request, code))


@door(Permission.FAMILY_VERIFY, methods=POST, reads=READS)
def verify_ticked(request, code):
    place = _place(request, code)
    families = inputs.ticked(request.POST)
    if request.POST.get("perbuatan") == "batal":
        number = actions.undo(by=request.actor, at=timezone.now(), families=list(families))
        return _check(request, place, said=_("%(n)d keputusan dibatalkan.") % {"n": number})
    try:
        done = actions.verify_many(
            by=request.actor, at=timezone.now(), families=families,
            confirmed=inputs.typed(request.POST.get("jumlah", "")),
        )  # fmt: skip
    except (NotValid, Refused) as problem:
        said = _(problem.message) % problem.params if problem.params else _(problem.message)
        return _check(request, place, problem=said, ticked=set(families), status=422)
    return _check(request, place, done=done, left=_left(done))


check = by_method(get=show_check, post=verify_ticked)


def _place(request, code):
    return found(showing.villages_here(request.actor), pk=code)


def _left(done):
    """(name, why) of those that could not be verified."""
    why = dict(done.left)
    called = dict(Family.objects.unrestricted().told().filter(pk__in=why).values_list("pk", "called"))
    return [(called.get(key, ""), said) for key, said in why.items()]


def _check(request, place, ticked=(), status=200, **known):
    actor, on = request.actor, timezone.localdate()
    families = standing(here(place.pk)).filter(state__in=WAITING).told()
    number, families = families.count(), list(families.order_by("region", "called", "pk")[:AT_ONCE])
    keys = [family.pk for family in families]
    missing, own = telling.missing_in(families, actor, on), own_hand(actor, keys)
    names = telling.place_names(families)
    rows = [telling.row(one, names, missing[one.pk], is_own=one.pk in own) for one in families]
    counts = _by_state(place.pk, on)
    done = known.get("done")
    seen(request, deed="quality.list", region=place.pk, subjects=[*keys, *(done.families if done else ())])
    known |= {
        "place": place, "rows": rows, "ticked": ticked, "number": number, "shown": len(rows), "here": "quality",
        "counts": [(state, counts.get(state, 0)) for state in State], "whole": sum(counts.values()),
    }  # fmt: skip
    return render(request, "quality/check.html", known, status=status)


def _by_state(code, on):
    found_states = {}
    for (state, _band), number in counted(here(code), on).items():
        found_states[state] = found_states.get(state, 0) + number
    return found_states
