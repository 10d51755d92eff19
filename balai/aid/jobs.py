"""Long work on lists of others: matching the lines of one that came in, looking once more for those of nobody; and the
aid of a file. Each may begin again where an earlier try stopped."""

import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.accounts.jobs import job
from balai.aid import actions
from balai.aid.inputs import files
from balai.aid.models import AidFile, ListVersion
from balai.aid.rules import AidFacts, Part


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


def plain(plan):
    """Of a planned line what will be recorded: keys and facts, no number and no name."""
    days = {name: str(getattr(plan.facts, name) or "") for name in ("from_on", "until_on")}
    return [str(plan.family), str(plan.person or ""), asdict(plan.facts) | days]


def _opened(row):
    family, person, known = row
    days = {name: date.fromisoformat(known[name]) if known[name] else None for name in ("from_on", "until_on")}
    return UUID(family), UUID(person) if person else None, AidFacts(**known | days)


def _aid_stopped(*, by, at, said, file):
    _let_go(actions.note_aid_stopped(by=by, at=at, file=file, said=said).file)


@job(when_stopped=_aid_stopped)
def apply_aid(*, by, file):
    row = AidFile.objects.get(pk=file)
    if row.is_working:
        rows = [_opened(one) for one in json.loads((folder() / row.file).read_bytes())]
        origin = _("berkas %(day)s") % {"day": timezone.localdate(row.made_at).strftime("%d-%m-%Y")}
        while actions.apply_step(by=by, at=timezone.now(), file=row, rows=rows, origin=origin):
            pass
    _let_go(row.file)
