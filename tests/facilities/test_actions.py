"""Facilities are recorded, corrected, closed; who may do it, and what the trail says."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from balai.access.models import AuditEntry
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.facilities import actions, rules
from balai.facilities.models import Facility
from tests.families import register
from tests.families.register import AT, BY, FAR, HERE, KECAMATAN, RT1

pytestmark = pytest.mark.django_db


def facts(**more):
    return rules.Facts(**{"kind": "posyandu", "name": "Posyandu Melati", "region": HERE} | more)


def facility(**more):
    return actions.record_facility(by=BY, at=AT, facts=facts(**more))


def last():
    return AuditEntry.objects.latest("pk")


@pytest.mark.parametrize(
    ("role", "region"),
    [("working_group", HERE), ("village_editor", HERE), ("field_officer", KECAMATAN), ("family_office", "16.05")],
)
def test_who_edits_the_village_records_a_facility(places, as_app, role, region):
    with as_app():
        row = actions.record_facility(by=register.actor(role, region), at=AT, facts=facts(services=("weighing",)))
    assert (row.services, last().deed, last().region) == (["weighing"], "facility.add", HERE)


@pytest.mark.parametrize(("role", "region"), [("cadre", HERE), ("village_editor", FAR), ("planner", "16.05")])
def test_others_do_not(places, role, region):
    with pytest.raises(NotAllowed):
        actions.record_facility(by=register.actor(role, region), at=AT, facts=facts())


def test_a_facility_stands_where_there_is_a_village(places):
    with pytest.raises(NotValid, match="Pilih desa"):
        facility(region=KECAMATAN)
    with pytest.raises(NotValid, match="Tulis nama"):
        facility(name="")


def test_the_same_facility_is_not_recorded_twice(places):
    facility()
    with pytest.raises(Refused, match="sudah tercatat"):
        facility(name="posyandu  MELATI", region=RT1)
    facility(kind="bkb")
    facility(region=FAR)


def test_a_correction_keeps_what_was(places):
    row = facility()
    actions.correct_facility(by=BY, at=AT, facility=row, facts=facts(name="Posyandu Mawar", travel_km=None))
    row.refresh_from_db()
    assert row.name == "Posyandu Mawar"
    assert last().change.values == {"name": ["Posyandu Melati", "Posyandu Mawar"]}
    other = facility()
    with pytest.raises(Refused, match="sudah tercatat"):
        actions.correct_facility(by=BY, at=AT, facility=other, facts=facts(name="Posyandu Mawar"))


def test_a_facility_is_not_handed_to_a_village_of_others(places):
    row = facility()
    editor = register.actor("village_editor", HERE)
    with pytest.raises(NotAllowed):
        actions.correct_facility(by=editor, at=AT, facility=row, facts=facts(region=FAR))


def test_a_closed_facility_is_read_only_until_it_is_opened_again(places):
    row = facility(opened_on=date(2019, 5, 17))
    day = AT.date()
    for on, said in ((day + timedelta(days=2), "belum terjadi"), (date(2018, 1, 1), "baru melayani")):
        with pytest.raises(NotValid, match=said):
            actions.close_facility(by=BY, at=AT, facility=row, on=on, reason="closed")
    actions.close_facility(by=BY, at=AT, facility=row, on=day, reason="moved")
    assert list(Facility.objects.open_now()) == []
    assert list(Facility.objects.on(day - timedelta(days=1))) == [row]
    assert list(Facility.objects.on(day)) == []
    assert list(Facility.objects.on(date(2019, 5, 16))) == []
    with pytest.raises(Refused, match="hanya dapat dibaca"):
        actions.close_facility(by=BY, at=AT, facility=row, on=day, reason="closed")
    actions.reopen_facility(by=BY, at=AT, facility=row)
    assert last().change.values["closed_reason"] == ["moved", ""]
    with pytest.raises(Refused, match="masih melayani"):
        actions.reopen_facility(by=BY, at=AT, facility=row)


@pytest.mark.parametrize(
    "broken",
    [
        {"closed_on": date(2020, 1, 1)},
        {"opened_on": date(2020, 1, 2), "closed_on": date(2020, 1, 1), "closed_reason": "closed"},
        {"latitude": 1.0},
        {"travel_km": 3.0},
        {"kind": "toko"},
    ],
)
def test_the_database_holds_what_must_hold(places, broken):
    row = facility()
    with pytest.raises(IntegrityError), transaction.atomic():
        Facility.objects.filter(pk=row.pk).update(**broken)


def reads(*many):
    return [rules.Read(line, one, one.name) for line, one in enumerate(many, start=2)]


def test_a_file_is_applied_in_one_go_and_the_same_again_changes_nothing(places):
    known = facility(address="lama")
    sent = reads(facts(address="baru"), facts(kind="water", name="Sumur Bor"), facts(name="posyandu melati"))
    sent.append(rules.Read(9, None, "x", "Jenis", None))
    done = actions.apply_facilities(by=BY, at=AT, village=HERE, reads=sent)
    assert [one.outcome.value for one in done] == ["changed", "new", "refused", "refused"]
    assert "baris sebelumnya" in str(done[2].read.said)
    assert known.pk == done[0].facility.pk
    assert Facility.objects.get(kind="posyandu").address == "baru"
    again = actions.apply_facilities(by=BY, at=AT, village=HERE, reads=sent[:2])
    assert [one.outcome.value for one in again] == ["same", "same"]
    assert Facility.objects.count() == 2
    assert last().detail == {"new": 0, "changed": 0, "same": 2, "refused": 0}


def test_a_file_is_for_a_village_of_ones_own(places):
    with pytest.raises(NotAllowed):
        actions.apply_facilities(by=register.actor("village_editor", FAR), at=AT, village=HERE, reads=[])
