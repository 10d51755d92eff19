"""Long work, asked for now and done later by `balai worker`, as the account that asked (docs/adr/0020).

    @job(when_stopped=note_stopped)
    def apply(*, by, roster):            # in a room's jobs.py; ids come back as UUID
        actions.apply_roster(by=by, at=timezone.now(), roster=Roster.objects.get(pk=roster))

    ask(apply, by=request.actor, roster=roster.pk)        # inside the transaction that says that it will be done

A job must be able to go on where an earlier try stopped: a worker may die, then another one begins it again.
"""

import logging
from functools import wraps
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from balai.access.models import acting, learn_sizes
from balai.access.rules import operator
from balai.access.rules.trail import hat_of
from balai.accounts.models import Account, standing
from balai.base.errors import NotAllowed, NotValid, Problem
from balai.base.words import Said, sentence

log = logging.getLogger(__name__)

BROKEN = Said(
    sentence("Terhenti karena kesalahan di Balai; petugas server sudah diberi tahu. Yang sudah disimpan tetap ada.")
)
WORKER = operator("worker")


class Stopped(Exception):
    """All that the table of jobs keeps of a failure: its text could tell of persons."""


def ask(work, *, by, **ids):
    """Puts the work in the queue; `ids` are UUIDs and nothing else, for the queue is no place for personal data."""
    if by.account is None:
        raise NotValid("Pekerjaan di latar hanya dapat diminta oleh sebuah akun.")
    if not all(isinstance(one, UUID) for one in ids.values()):
        raise TypeError("a job is asked for by ids alone")
    device = str(by.device) if by.device else ""
    told = {name: str(one) for name, one in ids.items()}
    return work.enqueue(account=str(by.account), hat=hat_of(by), device=device, assurance=by.assurance, **told)


def job(*, when_stopped):
    """Makes a task of a function that takes `by` and ids. When it is refused or breaks, `when_stopped(by=, at=, said=,
    **ids)` tells the row that waits for it why, as the worker: whoever asked may have lost the right to."""

    def made(work):
        @wraps(work)
        def run(account, hat, device, assurance, **told):
            ids = {name: UUID(one) for name, one in told.items()}
            try:
                with acting(_asker(UUID(account), hat, device, assurance)) as by:
                    work(by=by, **ids)
                learn_sizes()
            except Exception as failure:
                said = Said(failure.message, failure.params) if isinstance(failure, Problem) else BROKEN
                if said is BROKEN:
                    log.exception("job %s broke", work.__name__)
                with acting(WORKER):
                    when_stopped(by=WORKER, at=timezone.now(), said=said, **ids)
                raise Stopped(type(failure).__name__) from None

        return task()(run)

    return made


def _asker(account, hat, device, assurance):
    """The account with the rights that it has now, in the hat that it wore when it asked."""
    known = Account.objects.filter(pk=account).first()
    session = {"hat": hat, "device": device, "assurance": assurance}
    found = standing(known, session, timezone.now()) if known else None
    if found is None or found.lost:
        raise NotAllowed("Penugasan yang dipakai untuk meminta pekerjaan ini sudah berakhir.")
    return found.actor
