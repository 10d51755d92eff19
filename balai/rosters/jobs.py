"""Long work on a list: reading it, applying it, undoing it. Each may begin again where an earlier try stopped."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from balai.accounts.jobs import job
from balai.base.errors import NotValid
from balai.rosters import actions
from balai.rosters.models import ColumnChoice, Roster
from balai.rosters.rules.states import State
from balai.sheets.inputs.files import headed_of, read_file, suffix_of


def folder():
    """Where files lie until they have been read."""
    place = Path(settings.MEDIA_ROOT) / "rosters"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _stopped(*, by, at, said, roster):
    row = actions.note_stopped(by=by, at=at, roster=roster, said=said)
    if row.status is State.FAILED and row.file:
        (folder() / row.file).unlink(missing_ok=True)


@job(when_stopped=_stopped)
def read_roster(*, by, roster):
    row = Roster.objects.visible_to(by).get(pk=roster)
    path = folder() / row.file
    chosen = row.headings[0] if row.headings else None
    headings, people, unread, unknown = read_file(path, suffix_of(row.file), chosen)
    if not headings:
        _ask_for_columns(by, row, unknown)
        return
    heads = [headed_of(known) for known in headings]
    actions.stage_roster(
        by=by, at=timezone.now(), roster=row, headings=headings, heads=heads, people=people, unread=unread
    )
    path.unlink()


def _ask_for_columns(by, row, unknown):
    if not unknown:
        raise NotValid(
            "Judul kolom berkas ini tidak dikenali. Beri judul di atas kolomnya, misalnya Nama, NIK, dan Nomor KK, "
            "atau pakai templat Balai."
        )
    squeezed = [one for one in unknown if one["places"]]
    guesses = squeezed[:1]
    known = ColumnChoice.objects.visible_to(by).filter(heads=guesses[0]["heads"]).order_by("-made_at").first()
    if known:
        guesses = [{**guesses[0], "places": known.places}]
    actions.tell_unknown(by=by, at=timezone.now(), roster=row, guesses=guesses)


@job(when_stopped=_stopped)
def apply_roster(*, by, roster):
    row = Roster.objects.visible_to(by).get(pk=roster)
    while actions.apply_roster(by=by, at=timezone.now(), roster=row):
        pass


@job(when_stopped=_stopped)
def undo_roster(*, by, roster):
    row, after = Roster.objects.visible_to(by).get(pk=roster), -1
    while after is not None:
        after = actions.undo_roster(by=by, at=timezone.now(), roster=row, after=after)
