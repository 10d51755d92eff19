"""A request comes in, is decided, carried out, lifted. Names go into rows, never into the trail's own words."""

from django.db import transaction
from django.utils import timezone

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid
from balai.base.words import sentence
from balai.families.actions import correct_person
from balai.families.models import Person
from balai.privacy.actions.erasing import erase_person
from balai.privacy.models import Applicant, Request
from balai.privacy.rules import (
    AT_ONCE,
    RESTRICTS,
    Proof,
    RequestKind,
    RequestState,
    WrongStep,
    check_guardian,
    check_reason,
    check_second_officer,
    due_at,
    is_child,
    step,
)

NOT_SEEN = sentence(
    "Orang dalam permintaan ini tidak terlihat dari peran Anda. Mintalah PKB/PLKB atau OPD-KB di wilayahnya."
)


@transaction.atomic
def receive_request(*, by, at, person, kind, proof, guardian_name="", guardian_relation="", note=""):
    """`person` as `by` sees the person; the clock runs from `at`."""
    require(by, Permission.RIGHTS_RECEIVE, person.region)
    kind, proof = _known(RequestKind, kind), _known(Proof, proof)
    guardian_name, note = guardian_name.strip(), note.strip()
    child = is_child(person.born_on, timezone.localtime(at).date())
    check_guardian(child=child, name=guardian_name, relation=guardian_relation)
    where = {"region": person.region, "family": person.family_id}
    request = Request.objects.create(
        **where, person=person.pk, kind=kind, for_child=child, proof=proof, received_at=at, received_by=by.name,
        due_at=due_at(at), state=RequestState.RECEIVED,
    )  # fmt: skip
    if guardian_name or note:
        Applicant.objects.create(
            **where, request=request, guardian_name=guardian_name, guardian_relation=guardian_relation, note=note
        )
    _record(by, at, "request.receive", request, kind=str(kind), proof=str(proof))
    return request


@transaction.atomic
def withdraw_request(*, by, at, request, reason):
    """The person takes the request back before it is decided."""
    return _decided(by, at, request, RequestState.WITHDRAWN, reason, Permission.RIGHTS_RECEIVE, "request.withdraw")


@transaction.atomic
def refuse_request(*, by, at, request, reason):
    return _decided(by, at, request, RequestState.REFUSED, reason, Permission.RIGHTS_DECIDE, "request.refuse")


@transaction.atomic
def grant_request(*, by, at, request, reason):
    """Restriction, objection and erasure are carried out at once; access and correction have a step to come."""
    require(by, Permission.RIGHTS_DECIDE, request.region)
    check_second_officer(request.known_kind, request.received_by, by.name)
    person = _person(request)
    request = _decided(by, at, request, RequestState.GRANTED, reason, Permission.RIGHTS_DECIDE, "request.grant")
    if request.known_kind not in AT_ONCE:
        return request
    if request.known_kind in RESTRICTS:
        person.restricted_at, person.restricted_by = at, by.name
        person.save(update_fields=["restricted_at", "restricted_by"])
        _finish(request, at)
    else:
        _finish(request, at)
        erase_person(by=by, at=at, person=person, request=request, reason=reason)
        request.refresh_from_db()
    return request


@transaction.atomic
def correct_by_request(*, by, at, request, **facts):
    """Carries a granted correction out. `facts` as `families.actions.correct_person` takes them."""
    require(by, Permission.RIGHTS_DECIDE, request.region)
    request = _locked(request)
    _must_be(request, RequestKind.CORRECTION)
    _finish(request, at)
    person = correct_person(by=by, at=at, person=_person(request), **facts)
    _record(by, at, "request.correct", request)
    return person


@transaction.atomic
def lift_restriction(*, by, at, request, reason):
    """The data may be used again, unless another request still stands against it."""
    require(by, Permission.RIGHTS_DECIDE, request.region)
    request = _locked(request)
    if not Request.objects.restricting().filter(pk=request.pk).exists():
        raise WrongStep(sentence("Permintaan ini tidak sedang membatasi data siapa pun."))
    person = _person(request)
    request.lifted_at, request.lifted_by, request.lifted_reason = at, by.name, check_reason(reason)
    request.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    if not Request.objects.restricting().filter(person=person.pk).exists():
        person.restricted_at = person.restricted_by = None
        person.save(update_fields=["restricted_at", "restricted_by"])
    _record(by, at, "request.lift", request)
    return request


def finish_access(request, at):
    """A granted request to see the data is done once the report is in the person's hands."""
    request = _locked(request)
    if request.known_kind is RequestKind.ACCESS and request.known_state is RequestState.GRANTED:
        _finish(request, at)
    return request


def _decided(by, at, request, to, reason, permission, deed):
    require(by, permission, request.region)
    request = _locked(request)
    request.state = step(request.known_state, to)
    request.decided_at, request.decided_by, request.decided_reason = at, by.name, check_reason(reason)
    request.save(update_fields=["state", "decided_at", "decided_by", "decided_reason"])
    _record(by, at, deed, request)
    return request


def _finish(request, at):
    request.state, request.done_at = step(request.known_state, RequestState.DONE), at
    request.save(update_fields=["state", "done_at"])


def _locked(request):
    """As it stands now, in the scope of whoever acts."""
    row = Request.objects.select_for_update().filter(pk=request.pk).first()
    if row is None:
        raise NotAllowed("Permintaan ini tidak ada di wilayah Anda.")
    return row


def _person(request):
    person = Person.objects.select_for_update(of=("self",)).filter(pk=request.person).first()
    if person is None:
        raise NotAllowed(NOT_SEEN)
    return person


def _must_be(request, kind):
    if request.known_kind is not kind:
        raise WrongStep(sentence("Langkah ini bukan untuk permintaan “%(kind)s”."), kind=request.known_kind.label)


def _known(choices, value):
    try:
        return choices(value)
    except ValueError as reason:
        raise NotValid("Pilihan “%(value)s” tidak dikenal. Pilih dari daftar.", value=value) from reason


def _record(by, at, deed, request, **detail):
    """Reasons stay in the request: what is said of a person must be able to go with the person."""
    record(
        by=by, at=at, deed=deed, region=request.region, subject=f"request:{request.pk}", detail=detail,
        subjects=[request.person] if request.person else [],
    )  # fmt: skip
