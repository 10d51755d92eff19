"""How a request goes: the clock, who decides, what it does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid
from balai.families.models import Family, IdentityNumber, Person
from balai.privacy import actions
from balai.privacy.models import Applicant, Request
from balai.privacy.rules import (
    AT_ONCE,
    LIMIT,
    NEXT,
    OPEN,
    RequestKind,
    RequestState,
    SecondOfficer,
    WrongStep,
    check_guardian,
    due_at,
    is_child,
    step,
)
from tests.families import register

AT = register.AT
LONG = "alasan yang cukup panjang"


@pytest.fixture
def person(officer):
    return register.head_of(register.family())


def received(by, person, kind="access", **more):
    return actions.receive_request(by=by, at=AT, person=person, kind=kind, proof="id_card", **more)


def granted(by, person, kind):
    return actions.grant_request(by=by, at=AT, request=received(by, person, kind), reason=LONG)


def deeds():
    return list(AuditEntry.objects.order_by("pk").values_list("deed", flat=True))


def test_the_clock_runs_three_times_24_hours(officer, person):
    request = received(officer, person)
    assert request.due_at - request.received_at == timedelta(hours=72) == LIMIT.on(date(2026, 1, 1))
    assert request.known_state is RequestState.RECEIVED
    assert "request.receive" in deeds()


@given(st.dates(min_value=date(2022, 10, 17), max_value=date(9000, 1, 1)))
def test_the_clock_never_runs_backwards(day):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert due_at(at) > at


@pytest.mark.parametrize("state", list(RequestState))
@pytest.mark.parametrize("to", list(RequestState))
def test_only_the_steps_of_the_table_can_be_taken(state, to):
    if to in NEXT[state]:
        assert step(state, to) is to
    else:
        with pytest.raises(WrongStep):
            step(state, to)


def test_every_state_has_its_row_and_every_end_is_an_end():
    assert set(NEXT) == set(RequestState)
    assert {RequestState.RECEIVED, RequestState.GRANTED} == OPEN
    assert set(RequestKind) > AT_ONCE


@pytest.mark.parametrize(
    ("born_on", "on", "child"),
    [
        (date(2008, 6, 2), date(2026, 6, 1), True),
        (date(2008, 6, 2), date(2026, 6, 2), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (None, date(2026, 6, 1), False),
    ],
)
def test_a_child_is_younger_than_eighteen(born_on, on, child):
    assert is_child(born_on, on) is child


@pytest.mark.parametrize(
    ("child", "name", "relation", "fits"),
    [
        (True, "Siti", "mother", True), (True, "", "", False), (True, "Siti", "", False), (True, "", "mother", False),
        (False, "", "", True), (False, "Siti", "guardian", True), (False, "Siti", "", False),
        (False, "", "mother", False), (True, "Siti", "neighbour", False),
    ],
)  # fmt: skip
def test_for_a_child_parent_or_guardian_is_named(child, name, relation, fits):
    if fits:
        check_guardian(child=child, name=name, relation=relation)
    else:
        with pytest.raises(NotValid):
            check_guardian(child=child, name=name, relation=relation)


def test_a_request_for_a_child_keeps_who_asks(officer):
    family = register.family()
    child = family.people.get(relation=3)
    with pytest.raises(NotValid, match="orang tua atau wali"):
        received(officer, child)
    request = received(officer, child, guardian_name=" Siti ", guardian_relation="mother")
    assert request.for_child
    assert Applicant.objects.get(pk=request.pk).guardian_name == "Siti"


def test_without_guardian_and_note_nothing_is_kept_of_an_applicant(officer, person):
    assert not Applicant.objects.filter(pk=received(officer, person).pk).exists()
    assert Applicant.objects.get(pk=received(officer, person, note="nama salah").pk).note == "nama salah"


@pytest.mark.parametrize(("kind", "proof"), [("wishing", "id_card"), ("access", "smile")])
def test_an_unknown_kind_or_proof_is_refused(officer, person, kind, proof):
    with pytest.raises(NotValid, match="tidak dikenal"):
        actions.receive_request(by=officer, at=AT, person=person, kind=kind, proof=proof)


def test_who_may_not_receive_is_refused(person):
    stranger = register.actor("field_officer", register.OTHER_KECAMATAN)
    with acting(stranger), pytest.raises(NotAllowed):
        received(stranger, person)


def test_refusing_needs_a_reason_and_ends_the_request(officer, person):
    request = received(officer, person)
    with pytest.raises(NotValid, match="sedikitnya 10"):
        actions.refuse_request(by=officer, at=AT, request=request, reason="  tidak  ")
    request = actions.refuse_request(by=officer, at=AT, request=request, reason=LONG)
    assert (request.known_state, request.decided_by, request.decided_reason) == (
        RequestState.REFUSED, officer.name, LONG,
    )  # fmt: skip
    with pytest.raises(WrongStep):
        actions.grant_request(by=officer, at=AT, request=request, reason=LONG)


def test_the_person_may_take_a_request_back(officer, person):
    request = actions.withdraw_request(by=officer, at=AT, request=received(officer, person), reason=LONG)
    assert request.known_state is RequestState.WITHDRAWN


def test_a_cadre_receives_but_does_not_decide(officer, person):
    cadre = register.actor("cadre", register.HERE)
    with acting(cadre):
        request = received(cadre, person)
        with pytest.raises(NotAllowed):
            actions.grant_request(by=cadre, at=AT, request=request, reason=LONG)


def test_a_companion_receives_for_the_families_assigned(officer, person):
    companion = register.actor("companion", register.HERE, families=[person.family_id])
    with acting(companion):
        assert Request.objects.get(pk=received(companion, person, note="salah nama").pk).family == person.family_id


def test_granting_access_waits_for_the_report(officer, person):
    request = granted(officer, person, "access")
    assert (request.known_state, request.done_at) == (RequestState.GRANTED, None)


@pytest.mark.parametrize("kind", ["restriction", "objection"])
def test_a_restricted_person_is_in_no_list_and_comes_back_when_lifted(officer, person, kind):
    request = granted(officer, person, kind)
    person.refresh_from_db()
    assert request.known_state is RequestState.DONE
    assert (person.restricted_at, person.restricted_by) == (AT, officer.name)
    assert not Person.objects.unrestricted().filter(pk=person.pk).exists()
    request = actions.lift_restriction(by=officer, at=AT, request=request, reason=LONG)
    person.refresh_from_db()
    assert (person.restricted_at, person.restricted_by) == (None, None)
    assert request.lifted_by == officer.name
    with pytest.raises(WrongStep, match="tidak sedang membatasi"):
        actions.lift_restriction(by=officer, at=AT, request=request, reason=LONG)


def test_a_person_alone_and_restricted_takes_the_family_out_of_lists(officer):
    family = register.family(people=[register.head(nik=register.nik())])
    granted(officer, register.head_of(family), "restriction")
    assert not Family.objects.unrestricted().filter(pk=family.pk).exists()
    assert not IdentityNumber.objects.unrestricted().filter(family=family).exists()


def test_lifting_one_restriction_leaves_the_other_in_force(officer, person):
    first, _second = granted(officer, person, "restriction"), granted(officer, person, "objection")
    actions.lift_restriction(by=officer, at=AT, request=first, reason=LONG)
    person.refresh_from_db()
    assert person.restricted_at


def test_a_granted_correction_is_carried_out_once(officer, person):
    request = granted(officer, person, "correction")
    facts = {"name": "Siti Rahmawati Putri", "sex": 2, "relation": 1, "born_on": date(1984, 5, 18), "nik": ""}
    actions.correct_by_request(by=officer, at=AT, request=request, **facts)
    person.refresh_from_db()
    request.refresh_from_db()
    assert (person.name, person.born_on) == ("Siti Rahmawati Putri", date(1984, 5, 18))
    assert request.known_state is RequestState.DONE
    with pytest.raises(WrongStep):
        actions.correct_by_request(by=officer, at=AT, request=request, **facts)


def test_a_correction_belongs_to_a_request_for_correction(officer, person):
    with pytest.raises(WrongStep, match="bukan untuk permintaan"):
        actions.correct_by_request(by=officer, at=AT, request=granted(officer, person, "access"), name="X")


def test_an_erasure_is_granted_by_a_second_officer(officer, colleague, person):
    request = received(officer, person, "erasure")
    with pytest.raises(SecondOfficer):
        actions.grant_request(by=officer, at=AT, request=request, reason=LONG)
    with acting(colleague):
        request = actions.grant_request(by=colleague, at=AT, request=request, reason=LONG)
    assert (request.known_state, request.person, request.decided_by) == (RequestState.DONE, None, colleague.name)
    assert not Person.objects.filter(pk=person.pk).exists()


def test_the_receiver_may_refuse_an_erasure(officer, person):
    request = received(officer, person, "erasure")
    assert actions.refuse_request(by=officer, at=AT, request=request, reason=LONG).known_state is RequestState.REFUSED


def test_who_sees_no_names_sees_the_request_but_grants_nothing(officer, person):
    request = received(officer, person, note="rahasia")
    auditor = register.actor("auditor", register.KABUPATEN)
    with acting(auditor):
        assert Request.objects.get(pk=request.pk) == request
        assert not Applicant.objects.filter(pk=request.pk).exists()
        with pytest.raises(NotAllowed, match="tidak terlihat"):
            actions.grant_request(by=auditor, at=AT, request=request, reason=LONG)


def test_a_request_out_of_scope_cannot_be_decided(officer, person, places):
    request = received(officer, person)
    elsewhere = register.actor("field_officer", register.OTHER_KECAMATAN)
    with acting(elsewhere), pytest.raises(NotAllowed):
        actions.refuse_request(by=elsewhere, at=AT, request=request, reason=LONG)
    with acting(elsewhere):
        assert not Request.objects.exists()


def test_a_request_that_was_deleted_meanwhile_is_not_here(officer, person):
    request = received(officer, person)
    Request.objects.filter(pk=request.pk).delete()
    with pytest.raises(NotAllowed, match="tidak ada di wilayah"):
        actions.refuse_request(by=officer, at=AT, request=request, reason=LONG)


def test_the_most_urgent_request_stands_first(officer, person):
    late = received(officer, person)
    done = actions.refuse_request(by=officer, at=AT, request=received(officer, person), reason=LONG)
    soon = actions.receive_request(by=officer, at=AT - timedelta(hours=70), person=person, kind="access", proof="known")
    assert list(Request.objects.most_urgent_first()) == [soon, late, done]
    assert list(Request.objects.waiting().order_by("due_at")) == [soon, late]
    assert Request.objects.within(register.HERE).count() == 3


def test_reasons_and_names_stay_out_of_the_words_of_the_trail(officer, person):
    received(officer, person, "correction", note="namanya Zubaidah")
    assert "Zubaidah" not in str(list(AuditEntry.objects.values()))
