"""Long work on lists of others: matching the lines of one that came in, and looking once more for those of nobody. Each
may begin again where an earlier try stopped."""

import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from balai.accounts.jobs import job
from balai.aid import actions
from balai.aid.inputs import files
from balai.aid.models import ListVersion
from balai.aid.rules import Part


def folder():
    """Where files lie until they have been matched."""
    place = Path(settings.MEDIA_ROOT) / "lists"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def kept(content, name):
    """The file under a name of ours; its own may say anything."""
    called = f"{uuid4()}{Path(name).suffix.lower()}"
    handle = os.open(folder() / called, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    return called


def _let_go(file):
    if file:
        (folder() / file).unlink(missing_ok=True)


def _stopped(*, by, at, said, version):
    _let_go(actions.note_stopped(by=by, at=at, version=version, said=said).file)


@job(when_stopped=_stopped)
def match_list(*, by, version):
    row = ListVersion.objects.get(pk=version)
    if row.is_working:
        named = {Part(part): heading for part, heading in row.named.items()}
        table = files.read_table(row.file, (folder() / row.file).read_bytes(), named, files.MOST_LINES)
        while actions.match_lines(by=by, at=timezone.now(), version=row, lines=table.lines):
            pass
    _let_go(row.file)


@job(when_stopped=_stopped)
def match_again(*, by, version):
    row, after = ListVersion.objects.get(pk=version), None
    while after := actions.match_more(by=by, at=timezone.now(), version=row, after=after):
        pass
