"""Verifying, one and many; sending back; taking a decision back."""

from datetime import timedelta

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.quality import actions
from balai.quality.models import Verification
from balai.quality.rules import AT_ONCE, BY_HAND, State
from tests.families import register
from tests.families.register import AT, BESIDE, BY, FAR, HERE, KECAMATAN, OTHER_KECAMATAN, RT1
from tests.quality import records
from tests.quality.records import NEXT, state

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=8)


def of(row):
    with acting(BY):
        return list(Verification.objects.filter(family=row).newest_first())


def seen(*rows):
    return {row.pk: records.now(row).entry for row in rows}


def test_a_record_is_verified_by_who_did_not_write_it(places):
    row = records.family()
    assert state(row) is State.DRAFT
    by = records.officer()
    done = records.verified(row, by)
    assert state(row) is State.VERIFIED
    assert (done.village, done.region, done.year, done.decided_by) == (HERE, HERE, None, by.name)
    assert done.entry == AuditEntry.objects.get(deed="family.add").pk
    entry = AuditEntry.objects.get(deed="quality.verify")
    assert (entry.subject, entry.region, entry.detail) == (str(row.pk), HERE, {"families": 1})
    assert list(entry.touched.values_list("subject", flat=True)) == [row.pk]


@pytest.mark.parametrize("deed", ["entered", "answered", "corrected"])
def test_who_wrote_may_not_verify(places, deed):
    by = records.officer()
    row = records.family(by=by) if deed == "entered" else records.family()
    if deed == "answered":
        records.visited(row, by=by)
    if deed == "corrected":
        records.corrected(row, by=by)
    with pytest.raises(Refused, match="Anda tulis sendiri"):
        records.verified(row, by)
    assert records.verified(row, records.officer()).decided_at == AT
    assert state(row) is State.VERIFIED


def test_what_was_verified_by_another_since_is_no_longer_ones_own(places):
    by = records.officer()
    row = records.family(by=by)
    records.verified(row)
    records.corrected(row, by=BY)
    assert records.verified(row, by, at=LATER).decided_by == by.name


def test_a_file_that_an_officer_brought_is_data_of_others():
    assert {"family.load", "survey.load", "survey.draft", "family.view", "person.report"}.isdisjoint(BY_HAND)
    assert {"family.add", "family.correct", "person.add", "survey.answer", "event.birth"} <= BY_HAND


def test_only_an_officer_of_the_place_verifies(places):
    row = records.family()
    for by in (register.actor("cadre", HERE), register.actor("village_editor", HERE)):
        with pytest.raises(NotAllowed):
            records.verified(row, by)
    with acting(records.officer(OTHER_KECAMATAN)) as by, pytest.raises(NotAllowed):
        actions.verify(by=by, at=AT, family=row, entry=0)
    assert of(row) == []


def test_nothing_is_decided_about_what_has_changed_since_it_was_seen(places, officer):
    row = records.family()
    before = seen(row)[row.pk]
    records.corrected(row)
    for decide in (actions.verify, lambda **told: actions.send_back(**told, reason="Alamatnya lain.")):
        with pytest.raises(Refused, match="berubah sejak Anda membukanya"):
            decide(by=officer, at=AT, family=row, entry=before)
    assert of(row) == []


def test_what_is_verified_or_with_the_cadre_is_not_verified_once_more(places):
    row, other = records.family(), records.family(name="Ani")
    records.verified(row)
    records.sent_back(other)
    with pytest.raises(Refused, match="sudah sah"):
        records.verified(row)
    with pytest.raises(Refused, match="belum diperbaiki"):
        records.verified(other)
    with pytest.raises(Refused, match="belum diperbaiki"):
        records.sent_back(other)


def test_a_family_that_left_and_one_that_is_restricted_are_not_decided_about(places, officer):
    left, hidden = records.family(), records.family(name="Ani")
    register.left(left, by=officer)
    hidden.people.update(restricted_at=AT, restricted_by="uji")
    with pytest.raises(Refused, match="sudah tidak tinggal di sini"):
        actions.verify(by=officer, at=AT, family=left, entry=0)
    with pytest.raises(Refused, match="dibatasi"):
        actions.verify(by=officer, at=AT, family=hidden, entry=0)
    done = actions.verify_many(by=officer, at=AT, families={left.pk: 0, hidden.pk: 0}, confirmed=2)
    assert done.families == ()
    assert {key: str(said) for key, said in done.left} == dict.fromkeys(
        (left.pk, hidden.pk), "Keluarga ini tidak tinggal di sini lagi."
    )


@pytest.mark.parametrize("reason", ["", "abc", "  \n ", "x" * 301])
def test_a_reason_must_say_something(places, reason):
    with pytest.raises(NotValid, match="5 sampai 300"):
        records.sent_back(records.family(), reason=reason)


