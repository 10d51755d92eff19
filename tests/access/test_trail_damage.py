"""Somebody with the database in hand: whatever is altered, deleted, swapped, put in or cut off is found (T24)."""

import random

import pytest
from django.db import transaction

from balai.access.actions import forget_changes, seal
from balai.access.models import AuditChain, AuditChange, AuditEntry, AuditSubject, verify
from balai.access.rules import operator
from balai.access.rules.chain import Damage
from tests.access.trails import AT, FAMILIES, MAJENE, NATIONAL, entry, many, run, several

pytestmark = pytest.mark.django_db
MANY = 10_000


def found(**asked):
    return [(fault.shard, fault.number, fault.damage) for fault in verify(**asked).faults]


COLUMNS = {
    "at": "2020-01-01 00:00:00+00:00", "by": "account:other", "hat": "nation", "deed": "other", "region": "76.05",
    "subject": "other", "matters": "", "detail": '{"a":1}', "kept": "0" * 64, "hash": "0" * 64,
    "device": "00000000000000000000000000000001",
}  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_guarded(column):
    several(5)
    run(f'UPDATE access_auditentry SET "{column}" = %s WHERE number = 3', COLUMNS[column])
    assert found() == [(MAJENE, 3, Damage.ALTERED)]


@pytest.mark.parametrize(("column", "value"), [("shard", "99.99"), ("number", 77)])
def test_an_entry_cannot_leave_its_place(column, value):
    several(5)
    run(f'UPDATE access_auditentry SET "{column}" = %s WHERE number = 3', value)
    assert (MAJENE, 3, Damage.MISSING) in found()


def test_the_families_an_entry_names_are_guarded():
    several(5)
    AuditSubject.objects.filter(entry__number=2).delete()
    assert found() == [(MAJENE, 2, Damage.ALTERED)]


def test_a_family_cannot_be_added_to_an_entry():
    several(5)
    AuditSubject.objects.create(entry=AuditEntry.objects.get(number=2), subject=FAMILIES[8])
    assert found() == [(MAJENE, 2, Damage.ALTERED)]


@pytest.mark.parametrize(
    "harm",
    [
        lambda rows: rows.update(values={"address": ["Jalan A", "Jalan Z"]}),
        lambda rows: rows.update(why="lain"),
        lambda rows: rows.delete(),
    ],
)
def test_what_may_be_erased_is_guarded_too(harm):
    several(5)
    harm(AuditChange.objects.filter(entry__number=4))
    assert found() == [(MAJENE, 4, Damage.VALUES)]


def test_values_cannot_be_put_into_an_entry_that_had_none():
    several(5)
    AuditChange.objects.create(entry=AuditEntry.objects.get(number=2), values={"name": ["a", "b"]})
    assert found() == [(MAJENE, 2, Damage.VALUES)]


def test_values_cannot_be_erased_without_an_erasure():
    several(5)
    forget_changes(by=operator("test"), at=AT, subjects=FAMILIES[:1], region=MAJENE)
    told = AuditEntry.objects.latest("pk")
    AuditChange.objects.filter(entry__number=4).update(values={}, salt=None, why="", forgotten=told)
    assert found() == [(MAJENE, 4, Damage.FORGETTING)]
    AuditChange.objects.filter(entry__number=4).update(forgotten=AuditEntry.objects.get(number=2))
    assert found() == [(MAJENE, 4, Damage.FORGETTING)]


def test_what_a_deleted_entry_leaves_behind_is_not_taken_for_another_s():
    several(5)
    run("DELETE FROM access_auditentry WHERE number = 2")
    assert found() == [(MAJENE, 2, Damage.MISSING)]
    assert verify().entries == 4
    run("DELETE FROM access_auditsubject WHERE entry_id NOT IN (SELECT id FROM access_auditentry)")


def test_two_entries_cannot_change_places():
    several(5)
    run("UPDATE access_auditentry SET number = 100 WHERE number = 2")
    run("UPDATE access_auditentry SET number = 2 WHERE number = 3")
    run("UPDATE access_auditentry SET number = 3 WHERE number = 100")
    assert found() == [(MAJENE, 2, Damage.MISSING)]


