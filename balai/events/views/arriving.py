"""A family from outside the register: its people and its home, as a family is entered, and the day it came."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found
from balai.base.errors import NotAllowed
from balai.events import actions
from balai.events.views.forms import WRONG, to_family
from balai.families.inputs import Household
from balai.families.views import showing

READS = (Matter.NAMES,)


@door(Permission.FAMILY_EDIT, reads=READS)
def ask(request, code):
    place, form = _form(request, code)
    return _page(request, place, form)


@door(Permission.FAMILY_EDIT, methods=POST, reads=READS)
def save(request, code):
    place, form = _form(request, code, request.POST)
    if form.asked_more:
        return _page(request, place, form)
    if not form.is_valid():
        return _page(request, place, form, WRONG)
    home = dict(form.home.cleaned_data)
    event = actions.record_family_moving_in(
        by=request.actor, at=timezone.now(), on=home.pop("since_on"), people=form.facts(), **home
    )
    return to_family(event, event.family_id)


family = by_method(get=ask, post=save)


def _form(request, code, data=None):
    place = found(showing.villages_here(request.actor), pk=code)
    if not showing.may_enter(request.actor):
        raise NotAllowed("Keluarga baru dicatat oleh kader atau petugas; setelah itu dapat ditugaskan kepada Anda.")
    form = Household(data, places=showing.homes(request.actor, place), on=timezone.localdate())
    form.home.fields["since_on"].required = True
    form.home.fields["since_on"].label = _("Datang pada")
    form.home.fields["since_on"].help_text = ""
    return place, form


def _page(request, place, form, status=200):
    context = {"place": place, "form": form, "here": "families", "wrong": status == WRONG}
    return render(request, "events/arriving.html", context, status=status)
