"""Workers that live, and the work of those that died: a worker holds the lock of a file of its name as long as it
lives, and the system lets go of it however the worker ends."""

import fcntl
import os
import secrets
import socket
import subprocess
import sys
from contextlib import contextmanager
from threading import Event, Thread

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

TRIES = 3  # a job that took two workers with it is not given to a fourth
PATIENCE = 60.0  # seconds that a worker gets to end its batch
PAUSE = 2.0


@contextmanager
def alive(home):
    """Within, a worker of this machine lives under the name that this gives."""
    folder = home / "workers"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{socket.gethostname()[:40]}.{secrets.token_hex(6)}"
    with (folder / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        print(os.getpid(), file=file, flush=True)  # for people who look; the lock alone says that it lives
        try:
            yield name
        finally:
            (folder / name).unlink()


def rescue(home):
    """Puts back into the queue what workers of this machine had begun when they died. Gives how many."""
    dead = [job for job in DBTaskResult.objects.running() if _is_dead(home, job.worker_ids[-1])]
    for job in dead:
        again = len(job.worker_ids) < TRIES
        with transaction.atomic():
            job.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
            job.save(update_fields=["status"])
    return len(dead)


def _is_dead(home, name):
    """Of a worker of another machine nothing is known."""
    if name.rpartition(".")[0] != socket.gethostname()[:40]:
        return False
    path = home / "workers" / name
    if not path.exists():
        return True
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    path.unlink()
    return True


@contextmanager
def beside():
    """Within, one worker runs as a child of this process and is started again when it dies."""
    child, ending = _start(), Event()
    keeper = Thread(target=_keep, args=(child, ending), daemon=True)
    keeper.start()
    try:
        yield child
    finally:
        ending.set()
        keeper.join()
        _end(child[0])


def _start():
    """In a list, so that whoever keeps it can put the next one in its place."""
    balai = [sys.executable, "-c", "from balai.config.cli import main; main()", "worker", "--follow"]
    return [subprocess.Popen(balai, stdin=subprocess.PIPE, start_new_session=True)]


def _keep(child, ending):
    while not ending.wait(PAUSE):
        if child[0].poll() is not None:
            child[0].stdin.close()
            child[:] = _start()


def _end(process):
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdin.close()
