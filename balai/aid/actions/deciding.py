"""A person decides whether an entry of a list speaks of the family that was proposed; and looks for new matches."""

from collections import Counter

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Matter
from balai.aid import rules
from balai.aid.actions.listing import AT_ONCE, may_bring, version_held
from balai.aid.actions.matching import Sought, found
from balai.aid.models import ListEntry, ListVersion
from balai.aid.rules import MatchState
from balai.base.errors import NotAllowed, Refused
from balai.families.actions.writing import day

WRITTEN = ("family", "person", "region", "state", "matched_on", "unmatched_on", "sealed_nik", "blind_nik",
           "sealed_card", "blind_card", "name", "born_on")  # fmt: skip


@transaction.atomic
def decide_match(*, by, at, entry, same):
    """`same`: the person proposed is the one of the list. What was decided may be taken back."""
    row = _entry_held(by, entry)
    if row.state != MatchState.PROPOSED:
        raise Refused("Usulan ini sudah diputuskan.")
    subjects = [row.family_id, row.person_id]
    row.decided_at, row.decided_by = at, by.name
    if same:
        row.state, row.matched_on, row.unmatched_on = MatchState.BY_PERSON.value, day(at), None
    else:
        row.state = MatchState.REJECTED.value
    row.save(update_fields=["state", "matched_on", "unmatched_on", "decided_at", "decided_by"])
    _tell_match(by, at, "list.decide", row, MatchState.PROPOSED, subjects)
    return row


@transaction.atomic
def undo_decision(*, by, at, entry):
    row = _entry_held(by, entry)
    if row.state not in (MatchState.BY_PERSON, MatchState.REJECTED):
        raise Refused("Usulan ini belum diputuskan.")
    before = row.state
    row.state, row.matched_on, row.unmatched_on = MatchState.PROPOSED.value, None, day(at)
    row.decided_at = row.decided_by = None
    row.save(update_fields=["state", "matched_on", "unmatched_on", "decided_at", "decided_by"])
    _tell_match(by, at, "list.undecide", row, before, [row.family_id, row.person_id])
    return row


@transaction.atomic
def begin_again(*, by, at, version):
    """Those that matched nobody are looked for once more: the register has grown since. `match_more` does it."""
    row = version_held(by, version)
    row.work, row.done, row.said = rules.Work.AGAIN.value, 0, []
    row.total = ListEntry.objects.filter(version=row).unmatched().count()
    row.save(update_fields=["work", "done", "said", "total"])
    _tell_again(by, at, row, {"entries": row.total})
    return row


@transaction.atomic
def match_more(*, by, at, version, after=None):
    """The next after the entry of that key. Gives the key of the last one looked at, None when all were. What somebody
    rejected is matched by a number only."""
    row = ListVersion.objects.select_for_update().get(pk=version.pk)
    may_bring(by, row.region)
    if row.removed_at or row.work != rules.Work.AGAIN:
        return None
    waiting = ListEntry.objects.filter(version=row).unmatched().order_by("pk")
    rows = list((waiting.filter(pk__gt=after) if after else waiting)[:AT_ONCE])
    counts = _again(row, rows, day(at))
    row.done = min(row.done + len(rows), row.total)
    if len(rows) < AT_ONCE:
        row.work = rules.Work.NONE.value
    row.save(update_fields=["work", "done"])
    _tell_again(by, at, row, dict(counts))
    return rows[-1].pk if row.is_working else None


def _tell_again(by, at, row, detail):
    record(by=by, at=at, deed="list.match", subject=row.pk, region=row.region, matters=(Matter.POVERTY,), detail=detail)


def _again(version, rows, on):
    """Those of the rows of which something else is known now, saved."""
    counts = Counter()
    for row, match in zip(rows, found([_sought(row) for row in rows], version.region), strict=True):
        if match.family is None or match.state == row.state:
            continue
        row.family_id, row.person_id, row.region, row.state = match.family, match.person, match.region, match.state
        if match.state in rules.MATCHED:
            row.matched_on, row.unmatched_on = on, None
            row.let_go()
        row.save(update_fields=WRITTEN)
        counts[match.state.value] += 1
    return counts


def _sought(row):
    return Sought(
        niks=(row.blind_nik,) if row.blind_nik else (), cards=(row.blind_card,) if row.blind_card else (),
        name=row.name, born_on=row.born_on, not_proposed=row.state == MatchState.REJECTED,
    )  # fmt: skip


def _entry_held(by, entry):
    row = ListEntry.objects.unrestricted().select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if row is None:
        raise NotAllowed("Baris ini tidak ada di wilayah Anda.")
    may_bring(by, row.region)
    return row


def _tell_match(by, at, deed, row, before, subjects):
    record(
        by=by, at=at, deed=deed, subject=row.pk, region=row.region, matters=(Matter.POVERTY,),
        subjects=[one for one in subjects if one], changes={"state": (str(before), str(row.state))},
    )  # fmt: skip
