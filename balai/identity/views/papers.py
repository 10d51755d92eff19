"""The papers of one person."""

from django.shortcuts import redirect
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import by_method, door
from balai.families.views.editing import SHOWS, WRITES, WRONG, editable_person
from balai.identity import actions, inputs
from balai.identity.models import Document
from balai.identity.views.showing import page


def _papers_form(person, data=None):
    known = {row.kind: row for row in Document.objects.filter(person=person).now()}
    return inputs.PapersForm(data, on=timezone.localdate(), known=known)


@door(Permission.FAMILY_EDIT, **SHOWS)
def ask_papers(request, pk, person):
    row, known = editable_person(request, pk, person)
    return page(request, row, known, "papers", form=_papers_form(known))


@door(Permission.FAMILY_EDIT, **WRITES)
def save_papers(request, pk, person):
    row, known = editable_person(request, pk, person)
    form = _papers_form(known, request.POST)
    if not form.is_valid():
        return page(request, row, known, "papers", WRONG, form=form)
    actions.record_documents(by=request.actor, at=timezone.now(), person=known, answers=form.answers())
    return redirect("families:family", pk=pk)


papers = by_method(get=ask_papers, post=save_papers)
