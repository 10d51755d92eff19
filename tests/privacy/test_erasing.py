"""Erased is gone: from every column of every table, and again after a backup from before was restored."""

import sqlite3
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction

from balai.access.actions import record
from balai.access.models import AuditEntry, acting, unscoped, verify
from balai.accounts.models import Assignment
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import Family, IdentityNumber, Person
from balai.privacy import actions
from balai.privacy.models import Applicant, Erased, Ledger, Request, Subject, digest
from balai.privacy.rules import catalogue
from tests.families import register
from tests.privacy import planted

AT = register.AT
LONG = "alasan yang cukup panjang"


def erase(person, by=register.BY):
    with acting(by):
        return actions.erase_person(by=by, at=AT, person=person, request=None, reason=LONG)


def person_of(subject):
    with unscoped("uji"):
        return Person.objects.get(pk=subject.person)


def left(secrets):
    """Which of the secrets still stand somewhere in the database."""
    there = planted.dump()
    return sorted(one for one in secrets if one in there)


def own_secrets(canaries):
    return planted.secrets(planted.personal(canaries, catalogue().tables))


@pytest.mark.parametrize("alone", [True, False])
def test_nothing_of_the_person_stands_in_any_column_of_any_table(places, alone):
    subject, canaries = planted.everywhere(alone=alone)
    tables = catalogue().tables
    shared = {"families.family", "accounts.assignment"} if not alone else set()
    secrets = own_secrets({where: one for where, one in canaries.items() if where[0] not in shared})
    person = person_of(subject)
    assert left({*secrets, planted.NAME}) == sorted({*secrets, planted.NAME})
    with unscoped("uji"):
        blind = IdentityNumber.objects.get(person=person).blind
    counts = erase(person)
    assert left({*secrets, planted.NAME, blind, planted.NIK}) == []
    assert set(counts) >= {"families.person", "families.identitynumber", "privacy.applicant", "access.auditchange"}
    assert all(tables[key].leads_to_a_person for key in counts)
    with unscoped("uji"):
        assert Family.objects.filter(pk=subject.family).exists() is not alone
        assert Assignment.objects.filter(family=subject.family).exists() is not alone


def test_the_others_of_the_family_keep_everything(places):
    family, person = planted.family()
    with acting(register.BY):
        child = family.people.get(relation=3)
        child.mother = person
        child.save(update_fields=["mother"])
    erase(person)
    with acting(register.BY):
        assert (family.people.get().name, family.people.get().mother) == ("Dimas Prasetyo", None)
        assert IdentityNumber.objects.get(family=family).number == planted.KK
        assert Family.objects.get(pk=family.pk).address == "Jalan Melati 4"


def test_figures_and_the_trail_stay_and_the_chain_stays_whole(places):
    _family, person = planted.family()
    before = AuditEntry.objects.count()
    erase(person)
    assert AuditEntry.objects.count() > before
    assert AuditEntry.objects.filter(deed="person.erase").get().touched.count() == 0
    assert verify().faults == []


def test_requests_of_the_person_stay_for_the_count_without_the_person(officer, colleague):
    person = register.head_of(register.family())
    old = actions.receive_request(by=officer, at=AT, person=person, kind="access", proof="known", note="rahasia")
    actions.refuse_request(by=officer, at=AT, request=old, reason="Zubaidah bukan pemiliknya")
    new = actions.receive_request(by=officer, at=AT, person=person, kind="erasure", proof="known")
    with acting(colleague):
        actions.grant_request(by=colleague, at=AT, request=new, reason=LONG)
    assert list(Request.objects.values_list("person", "family", "decided_reason")) == [(None, None, "")] * 2
    assert not Applicant.objects.exists()
    assert Erased.objects.get().request == new.pk


def test_erasing_needs_the_right_the_place_and_a_reason(officer, places):
    person = register.head_of(register.family())
    cadre = register.actor("cadre", register.HERE)
    with acting(cadre), pytest.raises(NotAllowed):
        actions.erase_person(by=cadre, at=AT, person=person, request=None, reason=LONG)
    far = register.actor("field_officer", register.OTHER_KECAMATAN)
    with acting(far), pytest.raises(NotAllowed):
        actions.erase_person(by=far, at=AT, person=person, request=None, reason=LONG)
    with pytest.raises(NotValid):
        actions.erase_person(by=officer, at=AT, person=person, request=None, reason="ya")
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_hash_in_the_ledger_tells_nobody_who_it_was(places):
    _family, person = planted.family()
    erase(person)
    assert str(person.pk) not in digest(person.pk)
    assert digest(person.pk) == Erased.objects.get().digest != digest(uuid4())


