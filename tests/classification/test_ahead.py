"""A run over several provinces: two processes do what one does."""

import subprocess
from datetime import date

import pytest
from django.db import connection, transaction

from balai.access.models import AuditEntry
from balai.classification.actions import ahead, classify_months
from balai.classification.models import Edition, Outcome, Run
from balai.regions.models import Place
from balai.regions.rules import Level
from tests.classification.conftest import VILLAGE
from tests.classification.test_classifying import full

MONTHS = ["2025-10", "2025-11"]
FARTHER = "73.01.01.2001"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nation(world):
    """Provinces 11, 16, 73 and 76: the second process reads the last two."""
    world.answer(full(world), "pokja_trained", 0, date(2025, 11, 1))
    for code, level in (("11", Level.PROVINCE), ("73", Level.PROVINCE), (FARTHER, Level.VILLAGE)):
        Place.objects.create(code=code, level=level, kind="x", name=code, search_name=code, source="test")
    world.kampung(FARTHER, earliest=None, latest=None)
    world.figures(FARTHER, couples=-1, unmet=7)
    world.figures("11.01.01.2001", users=12)
    return world


@pytest.fixture
def started(monkeypatch):
    """The second processes that were started."""
    found = []

    class Noted(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            found.append(self)

    monkeypatch.setattr(ahead.subprocess, "Popen", Noted)
    return found


def outcomes():
    return list(
        Outcome.objects.order_by("edition__period", "code").values_list(
            "edition__period", "code", "village_class", "class_low", "class_high", "input_index", "process_index",
            "output_index", "scores", "reasons", "inputs", "formed", "superseded",
        )
    )  # fmt: skip


def test_two_processes_store_what_one_stores(nation, by, at, started):
    def run():
        return [(r.villages, r.changed) for r in classify_months(by=by, at=at, periods=MONTHS, rules="balai-2026")]

    counts, stored = run(), outcomes()
    assert [second.returncode for second in started] == [0]
    assert counts == [(2, 2), (3, 3)]
    assert {code for _month, code, *_rest in stored} == {VILLAGE, FARTHER, "11.01.01.2001"}
    Outcome.objects.all().delete()
    with transaction.atomic():
        assert run() == counts
    assert outcomes() == stored
    assert len(started) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a journal of SQLite")
def test_without_the_write_ahead_log_one_process_does_all(nation, by, at, started):
    def keep(journal):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA journal_mode={journal}")

    keep("DELETE")
    try:
        classify_months(by=by, at=at, periods=MONTHS, rules="balai-2026")
    finally:
        keep("WAL")
    assert Outcome.objects.count() == 5
    assert started == []


def test_what_a_longer_transaction_wrote_is_seen(nation, by, at):
    with transaction.atomic():
        nation.figures(FARTHER, "2025-10", couples=3)
        [run] = classify_months(by=by, at=at, periods=["2025-10"], rules="balai-2026")
    assert run.villages == 2
    assert Outcome.objects.get(code=FARTHER).inputs.count("3") == 1


@pytest.mark.parametrize("ended", ["raise SystemExit(3)", "import os; os.write(1, bytes([0] * 7 + [9]) + b'half')"])
def test_a_second_process_that_ends_too_early_undoes_all(nation, by, at, monkeypatch, ended):
    monkeypatch.setattr(ahead, "PROGRAM", ended)
    with pytest.raises(ChildProcessError, match="had read 73"):
        classify_months(by=by, at=at, periods=MONTHS, rules="balai-2026")
    assert not any(model.objects.exists() for model in (Run, Edition, Outcome, AuditEntry))


def test_the_second_process_ends_with_a_run_that_fails(nation, by, at, monkeypatch, started):
    def stop(_done, _of):
        raise KeyboardInterrupt

    monkeypatch.setattr(ahead, "PROGRAM", "import time; time.sleep(600)")
    with pytest.raises(KeyboardInterrupt):
        classify_months(by=by, at=at, periods=MONTHS, rules="balai-2026", progress=stop)
    assert [second.returncode for second in started] == [-15]
    assert not Run.objects.exists()
