"""The rights of a person behind the walls of the database: the same as without them."""

import pytest

from balai.access.models import acting, unscoped
from balai.families.models import Family, Person
from balai.privacy import actions
from balai.privacy.models import Erased, Request
from tests.families import register
from tests.privacy import planted

AT = register.AT
LONG = "alasan yang cukup panjang"


def asked(by, person, kind):
    return actions.receive_request(by=by, at=AT, person=person, kind=kind, proof="known", note="catatan")


@pytest.fixture
def person(places):
    return planted.family(alone=True)[1]


def test_a_companion_takes_a_request_in_and_an_officer_decides(person, colleague, as_app):
    companion = register.actor("companion", register.HERE, families=[person.family_id])
    with as_app():
        with acting(companion):
            request = asked(companion, person, "restriction")
        with acting(colleague):
            request = actions.grant_request(by=colleague, at=AT, request=request, reason=LONG)
            assert Person.objects.get().restricted_at == AT
            actions.lift_restriction(by=colleague, at=AT, request=request, reason=LONG)
            assert Person.objects.get().restricted_at is None


def test_a_village_head_takes_in_what_the_head_may_only_read(person, as_app):
    head = register.actor("village_head", register.HERE)
    with as_app(), acting(head):
        assert asked(head, person, "access").applicant.note == "catatan"


def test_the_report_is_whole_and_the_erasure_leaves_nothing(person, officer, colleague, as_app):
    with as_app():
        request = asked(officer, person, "access")
        actions.grant_request(by=officer, at=AT, request=request, reason=LONG)
        made = actions.report_person(by=officer, at=AT, person=person, reason=LONG, request=request)
        assert {planted.NIK, planted.KK} <= {
            row["sealed"] for part in made.parts if "sealed" in part.table.classes for row in part.rows
        }
        request = asked(officer, person, "erasure")
        with acting(colleague):
            actions.grant_request(by=colleague, at=AT, request=request, reason=LONG)
        with unscoped("uji"):
            assert not Family.objects.exists()
            assert not Request.objects.exclude(person=None).exists()
    assert Erased.objects.count() == 1


def test_an_officer_elsewhere_sees_and_changes_nothing(person, officer, as_app):
    far = register.actor("field_officer", register.OTHER_KECAMATAN)
    with as_app():
        asked(officer, person, "access")
        with acting(far):
            assert not Request.objects.exists()
            assert Request.objects.update(kind="erasure") == 0
