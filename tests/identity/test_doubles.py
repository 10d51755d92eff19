"""A family entered twice: one of the entries ends, and is only read from then on."""

from datetime import date

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.actions import correct_family
from balai.families.models import Family, Person
from balai.identity import actions
from tests.families import register
from tests.families.register import AT, BY, FAR, HERE
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def test_a_family_ends_and_is_only_read_from_then_on(officer):
    row = register.family(since_on=date(2020, 1, 1))
    told = {"by": officer, "at": AT, "family": row}
    with pytest.raises(NotValid, match="setelah tanggal itu"):
        actions.record_entered_twice(on=date(2019, 12, 31), **told)
    with pytest.raises(NotValid, match="belum terjadi"):
        actions.record_entered_twice(on=date(2026, 1, 1), **told)
    actions.record_entered_twice(on=date(2025, 12, 1), **told)
    assert not Family.objects.living_here().exists()
    assert not Person.objects.living_here().exists()
    assert AuditEntry.objects.get(deed="family.leave").change.values == {
        "left_on": [None, "2025-12-01"],
        "left_reason": [None, "entered_twice"],
    }
    with pytest.raises(Refused, match="hanya dapat dibaca"):
        correct_family(by=officer, at=AT, family=row, address="", since_on=None)


def test_nobody_ends_a_family_elsewhere(officer):
    with pytest.raises(NotAllowed):
        actions.record_entered_twice(by=officer, at=AT, family=register.family(FAR, by=BY), on=AT.date())


def test_in_the_apps_own_role(officer, as_app):
    row = register.family()
    with as_app():
        assert actions.record_entered_twice(by=officer, at=AT, family=row, on=AT.date()).left_on == AT.date()


def test_what_was_no_double_lives_here_again(officer):
    row = register.family(since_on=date(2020, 1, 1))
    actions.record_entered_twice(by=officer, at=AT, family=row, on=AT.date())
    assert actions.undo_entered_twice(by=officer, at=AT, family=row).left_on is None
    assert Family.objects.living_here().count() == 1
    assert AuditEntry.objects.get(deed="family.unleave").change.values["left_reason"] == ["entered_twice", None]
    with pytest.raises(Refused, match="tidak tercatat sebagai dimasukkan dua kali"):
        actions.undo_entered_twice(by=officer, at=AT, family=row)
    with pytest.raises(NotAllowed):
        actions.undo_entered_twice(by=officer, at=AT, family=register.family(FAR, by=BY))


def test_the_page_of_a_double_offers_the_way_back(places):
    desk, row = signed_in(person("field_officer", HERE)), register.family()
    button = f'action="/keluarga/{row.pk}/keluar/batal"'
    assert button not in desk.get(f"/keluarga/{row.pk}").content.decode()
    assert desk.post(f"/keluarga/{row.pk}/keluar/batal").status_code == 404
    with acting(BY):
        actions.record_entered_twice(by=BY, at=AT, family=row, on=AT.date())
    assert button in desk.get(f"/keluarga/{row.pk}").content.decode()
    assert desk.post(f"/keluarga/{row.pk}/keluar/batal").status_code == 302
    assert button not in desk.get(f"/keluarga/{row.pk}").content.decode()
