"""One request: what it is, deciding it, carrying it out, the letter, the report."""

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import POST, door, found, seen
from balai.base.errors import NotValid, Refused
from balai.families.models import Person
from balai.families.rules import Relation, Sex
from balai.privacy import actions, inputs
from balai.privacy.models import Applicant, Erased, Ledger, Request
from balai.privacy.rules import AT_ONCE, Guardian, Proof, RequestKind, RequestState
from balai.privacy.views import paper
from balai.privacy.views.desk import hours_left, said, villages
from balai.privacy.views.wording import officers

DECIDING = {"kabulkan": actions.grant_request, "tolak": actions.refuse_request}


def _page(request, row, *, typed=None, error="", status=200):
    person = Person.objects.filter(pk=row.person).first() if row.person else None
    # Who asked is for those who see the person, also after the family moved away from here.
    applicant = Applicant.objects.filter(pk=row.pk).first() if person else None
    if person:
        seen(request, deed="request.read", region=row.region, subjects=[person.pk])
    known = officers({row.received_by, row.decided_by, row.lifted_by})
    state, decides = row.known_state, request.actor.may(Permission.RIGHTS_DECIDE)
    context = {
        "row": row, "person": person, "applicant": applicant, "village": villages({row.region})[row.region],
        "kind": row.known_kind, "state": state, "proof": Proof(row.proof), "left": hours_left(row, timezone.now()),
        "received_by": known[row.received_by], "decided_by": known[row.decided_by],
        "lifted_by": known[row.lifted_by], "typed": typed or {}, "error": error,
        "guardian": Guardian(applicant.guardian_relation) if applicant and applicant.guardian_relation else None,
        "may_decide": decides and state is RequestState.RECEIVED,
        "may_correct": decides and person and _corrects(row), "may_report": decides and person and _reports(row),
        "may_lift": decides and Request.objects.restricting().filter(pk=row.pk).exists(),
        "may_withdraw": state is RequestState.RECEIVED, "decided": bool(row.decided_at),
        "second_needed": row.known_kind is RequestKind.ERASURE and row.received_by == request.actor.name,
        "at_once": row.known_kind in AT_ONCE, "erasure": row.known_kind is RequestKind.ERASURE,
        "sexes": list(Sex), "relations": list(Relation),
    }  # fmt: skip
    return render(request, "privacy/request.html", context, status=status)


def _corrects(row):
    return row.known_kind is RequestKind.CORRECTION and row.known_state is RequestState.GRANTED


def _reports(row):
    return row.known_kind is RequestKind.ACCESS and row.known_state in (RequestState.GRANTED, RequestState.DONE)


@door(Permission.RIGHTS_RECEIVE, reads=(Matter.NAMES,))
def show(request, pk):
    return _page(request, found(Request.objects, pk=pk))


def _acted(request, pk, action):
    """The page again: with what is new, or with the mistake and everything typed."""
    row = found(Request.objects, pk=pk)
    try:
        action(row)
    except NotValid as problem:
        return _page(request, row, typed=request.POST, error=said(problem), status=problem.status)
    return redirect("privacy:request", pk=pk)


@door(Permission.RIGHTS_DECIDE, methods=POST, reads=(Matter.NAMES,))
def decide(request, pk):
    def deciding(row):
        action = DECIDING.get(request.POST.get("putusan", ""))
        if action is None:
            raise NotValid("Pilih putusannya: kabulkan atau tolak.")
        if action is actions.grant_request and row.known_kind is RequestKind.ERASURE and "yakin" not in request.POST:
            raise NotValid("Centang bahwa penghapusan tidak dapat dibatalkan.")
        action(by=request.actor, at=timezone.now(), request=row, reason=request.POST.get("alasan", ""))
        transaction.on_commit(write_ledger)

    return _acted(request, pk, deciding)


def write_ledger():
    """After the commit: a person in the file would be erased again, also one whose erasure was rolled back."""
    Ledger(settings.ERASURE_LEDGER).add(Erased.objects.order_by("at"))


@door(Permission.RIGHTS_RECEIVE, methods=POST, reads=(Matter.NAMES,))
def withdraw(request, pk):
    return _acted(request, pk, lambda row: actions.withdraw_request(
        by=request.actor, at=timezone.now(), request=row, reason=request.POST.get("alasan_cabut", "")))  # fmt: skip


@door(Permission.RIGHTS_DECIDE, methods=POST, reads=(Matter.NAMES,))
def lift(request, pk):
    return _acted(request, pk, lambda row: actions.lift_restriction(
        by=request.actor, at=timezone.now(), request=row, reason=request.POST.get("alasan_angkat", "")))  # fmt: skip


@door(Permission.RIGHTS_DECIDE, methods=POST, reads=(Matter.NAMES, Matter.NUMBER))
def correct(request, pk):
    def correcting(row):
        mother = Person.objects.filter(children=row.person).first()
        facts = inputs.corrected(request.POST)
        actions.correct_by_request(by=request.actor, at=timezone.now(), request=row, mother=mother, **facts)

    return _acted(request, pk, correcting)


@door(Permission.RIGHTS_DECIDE, methods=POST, reads=(Matter.NAMES, Matter.NUMBER))
def report(request, pk):
    """By POST: it needs a reason and leaves a trace."""
    row = found(Request.objects, pk=pk)
    if not _reports(row):
        raise Refused("Laporan dibuat setelah permintaan melihat data dikabulkan.")
    person = found(Person.objects, pk=row.person)
    try:
        made = actions.report_person(
            by=request.actor,
            at=timezone.now(),
            person=person,
            request=row,
            reason=request.POST.get("alasan_laporan", ""),
        )
    except NotValid as problem:
        return _page(request, row, typed=request.POST, error=said(problem), status=problem.status)
    if request.POST.get("bentuk") == "json":
        response = JsonResponse(paper.as_json(made), json_dumps_params={"ensure_ascii": False, "indent": 1})
        response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    else:
        response = HttpResponse(paper.as_pdf(made), content_type="application/pdf")
        response["Content-Disposition"] = 'attachment; filename="data-saya.pdf"'
    return response


@door(Permission.RIGHTS_RECEIVE, reads=(Matter.NAMES,))
def letter(request, pk):
    """The answer to the person, to be printed and signed."""
    row = found(Request.objects, pk=pk)
    if row.decided_at is None:
        raise Refused("Surat dibuat setelah permintaan diputuskan.")
    person = Person.objects.filter(pk=row.person).first() if row.person else None
    if person:
        seen(request, deed="request.letter", region=row.region, subjects=[person.pk])
    return render(request, "privacy/letter.html", {
        "row": row, "person": person, "village": villages({row.region})[row.region], "kind": row.known_kind,
        "state": row.known_state, "officer": officers({row.decided_by})[row.decided_by],
        "refused": row.known_state is RequestState.REFUSED,
    })  # fmt: skip
