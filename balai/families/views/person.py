"""One person: papers, and whether the person was entered twice."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission
from balai.access.views import by_method, door, found, seen
from balai.families import actions, inputs
from balai.families.models import Document, Person, likely_twins
from balai.families.views import showing
from balai.families.views.editing import SHOWS, WRITES, WRONG, editable_person

READS = (Matter.NAMES, Matter.NUMBER)
TWINS = 20  # that the page offers


def _page(request, row, person, template, status=200, **more):
    seen(request, deed="family.form", region=row.region, subjects=[row.pk, person.pk])
    context = {"family": row, "person": person, "here": "families", "invented": row.invented, **more}
    return render(request, f"families/{template}.html", context, status=status)


def _papers_form(person, data=None):
    known = {row.kind: row for row in Document.objects.filter(person=person).now()}
    return inputs.PapersForm(data, on=timezone.localdate(), known=known)


@door(Permission.FAMILY_EDIT, **SHOWS)
def ask_papers(request, pk, person):
    row, known = editable_person(request, pk, person)
    return _page(request, row, known, "papers", form=_papers_form(known))


@door(Permission.FAMILY_EDIT, **WRITES)
def save_papers(request, pk, person):
    row, known = editable_person(request, pk, person)
    form = _papers_form(known, request.POST)
    if not form.is_valid():
        return _page(request, row, known, "papers", WRONG, form=form)
    actions.record_documents(by=request.actor, at=timezone.now(), person=known, answers=form.answers())
    return redirect("families:family", pk=pk)


papers = by_method(get=ask_papers, post=save_papers)


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
    return _page(request, row, known, "twin", status, form=form, joined=joined)


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
    inputs.only(request.POST, {inputs.CSRF_FIELD})
    back = actions.part_persons(by=request.actor, at=timezone.now(), person=known)
    return redirect("families:family", pk=back.family_id)
