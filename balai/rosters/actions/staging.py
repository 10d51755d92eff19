"""The dry run: every row of the file beside the register, sealed, with what would become of it."""

from uuid import UUID

from django.db import transaction

from balai.access.actions import record
from balai.access.models import growing_keys, lasting_key, pour
from balai.base.memory import uncollected
from balai.base.words import sentence
from balai.families.actions.writing import day
from balai.regions.models import Place
from balai.rosters.actions.lists import held, moved
from balai.rosters.models import Roster, RosterRow, known_of
from balai.rosters.rules.judging import judge
from balai.rosters.rules.states import State
from balai.rosters.rules.verdicts import Kept, Verdict, packed
from balai.sheets.rules import regsosek
from balai.sheets.rules.cells import text_of
from balai.sheets.rules.households import by_card, split
from balai.sheets.rules.items import squeezed
from balai.sheets.rules.places import Below, Places, with_place
from balai.sheets.rules.reading import plain, read
from balai.vault.models import keyring

CARDS_AT_ONCE = 400
TOLD_PLACES = 8


@transaction.atomic
@uncollected()
def stage_roster(*, by, at, roster, headings, heads, people, unread):
    """`heads`: the headings as `people` (files.Found) refer to them. Replaces what an earlier try had staged."""
    roster = held(by, roster)
    RosterRow.objects.filter(roster=roster).delete()
    places = places_of(roster.region)
    read_rows, missing = _read(heads, people, places, day(at))
    groups = _grouped(read_rows, people)
    counts, seen, files = dict.fromkeys(Verdict, 0), _first_lines(read_rows), {}
    for start in range(0, len(groups), CARDS_AT_ONCE):
        _stage(roster, groups, start, read_rows, people, heads, places, seen, counts, files, at)
    notes = [*_notes(unread, missing, people), *_without(heads, people)]
    moved(
        roster, State.CHECKED, at, headings=headings, kind=headings[0]["kind"], file="", notes=notes,
        counts={verdict.value: number for verdict, number in counts.items()}, total=len(people), done=len(people),
    )  # fmt: skip
    record(
        by=by, at=at, deed="import.roster_check", subject=roster.pk, region=roster.region,
        detail={"kind": roster.kind, **roster.counts},
    )  # fmt: skip
    for export, lines in sorted(files.items()):
        record(
            by=by, at=at, deed="import.canary", subject=export, region=roster.region,
            detail={"roster": str(roster.pk), "lines": sorted(lines)},
        )  # fmt: skip
    return roster


def places_of(village):
    below = Place.objects.today().within(village).exclude(pk=village)
    return Places(Below(*row) for row in below.values_list("pk", "kind", "name", "parent_id"))


def _read(heads, people, places, on):
    rows, missing = [], {}
    for number, found in enumerate(people):
        facts, reasons = read(number, found.line, heads[found.sheet], on)
        missing |= dict.fromkeys(settle(facts, places))
        rows.append((facts, reasons))
    return rows, list(missing)


def settle(facts, places):
    """What is no place yet stands in the address. Gives what is missing."""
    lacking = places.missing(facts)
    facts.address = with_place(facts.address, lacking)
    return lacking


def _grouped(rows, people):
    begun = {number for number, found in enumerate(people) if found.line.fresh}
    return by_card([facts for facts, _reasons in rows], begun)


def _first_lines(rows):
    """NIK to the line that brought it first."""
    found = {}
    for facts, _reasons in rows:
        if facts.nik:
            found.setdefault(facts.nik, facts.line)
    return found


def _stage(roster, groups, start, rows, people, heads, places, seen, counts, files, at):
    some = groups[start : start + CARDS_AT_ONCE]
    known = known_of(roster.region, [facts for group in some for facts in group])
    staged = []
    for unit, group in enumerate(some, start):
        told = {facts.number: rows[facts.number][1] for facts in group}
        outcomes = judged(group, known, told, places, seen=seen)
        for facts in group:
            outcome = outcomes[facts.number]
            counts[outcome.verdict] += 1
            if facts.number in known.canaries:
                files.setdefault(known.canaries[facts.number], []).append(facts.line)
            staged.append((unit, facts, outcome, _kept(people[facts.number], heads, facts, outcome)))
    _pour(roster, staged, people, at)


