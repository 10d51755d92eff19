import os
import signal
from threading import Thread

import click
from django.conf import settings
from django.utils.translation import gettext as _
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker

from balai.base.errors import Refused
from balai.config import working
from balai.config.checks import refuse_unsound

STDIN = 0
INTERVAL = 1.0  # seconds between two looks at an empty queue


@click.command(help=_("Kerjakan yang lama di latar: impor, unduhan besar. Berhenti dengan Ctrl-C."))
@click.option("--once", is_flag=True, help=_("kerjakan yang menunggu, lalu berhenti"))
@click.option("--follow", is_flag=True, hidden=True)
def command(once, follow):
    if not settings.SECRET_KEY_FILE.exists():
        raise Refused("Folder data %(home)s belum disiapkan. Jalankan “balai init” dahulu.", home=settings.HOME)
    refuse_unsound()
    if follow:
        Thread(target=_end_with_whoever_started_this, daemon=True).start()
    with working.alive(settings.HOME) as name:
        working.rescue(settings.HOME)
        worker = Worker(
            queue_names=[DEFAULT_TASK_QUEUE_NAME], interval=INTERVAL, batch=once,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS, startup_delay=False, max_tasks=None, worker_id=name,
            excluded_queue_names=[],
        )  # fmt: skip
        worker.configure_signals()
        worker.run()


def _end_with_whoever_started_this():  # pragma: no cover  ends its own process; test_worker.py sees it from outside
    """The server's end of the pipe closes even when the server is killed. A read of Python's own stream would hold its
    lock while the interpreter ends."""
    while os.read(STDIN, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
