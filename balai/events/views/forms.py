"""The form of one kind of event, and the way back."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found, seen
from balai.base.errors import NotValid, Refused
from balai.events import actions, inputs
from balai.events.models import LifeEvent
from balai.events.rules import Kind
from balai.events.views.panel import DONE
from balai.families.models import VILLAGE_CODE, Person
from balai.families.rules import LeftReason
from balai.families.views import showing
from balai.families.views.family import one

READS = (Matter.NAMES,)
WRONG = 422
ACTIONS = {
    Kind.BIRTH: actions.record_birth,
    Kind.DEATH: actions.record_death,
    Kind.MOVED_IN: actions.record_moving_in,
    Kind.MOVED_OUT: actions.record_moving_out,
    Kind.MOVED_WITHIN: actions.record_moving_within,
    Kind.MARRIAGE: actions.record_marriage,
    Kind.DIVORCE: actions.record_divorce,
    Kind.SPLIT: actions.record_split,
    Kind.MERGE: actions.record_merge,
    Kind.NEW_HEAD: actions.record_new_head,
    Kind.TAKEN_IN: actions.record_taking_in,
    Kind.RETURNED: actions.record_return,
}


@door(Permission.FAMILY_EDIT, reads=READS)
def ask(request, pk, kind):
    kind = _known(kind)
    family = _editable(request, pk, kind)
    return _page(request, family, kind, _form(request, family, kind))


@door(Permission.FAMILY_EDIT, methods=POST, reads=READS)
def save(request, pk, kind):
    kind = _known(kind)
    family = _editable(request, pk, kind)
    form = _form(request, family, kind, request.POST)
    if getattr(form, "looking", False):
        return _page(request, family, kind, form)
    event = _recorded(request, family, kind, form) if form.is_valid() else None
    if event is None:
        return _page(request, family, kind, form, WRONG)
    return to_family(event, family.pk)


form = by_method(get=ask, post=save)


def _recorded(request, family, kind, form):
    """The event, or None where the form now says what is wrong."""
    try:
        action = actions.record_family_return if family.left_on else ACTIONS[kind]
        return action(by=request.actor, at=timezone.now(), family=family, **form.asked())
    except (NotValid, Refused) as problem:
        form.refuse(problem)
        return None


def _known(kind):
    try:
        return Kind(kind)
    except ValueError as unknown:
        raise Http404 from unknown


def _editable(request, pk, kind):
    """The family in scope, as long as it lives here; one that moved away can only come back."""
    rows = showing.register_of(request.actor)
    away = rows.filter(left_reason=LeftReason.MOVED_AWAY) if kind is Kind.RETURNED else rows.none()
    return found(rows.living_here() | away, pk=one(request, pk).pk)


def _form(request, family, kind, data=None):
    village = found(showing.villages_here(request.actor), pk=family.region[:VILLAGE_CODE])
    others = showing.villages_here(request.actor).exclude(pk=village.pk).order_by("pk")
    places = showing.homes(request.actor, village)
    places += [(place.pk, f"{place.name}, {place.parent.name}") for place in others if request.actor.covers(place.pk)]
    people = Person.objects.at_home().unrestricted().filter(family=family).in_order()
    told = {"family": family, "people": people, "places": places, "on": timezone.localdate()}
    if family.left_on:
        return inputs.FamilyReturnedForm(data, **told)
    if kind is Kind.RETURNED:
        told["by_number"] = by_number(request.actor)
    return inputs.FORMS[kind](data, **told)


def by_number(actor):
    """How somebody who is known as gone is looked for by a NIK."""
    return partial(_gone, actor)


def _gone(actor, written):
    try:
        return actions.find_gone(by=actor, at=timezone.now(), written=written)
    except NotValid:  # no number that anybody can have
        return []


def _page(request, family, kind, form, status=200):
    shown = {person.family_id for person in getattr(form, "found", ())} | {family.pk}
    seen(request, deed="event.form", region=family.region, subjects=sorted(shown))
    context = {
        "family": family, "kind": kind, "form": form, "here": "families", "invented": family.invented,
        "find": inputs.FIND, "village": family.region[:VILLAGE_CODE], "village_name": _place(family),
    }  # fmt: skip
    return render(request, "events/form.html", context, status=status)


def _place(family):
    return showing.place_names([family.region])[family.region]


def to_family(event, family):
    """The page of the family, at its events."""
    return redirect(f"{reverse('families:family', args=[family])}?{DONE}={event.pk}#peristiwa")


@door(Permission.FAMILY_EDIT, methods=POST, reads=READS)
def undo(request, pk, event):
    """Back to the page of the family; where the event had made the family, to the list of its village."""
    family = one(request, pk)
    row = found(LifeEvent.objects.of(family).unrestricted(), pk=event)
    row = actions.undo(by=request.actor, at=timezone.now(), event=row)
    still = showing.register_of(request.actor).filter(pk=family.pk).exists()
    return to_family(row, family.pk) if still else redirect("events:village", code=row.region[:VILLAGE_CODE])
