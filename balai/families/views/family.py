"""The page of one family: who lives here, numbers, who looked, what changed."""

from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import door, found, seen
from balai.families.actions import reveal_number
from balai.families.inputs import ReasonForm
from balai.families.models import IdentityNumber, Person
from balai.families.rules import LeftReason
from balai.families.views import showing, telling
from balai.families.views.panels import panels

READS = (Matter.NAMES, Matter.NUMBER)


@door(Permission.FAMILY_VIEW, reads=READS)
def family(request, pk):
    return page(request, one(request, pk))


@door(Permission.NUMBER_REVEAL, methods=("POST",), reads=(Matter.NUMBER,))
def reveal(request, pk, number):
    """Shows one number to one account on this page for an hour, for the reason it typed."""
    row = one(request, pk)
    asked = found(IdentityNumber.objects.unrestricted(), pk=number, family=row)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page(request, row, asked=asked.pk, form=form, status=422)
    reveal_number(by=request.actor, at=timezone.now(), number=asked, reason=form.cleaned_data["reason"])
    return redirect("families:family", pk=pk)


def one(request, pk):
    """The family in scope; one of which nobody may be shown is not there, but for who decides about it."""
    rows = showing.register_of(request.actor)
    return found(rows if showing.may_know_of_restriction(request.actor) else rows.unrestricted(), pk=pk)


def page(request, row, asked=None, form=None, status=200):
    everybody = list(Person.objects.filter(family=row).at_home().in_order())
    people = [person for person in everybody if person.restricted_at is None]
    limited = [person for person in everybody if person.restricted_at]
    numbers = showing.numbers_of(row, request.actor, timezone.now())
    names = {person.pk: person.name for person in people}
    notes = showing.notes_of(people, numbers, timezone.localdate())
    looks, changes = telling.looks_and_changes(row, request.actor, besides=limited)
    shown = panels(request, row, people, everybody)
    seen(
        request, deed="family.view", region=row.region, subjects=[row.pk, *(person.pk for person in people)],
        matters=[matter for panel in shown for matter in panel.matters],
    )  # fmt: skip
    context = {
        "family": row, "card": numbers.get(None),
        "people": [
            (person, names.get(person.mother_id, ""), numbers.get(person.pk), notes.get(person.pk, ()))
            for person in people
        ],
        "where": showing.place_names([row.region])[row.region], "village": row.region[: showing.VILLAGE_CODE],
        "limited": len(limited) if showing.may_know_of_restriction(request.actor) else 0,
        "looks": looks, "changes": changes,
        "may_edit": showing.may_edit(request.actor) and row.left_on is None,
        "panels": shown,
        "may_reveal": showing.may_reveal(request.actor), "reason_form": ReasonForm(), "asked": asked,
        "asked_form": form, "left_reason": row.left_reason and LeftReason(row.left_reason).label,
        "invented": row.invented, "here": "families",
    }  # fmt: skip
    return render(request, "families/family.html", context, status=status)