def judged(group, known, told, places, decided=None, seen=None):
    """What becomes of the rows of one card, as the dry run, a correction and the application ask it."""
    bad = {number for number, reasons in told.items() if any(not reason.mild for reason in reasons)}
    found = split(group, bad, known=bool(group[0].card) and group[0].card in known.by_card)
    for number, family in enumerate(found.families):
        for facts in family:
            facts.unit = number
    codes = {facts.number: places.code_of(facts) for facts in group}
    return judge(found, group, known, told, codes, decided, seen)


def _kept(found, heads, facts, outcome):
    layout, line = heads[found.sheet].layout, found.line
    card = line.card if layout.blocks or layout.serial else None
    against = outcome.person if outcome.verdict is Verdict.DUPLICATE else ""
    return Kept(
        cells=[plain(cell) for cell in line.cells], facts=facts, outcome=outcome, against=against, card=plain(card),
        address=line.address, beside={question: plain(cell) for question, cell in line.beside.items()},
    )  # fmt: skip


def _pour(roster, staged, people, at):
    ids = growing_keys(at, staged[0][1].number, len(staged))
    texts = {key: packed(kept) for key, (*_rest, kept) in zip(ids, staged, strict=True)}
    keys = [keys_of(roster, unit, facts, outcome) for unit, facts, outcome, _kept in staged]
    pour(
        RosterRow,
        {
            "id": list(texts), "number": [facts.number for _unit, facts, *_rest in staged],
            "line": [facts.line for _unit, facts, *_rest in staged], "unit": [unit for unit, *_rest in staged],
            "sheet": [people[facts.number].sheet for _unit, facts, *_rest in staged],
            "verdict": [outcome.verdict.value for _unit, _facts, outcome, _kept in staged],
            "region": [roster.region] * len(staged), "family_id": [family for family, _person in keys],
            "person_id": [person for _family, person in keys],
            "sealed": keyring().sealed_all(texts, RosterRow._meta.db_table, "sealed"),
        },
        made_at=at, roster_id=roster.pk, applied_at=None, decided="",
    )  # fmt: skip


def keys_of(roster, unit, facts, outcome):
    """(family, person) of the register; of somebody new those that he will have, the same at every try, so that what
    was undone comes back as itself. Nobody, where the row is refused."""
    if outcome.verdict is Verdict.REFUSED:
        return None, None
    if outcome.family:
        return UUID(outcome.family), UUID(outcome.person) if outcome.person else None
    family = lasting_key(roster.made_at, unit, f"{roster.pk} family {unit} {facts.unit}")
    return family, lasting_key(roster.made_at, facts.number, f"{roster.pk} person {facts.number}")


def _notes(unread, missing, people):
    notes = []
    if unread:
        notes.append(
            [sentence("Lembar yang tidak dibaca karena bukan daftar orang: %(names)s."), {"names": ", ".join(unread)}]
        )
    if missing:
        names = ", ".join(missing[:TOLD_PLACES]) + (" …" if len(missing) > TOLD_PLACES else "")
        notes.append(
            [sentence(
                "%(n)s RT, RW, atau dusun belum terdaftar di desa ini: %(names)s. Namanya ditulis di alamat, dan "
                "keluarganya masuk daftar “RT belum ditentukan” sampai ditempatkan."
             ),
             {"n": len(missing), "names": names}]
        )  # fmt: skip
    if not people:
        notes.append([sentence("Tidak ada baris orang di bawah judul kolomnya."), {}])
    return notes


def _without(heads, people):
    """What the list answers and the register has no place for."""
    asked = set()
    for found in people:
        headed = heads[found.sheet]
        if headed.layout.key == regsosek.KEY:
            told = zip(headed.heads, found.line.cells, strict=False)
            asked |= {squeezed(head) for head, cell in told if text_of(cell)} | found.line.beside.keys()
    names = regsosek.without(asked)
    if not names:
        return []
    return [[sentence("Tidak ada padanannya di register, jadi tidak dibaca: %(names)s."), {"names": ", ".join(names)}]]


def recount(roster):
    roster.counts = RosterRow.objects.filter(roster=roster).by_verdict()
    Roster.objects.filter(pk=roster.pk).update(counts=roster.counts)
