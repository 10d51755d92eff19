"""One row is mended in the browser, or a person says whether two are the same: its card is judged anew."""

from django.db import transaction
from django.db.models import Max

from balai.access.actions import record
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.actions.writing import day
from balai.rosters.actions.lists import held
from balai.rosters.actions.staging import judged, keys_of, places_of, recount, settle
from balai.rosters.models import RosterRow, known_of
from balai.rosters.rules import judging
from balai.rosters.rules.states import State
from balai.rosters.rules.verdicts import Verdict
from balai.sheets.inputs.files import headed_of
from balai.sheets.rules.items import Item
from balai.sheets.rules.layouts import Line
from balai.sheets.rules.reading import corrected, read

OPEN = (State.CHECKED, State.APPLIED, State.UNDONE, State.STOPPED)
LONGEST = 200


@transaction.atomic
def correct_row(*, by, at, row, values):
    """`values`: {item: text}, cells typed anew. Gives the row as it is judged now."""
    roster, row = _held(by, row)
    kept, heading = row.kept, roster.headings[row.sheet]
    for item, text in values.items():
        if len(text) > LONGEST:
            raise NotValid("Isian ini terlalu panjang: paling banyak %(most)d huruf.", most=LONGEST)
        _type(kept, heading, Item(item), text)
    before = kept.facts.card
    _read_again(kept, heading, row, roster, at)
    row.keep(kept)
    units = {row.unit}
    if kept.facts.card != before:
        row.unit = _unit_of(roster, kept.facts.card, row)
        units.add(row.unit)
    row.save(update_fields=["unit", "sealed"])
    _judge_units(roster, units, at)
    record(
        by=by, at=at, deed="import.roster_correct", subject=row.pk, region=roster.region,
        detail={"fields": sorted(values)},
    )  # fmt: skip
    row.refresh_from_db()
    return row


@transaction.atomic
def decide_row(*, by, at, row, same):
    """Whether a possible duplicate is the person who is there already."""
    roster, row = _held(by, row)
    if row.verdict != Verdict.DUPLICATE and not row.decided:
        raise Refused("Baris ini tidak menunggu keputusan.")
    row.decided = judging.SAME if same else judging.OTHER
    row.save(update_fields=["decided"])
    _judge_units(roster, {row.unit}, at)
    record(
        by=by, at=at, deed="import.roster_decide", subject=row.pk, region=roster.region,
        detail={"decided": row.decided},
    )  # fmt: skip
    row.refresh_from_db()
    return row


def _held(by, row):
    found = RosterRow.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed("Baris ini tidak ada di wilayah Anda.")
    roster = held(by, found.roster)
    if roster.status not in OPEN or found.applied_at:
        raise Refused("Baris ini sudah diterapkan, atau impornya sedang berjalan.")
    return roster, found


def _type(kept, heading, item, text):
    place = heading["places"].get(item.value)
    if place is not None:
        kept.cells = corrected(kept.cells, place, text)
    elif item is Item.CARD:
        kept.card = text
    else:
        raise NotValid("Daftar ini tidak punya kolom untuk %(item)s.", item=item.label)
    if item is Item.CARD and kept.card is not None:
        kept.card = text


def _read_again(kept, heading, row, roster, at):
    line = Line(row.line, kept.cells, card=kept.card, address=kept.address, beside=kept.beside)
    facts, reasons = read(row.number, line, headed_of(heading), day(at))
    settle(facts, places_of(roster.region))
    kept.facts, kept.outcome.reasons = facts, reasons


def _unit_of(roster, card, row):
    """The card of that number in the list, or a new one."""
    rows = RosterRow.objects.of(roster).exclude(pk=row.pk)
    there = next((one.unit for one in rows.iterator() if card and one.kept.facts.card == card), None)
    return rows.aggregate(last=Max("unit"))["last"] + 1 if there is None and rows else there or 0


def _judge_units(roster, units, at):
    """Every row of these cards, from its cells on; those already applied are judged along, but stay as they are."""
    lines = [(row, row.kept) for row in RosterRow.objects.of(roster).filter(unit__in=units)]
    told, decided = {}, {}
    places = places_of(roster.region)
    for row, kept in lines:
        heading = roster.headings[row.sheet]
        line = Line(row.line, kept.cells, card=kept.card, address=kept.address, beside=kept.beside)
        facts, told[row.number] = read(row.number, line, headed_of(heading), day(at))
        settle(facts, places)
        kept.facts = facts
        if row.decided:
            decided[row.number] = (row.decided, kept.against)
    known = known_of(
        roster.region, [kept.facts for _row, kept in lines], {one for _said, one in decided.values() if one}
    )
    seen = _seen(roster, {kept.facts.nik for _row, kept in lines} - {""})
    for unit in {row.unit for row, _kept in lines}:
        card = [(row, kept) for row, kept in lines if row.unit == unit]
        outcomes = judged([kept.facts for _row, kept in card], known, told, places, decided, seen)
        for row, kept in card:
            if row.applied_at is None:
                _store(roster, row, kept, outcomes[row.number])
    if roster.approved_at:
        roster.approved_at = roster.approved_by = None
        roster.save(update_fields=["approved_at", "approved_by"])
    recount(roster)


def _seen(roster, numbers):
    """Of these NIK: the line of the list that brought each first."""
    found = {}
    for row in RosterRow.objects.filter(roster=roster).order_by("number").iterator():
        nik = row.kept.facts.nik
        if nik in numbers:
            found.setdefault(nik, row.line)
    return found


def _store(roster, row, kept, outcome):
    if outcome.verdict is Verdict.DUPLICATE:
        kept.against = outcome.person
    kept.outcome = outcome
    row.verdict = outcome.verdict
    row.family_id, row.person_id = keys_of(roster, row.unit, kept.facts, outcome)
    row.keep(kept)
    row.save(update_fields=["verdict", "family", "person", "sealed"])
