"""`balai privacy`: what an operator runs every day, and after a restore."""

from datetime import date

import pytest
from click.testing import CliRunner

from balai.access.models import acting, unscoped
from balai.families.models import Family, Person
from balai.privacy import actions
from balai.privacy.commands.privacy import command
from balai.privacy.models import Erased, Ledger
from tests.families import register
from tests.privacy import planted

LONG = "alasan yang cukup panjang"


@pytest.fixture
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "buku" / "erased.jsonl"
    return Ledger(settings.ERASURE_LEDGER)


def run(*words):
    done = CliRunner().invoke(command, words, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.fixture
def gone(places):
    """A family that left so long ago that it is due in every year in which this test runs."""
    family, _person = planted.family()
    with acting(register.BY):
        Family.objects.filter(pk=family.pk).update(left_on=date(2018, 1, 1), left_reason="moved_away")
    return family


def test_a_dry_run_tells_what_is_due_and_ends_nothing(gone, ledger):
    told = run("retain", "--dry-run")
    assert "Keluarga: 1 baris lewat masa simpan" in told
    assert "0 diakhiri" in told
    assert "Percobaan saja" in told
    with unscoped("uji"):
        assert Family.objects.exists()
    assert ledger.rows() == []


def test_what_is_due_is_ended_counted_and_in_the_ledger(gone, ledger):
    told = run("retain")
    assert "Percobaan saja" not in told
    assert "1 diakhiri" in told
    with unscoped("uji"):
        assert not Person.objects.exists()
    assert {row.digest for row in ledger.rows()} == set(Erased.objects.values_list("digest", flat=True))
    assert len(ledger.rows()) == 2


def test_a_replay_reads_the_file_and_says_how_many(places, ledger):
    _family, person = planted.family()
    with acting(register.BY):
        actions.erase_person(by=register.BY, at=register.AT, person=person, request=None, reason=LONG)
    ledger.add(Erased.objects.all())
    Erased.objects.all().delete()
    assert "0 orang dihapus lagi" in run("replay")
    assert Erased.objects.count() == 1


def test_a_replay_writes_what_the_file_lacks(places, ledger):
    _family, person = planted.family()
    with acting(register.BY):
        actions.erase_person(by=register.BY, at=register.AT, person=person, request=None, reason=LONG)
    run("replay")
    assert len(ledger.rows()) == 1
