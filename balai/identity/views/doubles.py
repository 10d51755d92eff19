"""Whether a whole family was entered twice."""

from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import by_method, door, found, seen
from balai.families.rules import LeftReason
from balai.families.views import showing
from balai.families.views.editing import SHOWS, WRITES, WRONG, editable
from balai.identity import actions, inputs


def _form(row, data=None):
    return inputs.DoubleForm(data, on=timezone.localdate(), since_on=row.since_on)


def _page(request, row, form, status=200):
    seen(request, deed="family.form", region=row.region, subjects=[row.pk])
    context = {"family": row, "form": form, "here": "families", "invented": row.invented}
    return render(request, "identity/double.html", context, status=status)


@door(Permission.FAMILY_EDIT, **SHOWS)
def ask(request, pk):
    row = editable(request, pk)
    return _page(request, row, _form(row))


@door(Permission.FAMILY_EDIT, **WRITES)
def save(request, pk):
    row = editable(request, pk)
    form = _form(row, request.POST)
    if not form.is_valid():
        return _page(request, row, form, WRONG)
    actions.record_entered_twice(by=request.actor, at=timezone.now(), family=row, **form.cleaned_data)
    return redirect("families:family", pk=pk)


double = by_method(get=ask, post=save)


@door(Permission.FAMILY_EDIT, **WRITES)
def undo(request, pk):
    row = found(showing.register_of(request.actor).filter(left_reason=LeftReason.ENTERED_TWICE), pk=pk)
    actions.undo_entered_twice(by=request.actor, at=timezone.now(), family=row)
    return redirect("families:family", pk=pk)
