"""Ending entries after their term: the rest stays whole, and whoever ends more than that is found (docs/adr/0021)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from balai.access.actions import end_entries, forget_changes, seal
from balai.access.models import AuditChain, AuditChange, AuditEntry, AuditSubject, verify
from balai.access.rules import operator, trail
from balai.access.rules.chain import Damage
from balai.access.rules.cutting import DELETIONS, LEAST_KEPT, lent
from balai.base.errors import NotAllowed, Refused
from tests.access.trails import AUDITOR, CADRE, FAMILIES, MAJENE, NATIONAL, apart, entry, run

pytestmark = pytest.mark.django_db
only_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no roles")
OLD, NOW = datetime(2019, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
TERM = NOW - LEAST_KEPT
BY = operator("test")
RAWAS = "16.05.01.2002"


def told(old, new, region="76.05.03.2024"):
    """So many entries from before the term and after it, each about a family, every second with a change."""
    for number in range(old + new):
        entry(
            number, region=region, subjects=[FAMILIES[number % 9]], why="alasan" if number % 2 else "",
            at=(OLD if number < old else NOW - timedelta(days=9)) + timedelta(minutes=number),
        )  # fmt: skip


def end(before=TERM, at=NOW):
    done = end_entries(by=BY, at=at, before=before)
    apart()
    return done


def found(**asked):
    return [(fault.shard, fault.number, fault.damage) for fault in verify(**asked).faults]


def test_what_is_past_its_term_goes_with_all_that_hangs_on_it_and_the_rest_stays_whole():
    told(4, 3)
    told(2, 1, RAWAS)
    assert end() == 6
    assert list(AuditEntry.objects.filter(shard=MAJENE).values_list("number", flat=True)) == [5, 6, 7]
    assert AuditSubject.objects.count() == 4
    assert AuditChange.objects.count() == 1
    assert found() == []
    entry(region="76.05.03.2024", at=NOW)
    assert found() == []
    assert found(shard=MAJENE) == []


def test_the_ending_is_itself_in_the_trail():
    told(4, 3)
    end()
    ending = AuditEntry.objects.get(deed=trail.CUT)
    assert (ending.by, ending.at) == (BY.name, NOW)
    assert ending.detail == {"before": TERM.isoformat(), "chains": 1, "entries": 4}
    assert ending.subject == trail.root({MAJENE: (4, AuditChain.objects.get(shard=MAJENE).cut_hash)})


def test_where_nothing_is_due_nothing_is_told():
    told(0, 3)
    assert end() == 0
    told(2, 0)  # behind newer ones: an ending leaves no gap
    assert end() == 0
    assert not AuditEntry.objects.filter(deed=trail.CUT).exists()
    assert found() == []


def test_a_chain_may_end_whole_and_go_on():
    told(3, 0)
    assert end() == 3
    assert found() == []
    entry(at=NOW)
    assert AuditEntry.objects.get(shard=MAJENE).number == 4
    assert found() == []


def test_what_was_ended_may_be_ended_further_later():
    told(4, 1)
    assert end(before=OLD + timedelta(minutes=1)) == 1
    assert found() == []
    assert end() == 3
    assert end() == 0
    assert found() == []
    assert AuditEntry.objects.filter(deed=trail.CUT).count() == 2


def test_no_entry_goes_before_five_years_whatever_is_asked():
    told(2, 3)
    assert end(before=NOW) == 2


def test_erased_values_are_explained_after_their_erasure_is_ended():
    told(2, 0)
    forget_changes(by=BY, at=OLD + timedelta(days=1), subjects=FAMILIES, region=MAJENE)
    apart()
    told(0, 2)
    assert end() == 3
    assert found() == []


@pytest.mark.parametrize("by", [AUDITOR, CADRE], ids=["in one kabupaten", "without the permission"])
def test_only_who_may_decide_on_rights_everywhere_ends_entries(by):
    with pytest.raises(NotAllowed):
        end_entries(by=by, at=NOW, before=TERM)


def test_a_damaged_beginning_is_not_ended_away():
    told(4, 1)
    for statement in DELETIONS[:2]:
        run(statement, MAJENE, 2)
    run("DELETE FROM access_auditentry WHERE number = 2")
    with pytest.raises(Refused, match="balai audit verify"), transaction.atomic():
        end()
    assert AuditEntry.objects.filter(number=1).exists()


def cut_more(number):
    """What somebody with the database in hand would do: end more, and put the checkpoint where it fits."""
    link = AuditEntry.objects.get(shard=MAJENE, number=number).hash
    for statement in DELETIONS:
        run(statement, MAJENE, number)
    AuditChain.objects.filter(shard=MAJENE).update(cut_number=number, cut_hash=link)


def ending():
    one = AuditEntry.objects.filter(deed=trail.CUT).order_by("pk").last()
    return (one.shard, one.number, Damage.ENDING) if one else ("", 0, Damage.ENDING)


def test_a_beginning_cut_off_with_a_fitting_checkpoint_is_found():
    told(4, 3)
    cut_more(5)
    assert found() == [ending()]


def test_more_cut_off_than_was_told_is_found():
    told(4, 3)
    end()
    cut_more(6)
    assert found() == [ending()]


@pytest.mark.parametrize(
    ("harm", "damages"),
    [
        ({"cut_hash": "0" * 64}, {Damage.ALTERED, Damage.ENDING}),
        ({"cut_number": 3}, {Damage.MISSING, Damage.ENDING}),
        ({"cut_number": 6}, {Damage.MISPLACED, Damage.ENDING}),
        ({"cut_number": 0, "cut_hash": ""}, {Damage.MISSING, Damage.ENDING}),
    ],
)
def test_a_checkpoint_that_was_altered_is_found(harm, damages):
    told(4, 3)
    end()
    AuditChain.objects.filter(shard=MAJENE).update(**harm)
    assert {damage for _shard, _number, damage in found()} == damages


def test_the_head_of_a_chain_that_ended_whole_is_guarded():
    told(3, 0)
    end()
    AuditChain.objects.filter(shard=MAJENE).update(hash="0" * 64)
    assert found() == [(MAJENE, 3, Damage.HEAD)]


def test_an_ending_told_again_to_hide_a_larger_one_is_found():
    told(4, 3)
    end()
    cut_more(6)
    root = trail.root(AuditChain.objects.cuts())
    entry(region="", deed=trail.CUT, subject=root, at=NOW, detail={"before": NOW.isoformat()})
    assert found() == [ending()]


def test_a_seal_kept_outside_shows_what_was_ended_too_early():
    told(4, 3)
    sealed = seal(by=NATIONAL, at=NOW - timedelta(days=8))
    apart()
    end()
    assert found(seals=[sealed]) == []
    entry(at=NOW)
    cut_more(8)
    entry(region="", deed=trail.CUT, subject=trail.root(AuditChain.objects.cuts()), at=NOW,
          detail={"before": TERM.isoformat()})  # fmt: skip
    assert found() == []
    assert found(seals=[sealed]) == [(MAJENE, 7, Damage.SEAL)]


def test_a_seal_at_the_place_of_the_ending_is_compared():
    told(4, 0)
    sealed = seal(by=NATIONAL, at=OLD + timedelta(days=1))
    apart()
    told(0, 2)
    end()
    assert found(seals=[sealed]) == []
    other = {**sealed, "heads": {MAJENE: (4, "0" * 64)}}
    assert found(seals=[other]) == [(MAJENE, 4, Damage.SEAL)]


def test_the_function_of_the_owner_is_pinned_to_its_schema_and_lent_to_the_app_alone():
    made, closed, opened = lent('a"b', "balai_app")
    assert made.startswith('CREATE OR REPLACE FUNCTION "a""b".access_end_entries(text, bigint) RETURNS bigint')
    assert 'SECURITY DEFINER SET search_path = "a""b", pg_temp AS' in made
    assert made.count("shard = $1 AND number <= $2 AND \"at\" < now() - interval '1826 days'") == 3
    assert closed == 'REVOKE ALL ON FUNCTION "a""b".access_end_entries(text, bigint) FROM PUBLIC'
    assert opened == 'GRANT EXECUTE ON FUNCTION "a""b".access_end_entries(text, bigint) TO balai_app'


@only_postgres
def test_the_role_of_the_app_ends_only_what_is_past_its_term(as_app):
    told(2, 2)
    with as_app():
        with pytest.raises(DatabaseError), transaction.atomic():
            run("DELETE FROM access_auditentry")
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_end_entries(%s, 4)", [MAJENE])
            assert cursor.fetchone() == (2,)
    assert AuditEntry.objects.count() == 2


@only_postgres
def test_the_app_ends_entries_in_its_own_role(as_app):
    told(2, 2)
    with as_app():
        assert end() == 2
    assert found() == []


@only_postgres
def test_what_the_clock_of_the_server_calls_young_is_not_ended():
    told(0, 3)
    with pytest.raises(Refused, match="belum lewat masa simpan"), transaction.atomic():
        end(before=NOW, at=NOW + LEAST_KEPT)
    assert AuditEntry.objects.count() == 3
