"""The worker as an operator meets it, and the work of workers that died."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from django_tasks_db.models import DBTaskResult

from balai.config import working
from tests.config.processes import BALAI, balai, fetched, serving, state_of

AT = datetime(2025, 7, 1, 3, tzinfo=UTC)
HOST = socket.gethostname()[:40]
PATIENCE = 120.0  # seconds; what is waited for takes one or two, on a machine that does nothing else


def begun(*workers):
    return DBTaskResult.objects.create(
        status="RUNNING", args_kwargs={"args": [], "kwargs": {}}, task_path="tests.x", backend_name="default",
        run_after=AT, worker_ids=list(workers),
    )  # fmt: skip


def test_the_work_of_a_dead_worker_waits_again(db, tmp_path):
    with working.alive(tmp_path) as name:
        mine, lost, far = begun(name), begun(f"{HOST}.gone"), begun("elsewhere.1")
        assert working.rescue(tmp_path) == 1
    states = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert states == {mine.pk: "RUNNING", lost.pk: "READY", far.pk: "RUNNING"}
    assert list((tmp_path / "workers").iterdir()) == []


def test_a_file_whose_lock_nobody_holds_is_of_a_dead_worker(db, tmp_path):
    (tmp_path / "workers").mkdir()
    (tmp_path / "workers" / f"{HOST}.1").touch()
    begun(f"{HOST}.1")
    assert working.rescue(tmp_path) == 1
    assert list((tmp_path / "workers").iterdir()) == []


def test_a_job_that_took_three_workers_with_it_is_given_up(db, tmp_path):
    job = begun(f"{HOST}.1", f"{HOST}.2", f"{HOST}.3")
    working.rescue(tmp_path)
    job.refresh_from_db()
    assert job.status == "FAILED"


def test_a_worker_without_its_folder_says_what_to_do(tmp_path):
    done = balai("worker", "--once", home=tmp_path / "empty")
    assert done.returncode == 4
    assert "balai init" in done.stderr


def test_a_worker_does_what_waits_and_ends(home):
    assert balai("worker", "--once", home=home).returncode == 0
    assert list((home / "workers").iterdir()) == []


def test_a_worker_ends_cleanly_when_told_to(home):
    with subprocess.Popen([BALAI, "worker"], env=state_of(home), stderr=subprocess.PIPE) as worker:
        try:
            _until(lambda: _workers(home))
            time.sleep(1)
            worker.terminate()
            assert worker.wait(timeout=PATIENCE) == 0
        finally:
            worker.kill()
    assert list((home / "workers").iterdir()) == []


@pytest.mark.slow
def test_the_server_keeps_one_worker_and_takes_it_along(home):
    with serving(home) as address:
        assert fetched(address + "/").status == 200
        (killed,) = _until(lambda: _workers(home))
        os.kill(_until(lambda: int((home / "workers" / killed).read_text() or 0)), signal.SIGKILL)
        _until(lambda: _workers(home) - {killed})
    assert _workers(home) == {killed}, "the others took their files along"


def _workers(home):
    folder = home / "workers"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def _until(true, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < deadline, "did not happen"
        time.sleep(0.2)
    return found


def test_a_worker_that_will_not_end_is_ended(monkeypatch):
    deaf = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", deaf], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdout.readline()
    monkeypatch.setattr(working, "PATIENCE", 0.1)
    working._end(process)
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
