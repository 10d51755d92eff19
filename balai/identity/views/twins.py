"""Whether one person was entered twice."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Permission
from balai.access.views import by_method, door, found
from balai.families.inputs import CSRF_FIELD, only
from balai.families.models import Person
from balai.families.views import showing
from balai.families.views.editing import SHOWS, WRITES, WRONG, editable_person
from balai.identity import actions, inputs
from balai.identity.models import likely_twins
from balai.identity.views.showing import page

TWINS = 20  # that the page offers


def _twins(request, known):
    """(id, how it is told) of whoever may be the same person."""
    people = list(likely_twins(known)[:TWINS])
    names = showing.place_names({person.region for person in people})
    return [
        (person.pk, f"{person.name}, {person.born_on or _('tanggal lahir belum diisi')}, {names[person.region]}")
        for person in people
    ]


def _twin_page(request, row, known, form, status=200):
    joined = list(Person.objects.unrestricted().filter(joined_into=known))
    return page(request, row, known, "twin", status, form=form, joined=joined)


@door(Permission.FAMILY_EDIT, **SHOWS)
def ask_twin(request, pk, person):
    row, known = editable_person(request, pk, person)
    return _twin_page(request, row, known, inputs.TwinForm(twins=_twins(request, known)))


@door(Permission.FAMILY_EDIT, **WRITES)
def save_twin(request, pk, person):
    row, known = editable_person(request, pk, person)
    form = inputs.TwinForm(request.POST, twins=_twins(request, known))
    if not form.is_valid():
        return _twin_page(request, row, known, form, WRONG)
    other = found(Person.objects.unrestricted(), pk=form.cleaned_data["other"])
    stayed = actions.join_persons(by=request.actor, at=timezone.now(), kept=known, other=other)
    if not stayed:
        return redirect("families:family", pk=pk)
    return _twin_page(request, row, known, None)


twin = by_method(get=ask_twin, post=save_twin)


@door(Permission.FAMILY_EDIT, **WRITES)
def part(request, pk, person):
    """The person was joined into one of this family by mistake."""
    row = found(showing.register_of(request.actor), pk=pk)
    known = found(Person.objects.unrestricted(), pk=person, joined_into__family=row)
    only(request.POST, {CSRF_FIELD})
    back = actions.part_persons(by=request.actor, at=timezone.now(), person=known)
    return redirect("families:family", pk=back.family_id)