def test_the_file_of_the_ledger_only_grows_and_is_private(places, tmp_path):
    ledger = Ledger(tmp_path / "buku" / "erased.jsonl")
    assert ledger.rows() == []
    first = Erased(digest="a" * 64, at=AT, request=uuid4())
    second = Erased(digest="b" * 64, at=AT, request=None)
    ledger.add([first])
    ledger.add([first, second])
    ledger.add([second])
    assert [(row.digest, row.at, row.request) for row in ledger.rows()] == [
        (row.digest, row.at, row.request) for row in (first, second)
    ]
    assert ledger.path.stat().st_mode & 0o777 == 0o600
    assert len(ledger.path.read_text().splitlines()) == 2


class Backup:
    """A copy of the database: SQLite by its own backup, PostgreSQL table by table."""

    def __init__(self, path):
        self.path, self.rows = path, {}
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self._copied(connection.connection, self._other())
        else:
            with connection.cursor() as cursor:
                for name in connection.introspection.table_names(cursor):
                    cursor.execute(f'SELECT * FROM "{name}"')
                    self.rows[name] = cursor.fetchall()

    def _other(self):
        kind = type(connection.connection)
        plain = next((base for base in kind.__mro__ if base.__name__ == "Connection"), sqlite3.Connection)
        return plain(str(self.path))

    def _copied(self, source, target):
        source.backup(target)

    def restore(self):
        if connection.vendor == "sqlite":
            self._copied(self._other(), connection.connection)
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(f'{chr(34)}{name}{chr(34)}' for name in self.rows)} CASCADE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for name, rows in self.rows.items():
                if rows:
                    places = ", ".join(["%s"] * len(rows[0]))
                    cursor.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("alone", [True, False])
def test_a_restored_backup_loses_the_person_again_when_the_ledger_is_replayed(transactional_db, tmp_path, alone):
    planted_places()
    subject, canaries = planted.everywhere(alone=alone)
    shared = set() if alone else {"families.family", "accounts.assignment"}
    secrets = own_secrets({where: one for where, one in canaries.items() if where[0] not in shared})
    backup = Backup(tmp_path / "cadangan.sqlite3")
    ledger = Ledger(tmp_path / "erased.jsonl")
    erase(person_of(subject))
    ledger.add(Erased.objects.all())
    backup.restore()
    assert left(secrets) == sorted(secrets)
    assert not Erased.objects.exists()
    assert actions.replay_erasures(by=register.BY, at=AT, kept=ledger.rows()) == 1
    assert left({*secrets, planted.NAME, planted.NIK}) == []
    assert Erased.objects.get().digest == ledger.rows()[0].digest
    assert actions.replay_erasures(by=register.BY, at=AT, kept=ledger.rows()) == 0


def planted_places():
    from tests.reports import seed

    register.places(seed.places())


def test_a_replay_without_the_key_of_the_ledger_says_so(places):
    row = Erased(digest="0" * 64, at=AT)
    with pytest.raises(Refused, match="Kunci indeks 00000000 tidak ada"):
        actions.replay_erasures(by=register.BY, at=AT, kept=[row])


def test_a_replay_of_nothing_erases_nobody(places):
    planted.family()
    assert actions.replay_erasures(by=register.BY, at=AT, kept=[]) == 0
    with unscoped("uji"):
        assert Person.objects.count() == 2


def test_only_who_may_decide_everywhere_replays(officer):
    with pytest.raises(NotAllowed):
        actions.replay_erasures(by=officer, at=AT, kept=[])


ON = date(2032, 1, 1)


def kept_too_long():
    """A family that left long ago, an old request, a number shown long ago: all past their time on ON."""
    family, person = planted.family()
    with acting(register.BY):
        request = actions.receive_request(by=register.BY, at=AT, person=person, kind="access", proof="known")
        actions.refuse_request(by=register.BY, at=AT, request=request, reason=LONG)
        Family.objects.filter(pk=family.pk).update(left_on=date(2026, 1, 1), left_reason="moved_away")
    return family


