"""The application, a batch at a time. Each asks once more what would become of its rows: what the register has learnt
since the dry run is not overwritten."""

from itertools import groupby

from django.db import transaction

from balai.access.actions import record
from balai.base.errors import Problem, Refused
from balai.base.memory import uncollected
from balai.base.words import sentence
from balai.families.actions.writing import record_change
from balai.rosters.actions.imaging import differences, keep, snapshot
from balai.rosters.actions.lists import held, moved
from balai.rosters.actions.staging import judged, places_of, recount
from balai.rosters.actions.writing import Writing
from balai.rosters.models import Roster, RosterRow, known_of
from balai.rosters.rules.states import BATCH, State
from balai.rosters.rules.verdicts import Verdict
from balai.sheets.rules.facts import Reason

STALE = sentence("Register berubah sejak berkas ini diperiksa. Buka baris ini dan periksa ulang.")
WAITING = (Verdict.NEW, Verdict.CHANGED)


@transaction.atomic
@uncollected()
def apply_roster(*, by, at, roster):
    """Applies the next batch. Gives whether anything is left; what is done is marked in the same transaction."""
    roster = held(by, roster)
    if roster.status is not State.APPLYING:
        raise Refused("Impor ini tidak sedang diterapkan.")
    units = _next_units(roster)
    if not units:
        moved(roster, State.APPLIED, at, applied_at=at, applied_by=by.name, undone_at=None, undone_by=None)
        recount(roster)
        record(by=by, at=at, deed="import.roster_applied", subject=roster.pk, region=roster.region)
        return False
    lines = [(row, row.kept) for row in RosterRow.objects.of(roster).filter(unit__in=units)]
    fresh = _still_so(roster, lines, at)
    places = places_of(roster.region)
    try:
        with transaction.atomic():
            _write(roster, fresh, places, by, at)
    except Problem:
        for unit in units:
            _write_alone(roster, [one for one in fresh if one[0].unit == unit], places, by, at)
    Roster.objects.filter(pk=roster.pk).update(done=roster.done + len(fresh), progressed_at=at)
    return True


def _next_units(roster):
    """Whole cards, at most a batch of rows."""
    waiting = RosterRow.objects.of(roster).waiting().values_list("unit", flat=True)[:BATCH]
    units = list(waiting)
    whole = sorted(set(units))
    return whole[:-1] if len(units) == BATCH and len(whole) > 1 else whole


def _still_so(roster, lines, at):
    """The rows that wait and are still to become what the dry run said; the others are told so."""
    facts = [kept.facts for _row, kept in lines]
    decided = {row.number: (row.decided, kept.against) for row, kept in lines if row.decided}
    known = known_of(roster.region, facts, {one for _said, one in decided.values() if one})
    places, fresh = places_of(roster.region), []
    for _unit, card in groupby(lines, key=lambda one: one[0].unit):
        card = list(card)
        told = {row.number: kept.outcome.reasons if row.verdict == Verdict.REFUSED else [] for row, kept in card}
        outcomes = judged([kept.facts for _row, kept in card], known, told, places, decided)
        waiting = [(row, kept) for row, kept in card if row.verdict in WAITING and row.applied_at is None]
        if all(_agrees(kept.outcome, outcomes[row.number]) for row, kept in waiting):
            fresh += waiting
        else:
            for row, kept in waiting:
                _set_aside(row, kept, outcomes[row.number])
    return fresh


def _agrees(one, other):
    same = (one.verdict, one.person, one.family) == (other.verdict, other.person, other.family)
    return same and {field: list(pair) for field, pair in one.changes.items()} == {
        field: list(pair) for field, pair in other.changes.items()
    }


def _set_aside(row, kept, outcome):
    if outcome.verdict in WAITING:
        outcome.verdict = Verdict.REFUSED
        outcome.reasons = [*outcome.reasons, Reason(STALE)]
    _judged_anew(row, kept, outcome)


def _judged_anew(row, kept, outcome):
    kept.outcome = outcome
    row.verdict = outcome.verdict
    row.keep(kept)
    row.save(update_fields=["verdict", "sealed"])


def _write_alone(roster, lines, places, by, at):
    """One card by itself: what is refused here says why, the others go in."""
    try:
        with transaction.atomic():
            _write(roster, lines, places, by, at)
    except Problem as problem:
        said = {name: str(value) for name, value in problem.params.items()}
        for row, kept in lines:
            kept.outcome.verdict = Verdict.REFUSED
            kept.outcome.reasons = [*kept.outcome.reasons, Reason(problem.message, said)]
            _judged_anew(row, kept, kept.outcome)


def _write(roster, lines, places, by, at):
    if not lines:
        return
    houses = any(kept.facts.house or kept.facts.aid for _row, kept in lines)
    rows = RosterRow.objects.of(roster).filter(unit__in={row.unit for row, _kept in lines})
    before = snapshot(rows, houses=houses)
    Writing(by=by, at=at, roster=roster, places=places, lines=lines).write()
    after = snapshot(rows, houses=houses)
    families = {row.family_id for row, _kept in lines}
    units = {row.family_id: row.unit for row, _kept in lines} | {row.person_id: row.unit for row, _kept in lines}
    keep(roster=roster, at=at, images=differences(before, after), units=units)
    RosterRow.objects.filter(pk__in=[row.pk for row, _kept in lines]).update(applied_at=at)
    record_change(
        families=families, by=by, at=at, deed="import.roster_apply", subject=roster.pk, region=roster.region,
        subjects=families, detail={"rows": len(lines), "families": len(families)},
    )  # fmt: skip
