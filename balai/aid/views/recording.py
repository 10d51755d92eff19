"""One screen to write aid down; to correct, end and take it back."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from balai.access.rules import Matter, Permission, Right
from balai.access.views import POST, by_method, door, found, seen
from balai.aid import actions
from balai.aid.inputs import forms
from balai.aid.models import Aid
from balai.aid.views import telling
from balai.base.errors import NotValid, Refused
from balai.families.models import Person
from balai.families.views import showing
from balai.families.views.family import one

READS = (Matter.NAMES, Matter.WELFARE)
WRITES = {"methods": POST, "reads": READS}
ON_FORM = ("programme", "person", "state", "from_on", "until_on", "amount", "goods", "reason")


def spoken(problem):
    return gettext(problem.message) % problem.params if problem.params else gettext(problem.message)


def done(form, deed):
    """Whether the deed was done; what a rule says against it stands on the form."""
    if not form.is_valid():
        return False
    try:
        deed()
    except (NotValid, Refused) as problem:
        form.add_error(None, spoken(problem))
        return False
    return True


def _family(request, pk):
    telling.need(request.actor, Matter.WELFARE, Right.WRITE)
    return found(showing.register_of(request.actor).living_here(), pk=one(request, pk).pk)


def _aid(request, pk):
    telling.need(request.actor, Matter.WELFARE, Right.WRITE)
    row = found(Aid.objects.unrestricted().select_related("family"), pk=pk)
    return row, _family(request, row.family_id)


def _form(family, data=None, **more):
    people = Person.objects.unrestricted().at_home().filter(family=family).in_order()
    return forms.AidForm(data, on=timezone.localdate(), people=people, **more)


def _page(request, family, form, template, **more):
    seen(request, deed="aid.form", region=family.region, subjects=[family.pk])
    context = {"family": family, "form": form, "here": "families", "invented": family.invented, **more}
    return render(request, f"aid/{template}.html", context, status=422 if form.errors else 200)


@door(Permission.FAMILY_EDIT, reads=READS)
def ask_aid(request, pk):
    family = _family(request, pk)
    return _page(request, family, _form(family), "record")


@door(Permission.FAMILY_EDIT, **WRITES)
def save_aid(request, pk):
    family = _family(request, pk)
    form = _form(family, request.POST)
    told = {"by": request.actor, "at": timezone.now(), "family": family}
    if not done(form, lambda: actions.record_aid(**told, facts=form.facts(), person=form.cleaned_data["person"])):
        return _page(request, family, form, "record")
    return _back(family)


@door(Permission.FAMILY_EDIT, reads=READS)
def ask_correction(request, pk):
    row, family = _aid(request, pk)
    kept = {name: getattr(row, name) for name in ON_FORM}
    return _page(request, family, _form(family, initial=kept), "correct", aid=row)


@door(Permission.FAMILY_EDIT, **WRITES)
def save_correction(request, pk):
    row, family = _aid(request, pk)
    form = _form(family, request.POST)
    told = {"by": request.actor, "at": timezone.now(), "aid": row}
    if not done(form, lambda: actions.correct_aid(**told, facts=form.facts(), person=form.cleaned_data["person"])):
        return _page(request, family, form, "correct", aid=row)
    return _back(family)


@door(Permission.FAMILY_EDIT, reads=READS)
def ask_ending(request, pk):
    row, family = _aid(request, pk)
    form = forms.EndingForm(initial={"on": timezone.localdate()})
    return _page(request, family, form, "end", aid=row, programme=forms.programme_name(row.programme))


@door(Permission.FAMILY_EDIT, **WRITES)
def save_ending(request, pk):
    row, family = _aid(request, pk)
    form = forms.EndingForm(request.POST)
    told = {"by": request.actor, "at": timezone.now(), "aid": row}
    if not done(form, lambda: actions.end_aid(**told, **form.cleaned_data)):
        return _page(request, family, form, "end", aid=row, programme=forms.programme_name(row.programme))
    return _back(family)


@door(Permission.FAMILY_EDIT, **WRITES)
def undo(request, pk):
    row, family = _aid(request, pk)
    actions.undo_aid(by=request.actor, at=timezone.now(), aid=row)
    return _back(family)


def _back(family):
    return redirect("families:family", pk=family.pk)


record = by_method(get=ask_aid, post=save_aid)
correct = by_method(get=ask_correction, post=save_correction)
end = by_method(get=ask_ending, post=save_ending)
