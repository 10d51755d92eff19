"""One row of a list: its cells mended, or a possible duplicate decided."""

from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found, seen
from balai.base.errors import Problem
from balai.families.models import Person
from balai.rosters import actions
from balai.rosters.inputs import forms
from balai.rosters.models import Roster, RosterRow
from balai.rosters.views import telling

READS = (Matter.NAMES, Matter.NUMBER)
WRONG = 422


def _found(request, pk, row):
    roster = found(Roster.objects.visible_to(request.actor), pk=pk)
    return roster, found(RosterRow.objects.filter(roster=roster), pk=row)


@door(Permission.IMPORT_APPLY, reads=READS)
def ask_row(request, pk, row):
    roster, one = _found(request, pk, row)
    kept = one.kept
    return _page(request, roster, one, kept, forms.RowForm(kept=kept, heading=roster.headings[one.sheet]))


@door(Permission.IMPORT_APPLY, methods=POST, reads=READS)
def save_row(request, pk, row):
    roster, one = _found(request, pk, row)
    kept = one.kept
    form = forms.RowForm(request.POST, kept=kept, heading=roster.headings[one.sheet])
    if form.is_valid():
        try:
            actions.correct_row(by=request.actor, at=timezone.now(), row=one, values=form.typed())
            return redirect("rosters:row", pk=pk, row=row)
        except Problem as problem:
            forms.refuse(form, problem)
    return _page(request, roster, one, kept, form, WRONG)


row = by_method(get=ask_row, post=save_row)


def _page(request, roster, one, kept, form, status=200):
    seen(
        request,
        deed="import.roster_row",
        region=roster.region,
        subjects=[one.family_id] if one.is_of_the_register else [],
    )
    there = Person.objects.filter(pk=kept.outcome.person or None).first() if one.verdict == "duplicate" else None
    context = {"roster": roster, "row": one, "told": telling.told_row(one), "form": form, "there": there,
               "here": "imports"}  # fmt: skip
    return render(request, "rosters/row.html", context, status=status)


@door(Permission.IMPORT_APPLY, methods=POST)
def decide(request, pk, row):
    roster, one = _found(request, pk, row)
    actions.decide_row(by=request.actor, at=timezone.now(), row=one, same="sama" in request.POST)
    return redirect("rosters:row", pk=pk, row=row)
