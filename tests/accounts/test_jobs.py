from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from balai.access.rules import operator
from balai.accounts.jobs import BROKEN, ask
from balai.accounts.models import Grant
from balai.base.errors import NotValid
from tests.accounts import errands
from tests.jobs import run_jobs
from tests.people import actor, granted, person

ERRAND, AT = uuid4(), datetime(2025, 7, 1, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quiet():
    errands.done.clear()
    errands.told.clear()


@pytest.fixture
def officer(tree):
    return person("field_officer", "16.05.02")


def test_a_job_acts_as_the_account_that_asked_in_the_hat_it_wore(officer):
    granted(officer, "village_head", "16.05.02.2001")
    by = actor(officer, hat="village_head")
    ask(errands.note, by=by, errand=ERRAND)
    assert errands.done == []
    run_jobs()
    assert errands.done == [(by, ERRAND)]


def test_a_grant_that_was_lost_since_stops_the_job(officer):
    ask(errands.note, by=actor(officer), errand=ERRAND)
    Grant.objects.update(ended_at=AT, ended_by="x", ended_reason="pindah tugas")
    run_jobs()
    assert errands.done == []
    assert errands.told == [
        ("operator:worker", "Penugasan yang dipakai untuk meminta pekerjaan ini sudah berakhir.", ERRAND)
    ]


def test_an_account_that_is_gone_stops_the_job(officer):
    ask(errands.note, by=actor(officer), errand=ERRAND)
    Grant.objects.all().delete()
    officer.delete()
    run_jobs()
    assert errands.done == []
    assert len(errands.told) == 1


def test_a_refusal_is_told_to_the_row_that_waits(officer):
    ask(errands.refuse, by=actor(officer), errand=ERRAND)
    run_jobs()
    assert errands.told == [("operator:worker", "Berkas warga.xlsx sudah dihapus.", ERRAND)]


def test_the_queue_keeps_nothing_of_what_a_failure_says(officer):
    ask(errands.stumble, by=actor(officer), errand=ERRAND)
    run_jobs()
    assert errands.told == [("operator:worker", str(BROKEN), ERRAND)]
    kept = DBTaskResult.objects.get()
    assert kept.status == "FAILED"
    assert "Siti" not in kept.traceback
    assert "1605" not in kept.traceback
    assert set(kept.args_kwargs["kwargs"]) == {"account", "hat", "device", "assurance", "errand"}


@pytest.mark.parametrize("given", ["Siti", 1605, {"nama": "Siti"}])
def test_only_ids_go_into_the_queue(officer, given):
    with pytest.raises(TypeError):
        ask(errands.note, by=actor(officer), errand=given)
    assert not DBTaskResult.objects.exists()


def test_the_operator_asks_for_no_job():
    with pytest.raises(NotValid, match="hanya dapat diminta oleh sebuah akun"):
        ask(errands.note, by=operator("test"), errand=ERRAND)