def test_an_entry_put_in_is_found():
    several(5)
    AuditEntry.objects.create(shard=MAJENE, number=6, hash="0" * 64, at=AT, by="x", hat="", deed="d", subject="s")
    AuditChain.objects.update(number=6)
    assert found() == [(MAJENE, 6, Damage.ALTERED)]


def cut(number):
    AuditSubject.objects.filter(entry__number__gt=number).delete()
    AuditChange.objects.filter(entry__number__gt=number).delete()
    AuditEntry.objects.filter(number__gt=number).delete()


def test_a_tail_cut_off_is_found_by_the_head():
    several(5)
    cut(3)
    assert found() == [(MAJENE, 4, Damage.CUT)]


def test_a_tail_cut_off_with_its_head_is_found_by_a_seal_kept_elsewhere():
    several(5)
    sealed = seal(by=NATIONAL, at=AT)
    cut(3)
    AuditChain.objects.filter(shard=MAJENE).update(number=3, hash=AuditEntry.objects.get(number=3).hash)
    assert found() == []
    assert found(seals=[sealed]) == [(MAJENE, 4, Damage.CUT)]
    assert found(seals=[sealed], shard="16.05") == []


def test_a_chain_removed_altogether_is_found_by_a_seal():
    several(2)
    sealed = seal(by=NATIONAL, at=AT)
    cut(0)
    AuditChain.objects.all().delete()
    assert found(seals=[sealed]) == [(MAJENE, 1, Damage.CUT)]


def test_a_chain_written_anew_is_found_by_a_seal():
    several(5)
    sealed = seal(by=NATIONAL, at=AT)
    cut(0)
    AuditChain.objects.all().delete()
    for number in range(5):
        entry(number, deed="other")
    assert found() == []
    assert found(seals=[sealed]) == [(MAJENE, 5, Damage.SEAL)]


def test_a_chain_without_its_head_is_found():
    several(2)
    AuditChain.objects.all().delete()
    assert found() == [(MAJENE, 2, Damage.HEAD)]


def test_one_kabupaten_can_be_checked_alone():
    several(4)
    several(4, region="16.05.01.2002")
    run("UPDATE access_auditentry SET subject = 'other' WHERE number = 3")
    assert found(shard="16.05") == [("16.05", 3, Damage.ALTERED)]
    assert verify(shard="16.05").entries == 4
    assert [one[0] for one in found()] == [MAJENE, "16.05"]


def test_among_many_thousand_entries_every_harm_is_found():
    """How long it takes for a hundred thousand stands in docs/benchmarks.md."""
    many(MANY)
    checked = verify()
    assert (checked.entries, checked.chains, checked.faults) == (MANY, 3, [])
    rng = random.Random(3)
    for harm in (altered, deleted, swapped, tail):
        at = rng.randint(100, MANY * 3 // 10)
        before = transaction.savepoint()
        shard = harm(at)
        faults = verify().faults
        transaction.savepoint_rollback(before)
        assert [(fault.shard, fault.number) for fault in faults] == [(shard, at)], harm


def altered(at):
    run("UPDATE access_auditentry SET detail = %s WHERE shard = %s AND number = %s", '{"rows":99}', MAJENE, at)
    return MAJENE


def deleted(at):
    row = AuditEntry.objects.get(shard="16.05", number=at)
    AuditSubject.objects.filter(entry=row).delete()
    run("DELETE FROM access_auditentry WHERE id = %s", row.pk)
    return "16.05"


def swapped(at):
    for before, after in ((at, 999_999), (at + 1, at), (999_999, at + 1)):
        run("UPDATE access_auditentry SET number = %s WHERE shard = '' AND number = %s", after, before)
    return ""


def tail(at):
    last = AuditChain.objects.get(shard=MAJENE).number
    assert at < last
    gone = AuditEntry.objects.filter(shard=MAJENE, number__gte=at)
    AuditSubject.objects.filter(entry__in=gone).delete()
    gone.delete()
    return MAJENE
