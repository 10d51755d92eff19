"""Writing and ending files, in the background."""

import secrets

from django.conf import settings
from django.utils import timezone

from balai.accounts.jobs import ask, job
from balai.exports import actions
from balai.exports.actions.files import sweep
from balai.exports.models import Export
from balai.exports.rules import PASSWORD_BYTES, password_of


def note_stopped(*, by, at, said, export):
    actions.stop_export(by=by, at=at, export=Export.objects.get(pk=export), said=said)


def end_anyway(*, by, at, said, export):
    """Whoever asked has left; the file goes all the same."""
    actions.end_export(by=by, at=at, export=Export.objects.get(pk=export), folder=settings.EXPORTS)


@job(when_stopped=note_stopped)
def write(*, by, export):
    at = timezone.now()
    sweep(settings.EXPORTS, at)
    row = actions.write_export(
        by=by, at=at, export=Export.objects.get(pk=export), folder=settings.EXPORTS, name=secrets.token_hex(16),
        password=password_of(secrets.token_bytes(PASSWORD_BYTES)),
    )  # fmt: skip
    if row:
        ask(end.using(run_after=row.ends_at), by=by, export=row.pk)


@job(when_stopped=end_anyway)
def end(*, by, export):
    row = Export.objects.get(pk=export)
    actions.end_export(by=by, at=timezone.now(), export=row, folder=settings.EXPORTS)


def begin(export):
    """Puts the writing in the queue, as the account that asked."""
    ask(write, by=export.asker, export=export.pk)
