"""One list: how far it is, what it would change, and what is done with it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import POST, door, found, seen
from balai.accounts.jobs import ask
from balai.base.cells import MEDIA_TYPES, WRITERS
from balai.families.models import Person
from balai.regions.models import Place
from balai.rosters import actions, jobs
from balai.rosters.actions.lists import needs_approval
from balai.rosters.inputs import sheets
from balai.rosters.models import Roster, RosterRow
from balai.rosters.rules.states import State
from balai.rosters.rules.verdicts import Verdict
from balai.rosters.views import telling

PAGE = 50
READS = (Matter.NAMES, Matter.NUMBER)
OPEN = (State.CHECKED, State.APPLIED, State.UNDONE, State.STOPPED)


def _held(request, pk):
    return found(Roster.objects.visible_to(request.actor), pk=pk)


@door(Permission.IMPORT_APPLY, reads=READS)
def roster(request, pk):
    row = _held(request, pk)
    if row.state == State.UNKNOWN:
        return redirect("rosters:columns", pk=pk)
    place = Place.objects.get(pk=row.region)
    known = {"roster": row, "place": place, "kind": telling.kind_name(row.kind), "here": "imports",
             "said": telling.sentences([row.said] if row.said else []),
             "notes": telling.sentences(row.notes)}  # fmt: skip
    if row.status not in OPEN:
        return render(request, "rosters/progress.html", known)
    return render(request, "rosters/roster.html", known | _results(request, row))


def _results(request, row):
    verdict = request.GET.get("hasil", "")
    rows = RosterRow.objects.of(row).order_by("number")
    if verdict in set(Verdict):
        rows = rows.filter(verdict=verdict)
    page = Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
    shown = [telling.told_row(one) for one in page.object_list]
    families = {one["row"].family_id for one in shown if one["row"].is_of_the_register} - {None}
    seen(request, deed="import.roster_rows", region=row.region, subjects=families)
    waiting = RosterRow.objects.of(row).waiting().count()
    return {
        "page": page, "rows": shown, "chosen": verdict, "waiting": waiting, "absent": _absent(row),
        "counts": [(one, row.counts.get(one, 0)) for one in Verdict], "every": sum(row.counts.values()),
        "approval": needs_approval(row), "own": row.made_by == request.actor.name,
        "applied": RosterRow.objects.of(row).applied().exists(),
    }  # fmt: skip


def _absent(row):
    """How many people of the families that the list names are not in the list. They stay as they are."""
    rows = RosterRow.objects.of(row).order_by()
    people = Person.objects.living_here().filter(family__in=rows.exclude(family=None).values("family"))
    return people.exclude(pk__in=rows.exclude(person=None).values("person")).count()


@door(Permission.IMPORT_APPLY, reads=READS)
def refused(request, pk, kind):
    """Rows to be mended in a spreadsheet and sent in again: those that were refused, in the columns they came in."""
    row = _held(request, pk)
    if kind not in WRITERS or row.status not in OPEN:
        raise Http404
    rows = [(one, one.kept) for one in RosterRow.objects.of(row).filter(verdict=Verdict.REFUSED).order_by("number")]
    seen(request, deed="import.roster_errors", region=row.region, subjects=[])
    content = sheets.refused(row.headings, rows, kind, telling.spoken)
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="ditolak-{row.region}.{kind}"'
    return response


@door(Permission.IMPORT_APPLY, methods=POST)
def apply(request, pk):
    return _begun(request, pk, State.APPLYING, jobs.apply_roster)


@door(Permission.IMPORT_APPLY, methods=POST)
def undo(request, pk):
    return _begun(request, pk, State.UNDOING, jobs.undo_roster, partly="sisanya" in request.POST)


def _begun(request, pk, to, work, **more):
    row = actions.begin_again(by=request.actor, at=timezone.now(), roster=_held(request, pk), to=to, **more)
    ask(work, by=request.actor, roster=row.pk)
    return redirect("rosters:roster", pk=pk)


@door(Permission.IMPORT_APPLY, methods=POST)
def approve(request, pk):
    actions.approve_roster(by=request.actor, at=timezone.now(), roster=_held(request, pk))
    return redirect("rosters:roster", pk=pk)


@door(Permission.IMPORT_APPLY, methods=POST)
def discard(request, pk):
    actions.discard_roster(by=request.actor, at=timezone.now(), roster=_held(request, pk))
    return redirect("rosters:start")