def test_retention_ends_what_is_due_and_counts_it(places):
    kept_too_long()
    with acting(register.BY):
        staying = register.family(people=[register.head("Dewi")])
    ended = {one.table.key: one for one in actions.retain(by=register.BY, at=AT, on=ON)}
    assert (ended["families.family"].due, ended["families.family"].done) == (1, 1)
    assert (ended["privacy.request"].due, ended["privacy.request"].done) == (1, 1)
    assert ended["families.reveal"].due == ended["families.reveal"].done == 0
    with unscoped("uji"):
        assert list(Family.objects.all()) == [staying]
        assert [person.name for person in Person.objects.all()] == ["Dewi"]
    assert Erased.objects.count() == 2
    still_due = {one.table.key for one in actions.retain(by=register.BY, at=AT, on=ON) if one.due}
    assert still_due == {"access.auditentry"}  # not before the term, counted from AT


def test_retention_ends_the_oldest_entries_of_the_trail(places):
    for day in (date(2021, 1, 1), date(2031, 6, 1)):
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        record(by=register.BY, at=at, deed="family.list", subject="uji", region="16.05")
    at = datetime(2032, 1, 1, 3, tzinfo=UTC)
    ended = {one.table.key: one for one in actions.retain(by=register.BY, at=at, on=ON)}
    assert (ended["access.auditentry"].due, ended["access.auditentry"].done) == (1, 1)
    assert list(AuditEntry.objects.filter(deed="family.list").values_list("at__year", flat=True)) == [2031]
    assert verify().faults == []


def test_before_the_term_is_in_force_retention_ends_no_entry(places):
    record(by=register.BY, at=datetime(2019, 1, 1, tzinfo=UTC), deed="family.list", subject="uji")
    ended = {one.table.key: one for one in actions.retain(by=register.BY, at=AT, on=ON)}
    assert (ended["access.auditentry"].due, ended["access.auditentry"].done) == (1, 0)


def test_a_dry_run_counts_and_ends_nothing(places):
    kept_too_long()
    ended = {one.table.key: one for one in actions.retain(by=register.BY, at=AT, on=ON, dry_run=True)}
    assert (ended["families.family"].due, ended["families.family"].done) == (1, 0)
    with unscoped("uji"):
        assert (Family.objects.count(), Request.objects.count()) == (1, 1)


def test_a_family_without_anybody_left_goes_too(places):
    family, person = planted.family(alone=True)
    with unscoped("uji"):
        Person.objects.filter(pk=person.pk).delete()
        Family.objects.filter(pk=family.pk).update(left_on=date(2026, 1, 1), left_reason="dissolved")
    actions.retain(by=register.BY, at=AT, on=ON)
    with unscoped("uji"):
        assert not Family.objects.exists()
        assert not IdentityNumber.objects.exists()


def test_nothing_is_due_before_its_time(places):
    kept_too_long()
    assert {one.due for one in actions.retain(by=register.BY, at=AT, on=date(2026, 12, 1))} == {0}


def test_only_who_may_decide_everywhere_ends_data(officer):
    with pytest.raises(NotAllowed):
        actions.retain(by=officer, at=AT, on=ON)


def test_tables_that_are_only_emptied_keep_their_rows(officer, monkeypatch):
    """No table of today is emptied by the clock; the way is there for the first that is."""
    from balai.privacy.actions import keeping

    person = register.head_of(register.family())
    request = actions.receive_request(by=officer, at=AT, person=person, kind="access", proof="known")
    actions.refuse_request(by=officer, at=AT, request=request, reason=LONG)
    table = catalogue().tables["privacy.request"]
    with unscoped("uji"):
        which = keeping._older(table, date(2030, 1, 1))
        assert keeping.ENDS["blank"](table, which, by=officer, at=AT) == 1
        assert keeping.ENDS["blank"](table, which, by=officer, at=AT) == 0
    assert Request.objects.get().decided_reason == ""


def test_requests_follow_the_person_to_the_new_place(officer, places):
    family, person = planted.family()
    old = actions.receive_request(by=officer, at=AT, person=person, kind="access", proof="known", note="catatan")
    actions.receive_request(by=officer, at=AT, person=register.head_of(register.family()), kind="access", proof="known")
    elsewhere = next(code for code in places if code.startswith(register.OTHER_KECAMATAN))
    register.moved(family, elsewhere)
    with acting(register.BY):
        assert actions.follow_persons(by=register.BY, at=AT) == 1
        assert actions.follow_persons(by=register.BY, at=AT) == 0
        assert Request.objects.get(pk=old.pk).region == Applicant.objects.get(pk=old.pk).region == elsewhere
    assert not Request.objects.filter(pk=old.pk).exists()
    erase(person_of(Subject(person.pk, family.pk)))
    assert actions.follow_persons(by=register.BY, at=AT) == 0
