"""Ending what was kept long enough."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from balai.access.actions import end_entries, record
from balai.access.models import unscoped
from balai.access.rules import Permission, require
from balai.families.models import Person
from balai.privacy.actions.erasing import delete_rows, empty_rows, erase_person, erase_rows
from balai.privacy.models import Applicant, Request, Subject, model_of
from balai.privacy.rules import Table, catalogue

NOBODY = UUID(int=0)
REASON = "masa simpan berakhir menurut aturan penyimpanan"


@dataclass(frozen=True)
class Ended:
    """One table: rows due before that day, and rows that were deleted, emptied or erased."""

    table: Table
    before: date
    due: int
    done: int


@transaction.atomic
def retain(*, by, at, on, dry_run=False):
    """A list of what is due by the day `on`, table by table; with `dry_run` nothing is ended."""
    require(by, Permission.RIGHTS_DECIDE)
    ended = [_ended(table, before, by, at, dry_run) for table, before in _clocks(on)]
    record(
        by=by, at=at, deed="retention.run", subject="retention",
        detail={"on": str(on), "dry_run": dry_run, "done": {one.table.key: one.done for one in ended if one.done}},
    )  # fmt: skip
    return ended


@transaction.atomic
def follow_persons(*, by, at):
    """Requests go along with persons who moved, out of the old officers' sight. Gives how many."""
    require(by, Permission.RIGHTS_DECIDE)
    with unscoped("requests follow persons who moved to another region"):
        requests = list(Request.objects.exclude(person=None))
        people = Person.objects.in_bulk({request.person for request in requests})
        moved = [one for one in requests if _elsewhere(one, people.get(one.person))]
        for one in moved:
            where = {"region": people[one.person].region, "family": people[one.person].family_id}
            Request.objects.filter(pk=one.pk).update(**where)
            Applicant.objects.filter(pk=one.pk).update(**where)
    record(by=by, at=at, deed="request.follow", subject="requests", detail={"moved": [str(one.pk) for one in moved]})
    return len(moved)


def _elsewhere(request, person):
    return person is not None and (request.region, request.family) != (person.region, person.family_id)


def _clocks(on):
    for table in catalogue().tables.values():
        before = table.keep.due_before(on) if table.at_end else None
        if before is not None:
            yield table, before


def _ended(table, before, by, at, dry_run):
    with unscoped("retention ends rows of every region"):
        which = _older(table, before)
        due = model_of(table)._default_manager.filter(which).count()
        done = 0 if dry_run or not due else ENDS[table.at_end](table, which, by=by, at=at)
    return Ended(table, before, due, done)


def _older(table, before):
    """Rows whose clock began before that day."""
    path = table.ends
    field = model_of(table)._meta.get_field(path)
    if isinstance(field, models.DateTimeField):
        return Q(**{f"{path}__date__lt": before})
    return Q(**{f"{path}__lt": before})


def _delete(table, which, *, by, at):
    return delete_rows(table, which)


def _empty(table, which, *, by, at):
    return empty_rows(table, which)


def _erase_families(table, which, *, by, at):
    """Each person of the families, and so the families; then those that nobody lived in any more."""
    families = list(model_of(table).objects.filter(which))
    for person in Person.objects.filter(family__in=families):
        erase_person(by=by, at=at, person=person, request=None, reason=REASON)
    for family in model_of(table).objects.filter(which):
        erase_rows(Subject(NOBODY, family.pk), by=by, at=at, region=family.region)
    return len(families)


def _cut(table, which, *, by, at):
    """The trail ends its own oldest entries, by the moment of this deed: its chains begin anew where they end."""
    zone = timezone.get_current_timezone()
    before = table.keep.due_before(at.astimezone(zone).date())
    if before is None:
        return 0
    midnight = datetime.combine(before, time.min, tzinfo=zone)
    return end_entries(by=by, at=at, before=midnight)


ENDS = {"delete": _delete, "blank": _empty, "erase": _erase_families, "cut": _cut}
