"""Forms of a facility: what was typed stays on the page when something is wrong."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door, found
from balai.base.errors import NotValid, Refused
from balai.facilities import actions, inputs
from balai.facilities.models import Facility, homes, villages_today


def here(request, code):
    """The village in scope."""
    rows = villages_today()
    return found(rows if request.actor.covers(code) else rows.none(), pk=code)


def spoken(problem):
    return gettext(problem.message) % problem.params if problem.params else gettext(problem.message)


def _one(request, pk):
    row = found(Facility.objects.visible_to(request.actor), pk=pk)
    return row, here(request, row.village)


def _form(place, data=None, **more):
    return inputs.FacilityForm(data, on=timezone.localdate(), places=homes(place), **more)


def _page(request, place, form, template, **more):
    context = {"place": place, "form": form, **more}
    return render(request, f"facilities/{template}.html", context, status=422 if form.errors else 200)


def _done(form, deed):
    """Whether the deed was done; what a rule says against it stands on the form."""
    if not form.is_valid():
        return False
    try:
        deed()
    except (NotValid, Refused) as problem:
        form.add_error(None, spoken(problem))
        return False
    return True


@door(Permission.VILLAGE_EDIT)
def ask_facility(request, code):
    place = here(request, code)
    return _page(request, place, _form(place), "add")


@door(Permission.VILLAGE_EDIT, methods=POST)
def save_facility(request, code):
    place = here(request, code)
    form = _form(place, request.POST)
    if not _done(form, lambda: actions.record_facility(by=request.actor, at=timezone.now(), facts=form.facts())):
        return _page(request, place, form, "add")
    return redirect("facilities:village", code=code)


@door(Permission.VILLAGE_EDIT)
def ask_correction(request, pk):
    row, place = _one(request, pk)
    kept = {name: getattr(row, name) for name in inputs.FacilityForm.base_fields}
    return _page(request, place, _form(place, initial=kept), "correct", facility=row)


@door(Permission.VILLAGE_EDIT, methods=POST)
def save_correction(request, pk):
    row, place = _one(request, pk)
    form = _form(place, request.POST)
    deed = {"by": request.actor, "at": timezone.now(), "facility": row}
    if not _done(form, lambda: actions.correct_facility(**deed, facts=form.facts())):
        return _page(request, place, form, "correct", facility=row)
    return redirect("facilities:village", code=place.pk)


@door(Permission.VILLAGE_EDIT)
def ask_closing(request, pk):
    row, place = _one(request, pk)
    return _page(request, place, inputs.ClosingForm(initial={"on": timezone.localdate()}), "close", facility=row)


@door(Permission.VILLAGE_EDIT, methods=POST)
def save_closing(request, pk):
    row, place = _one(request, pk)
    form = inputs.ClosingForm(request.POST)
    deed = {"by": request.actor, "at": timezone.now(), "facility": row}
    if not _done(form, lambda: actions.close_facility(**deed, **form.cleaned_data)):
        return _page(request, place, form, "close", facility=row)
    return redirect("facilities:village", code=place.pk)


@door(Permission.VILLAGE_EDIT, methods=POST)
def reopen(request, pk):
    row, place = _one(request, pk)
    actions.reopen_facility(by=request.actor, at=timezone.now(), facility=row)
    return redirect("facilities:village", code=place.pk)


add = by_method(get=ask_facility, post=save_facility)
correct = by_method(get=ask_correction, post=save_correction)
close = by_method(get=ask_closing, post=save_closing)