def test_what_was_sent_back_waits_again_once_it_is_written(places):
    row = records.family()
    records.verified(row)
    done = records.sent_back(row, at=NEXT, reason=" Tanggal  lahir\nkeliru. ")
    assert done.reason == "Tanggal lahir keliru."
    assert AuditEntry.objects.get(deed="quality.send_back").change.why == "Tanggal lahir keliru."
    assert state(row) is State.SENT_BACK
    records.corrected(row, at=NEXT)
    assert state(row) is State.FIXED
    records.verified(row, at=LATER)
    assert [(one.outcome, one.until_at) for one in of(row)] == [
        ("verified", None), ("sent_back", LATER), ("verified", NEXT),
    ]  # fmt: skip


def test_a_list_is_verified_with_one_entry_a_village(places, officer):
    rows = [records.family(RT1), records.family(name="Ani"), records.family(BESIDE)]
    own = records.family(name="Sendiri", by=officer)
    far = records.family(FAR)
    changed = records.family(name="Berubah")
    told = seen(*rows, own, far, changed)
    records.corrected(changed)
    done = actions.verify_many(by=officer, at=NEXT, families=told, confirmed=6)
    assert set(done.families) == {row.pk for row in rows}
    assert {key: str(said).split(".")[0] for key, said in done.left} == {
        own.pk: "Data ini Anda tulis sendiri sejak pengesahan terakhir; petugas lain yang mengesahkannya",
        far.pk: "Keluarga ini tidak tinggal di sini lagi",
        changed.pk: "Data keluarga ini berubah sejak Anda membukanya",
    }
    entries = AuditEntry.objects.filter(deed="quality.verify").order_by("region")
    assert [(entry.region, entry.detail["families"]) for entry in entries] == [(HERE, 2), (BESIDE, 1)]
    assert all(state(row) is State.VERIFIED for row in rows)


def test_the_number_must_be_that_of_the_boxes(places, officer):
    row = records.family()
    with pytest.raises(NotValid, match="menandai 1 keluarga, tetapi mengetik 2"):
        actions.verify_many(by=officer, at=AT, families={row.pk: 0}, confirmed=2)
    with pytest.raises(NotValid, match="Tandai dahulu"):
        actions.verify_many(by=officer, at=AT, families={}, confirmed=0)
    with pytest.raises(NotValid, match="Paling banyak 200"):
        actions.verify_many(by=officer, at=AT, families=dict.fromkeys(range(AT_ONCE + 1), 0), confirmed=AT_ONCE + 1)
    assert state(row) is State.DRAFT


def test_who_may_not_verify_there_verifies_no_list(places):
    row = records.family()
    with acting(register.actor("cadre", HERE)) as by, pytest.raises(NotAllowed):
        actions.verify_many(by=by, at=AT, families={row.pk: 0}, confirmed=1)
    assert state(row) is State.DRAFT


def test_a_decision_is_taken_back_and_the_one_before_stands_again(places):
    row, by = records.family(), records.officer()
    records.verified(row, by)
    records.sent_back(row, by, at=NEXT)
    with acting(by):
        assert actions.undo(by=by, at=NEXT, families=[row.pk]) == 1
    assert state(row) is State.VERIFIED
    with acting(by):
        actions.undo(by=by, at=NEXT, families=[row.pk])
    assert state(row) is State.DRAFT
    assert all((one.undone_at, one.undone_by, one.until_at) == (NEXT, by.name, NEXT) for one in of(row))
    with acting(by), pytest.raises(Refused, match="Tidak ada keputusan Anda"):
        actions.undo(by=by, at=NEXT, families=[row.pk])
    assert AuditEntry.objects.filter(deed="quality.undo", region=HERE).count() == 2


@pytest.mark.parametrize("why", ["another's", "late", "far"])
def test_only_an_own_decision_of_the_week_is_taken_back(places, why):
    row, by = records.family(), records.officer()
    records.verified(row, by)
    if why == "another's":
        by = records.officer()
    if why == "far":
        by = register.actor("field_officer", OTHER_KECAMATAN, account=by.account)
    with acting(by), pytest.raises(Refused, match="Tidak ada keputusan Anda"):
        actions.undo(by=by, at=LATER if why == "late" else NEXT, families=[row.pk])
    assert state(row) is State.VERIFIED


def test_who_may_no_longer_verify_takes_nothing_back(places):
    row, by = records.family(), records.officer()
    records.verified(row, by)
    with acting(register.actor("cadre", HERE, account=by.account)) as cadre, pytest.raises(NotAllowed):
        actions.undo(by=cadre, at=NEXT, families=[row.pk])
    assert state(row) is State.VERIFIED


def test_the_wall_lets_no_cadre_write_a_decision(places, as_app):
    row = records.family()
    with acting(register.actor("cadre", KECAMATAN)), as_app(), pytest.raises(NotAllowed):
        Verification.objects.create(
            family=row, region=HERE, village=HERE, outcome="verified", entry=0, decided_at=AT, decided_by="uji"
        )
