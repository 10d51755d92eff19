"""Somebody comes back to a village whose family is no longer there: into another family, or as head of a new one."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found, seen
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.events import actions
from balai.events.inputs import FIND, ReturningForm
from balai.events.views.forms import WRONG, by_number, to_family
from balai.families.views import showing

READS = (Matter.NAMES,)


@door(Permission.FAMILY_EDIT, reads=READS)
def ask(request, code):
    return _page(request, *_form(request, code))


@door(Permission.FAMILY_EDIT, methods=POST, reads=READS)
def save(request, code):
    place, form = _form(request, code, request.POST)
    if form.looking:
        return _page(request, place, form)
    event = _recorded(request, form) if form.is_valid() else None
    return to_family(event, event.family_id) if event else _page(request, place, form, WRONG)


person = by_method(get=ask, post=save)


def _form(request, code, data=None):
    place = found(showing.villages_here(request.actor), pk=code)
    if not showing.may_enter(request.actor):
        raise NotAllowed("Keluarga baru dicatat oleh kader atau petugas; setelah itu dapat ditugaskan kepada Anda.")
    form = ReturningForm(
        data, village=place.pk, places=showing.homes(request.actor, place), on=timezone.localdate(),
        by_number=by_number(request.actor),
    )  # fmt: skip
    return place, form


def _recorded(request, form):
    """The event, or None where the form now says what is wrong."""
    asked = form.asked()
    action = actions.record_return if "family" in asked else actions.record_return_alone
    try:
        return action(by=request.actor, at=timezone.now(), **asked)
    except (NotValid, Refused) as problem:
        form.refuse(problem)
        return None


def _page(request, place, form, status=200):
    shown = {one.family_id for one in (*form.found, *form.hosts)}
    if shown:
        seen(request, deed="event.form", region=place.pk, subjects=sorted(shown))
    context = {"place": place, "form": form, "find": FIND, "here": "families"}
    return render(request, "events/returning.html", context, status=status)
