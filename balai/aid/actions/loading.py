"""Aid by the thousand: from a file, an agency's list, or an invented population."""

from collections import defaultdict
from itertools import islice

from django.db import transaction

from balai.access.actions import record
from balai.access.models import growing_keys, pour
from balai.access.rules import Matter, Permission, Right, require
from balai.aid import rules
from balai.aid.actions.giving import made
from balai.aid.models import Aid, AidFile
from balai.aid.models.receiving import OPEN
from balai.base.errors import NotAllowed, NotValid
from balai.families.actions.writing import day
from balai.families.models import VILLAGE_CODE, Family, Person

AT_ONCE = 2000
STEP = 500
COLUMNS = ("programme", "state", "from_on", "until_on", "amount", "goods", "reason")


@transaction.atomic
def load_aid(*, by, at, rows, batch=None):
    """Writes rows as they are: dicts of `family`, `region`, `programme`, and whatever else Aid has (`person`, `state`,
    `from_on`, `until_on`, `amount`, `goods`, `reason`, `source`, `origin`, `agency`). Gives how many."""
    done, rows = 0, iter(rows)
    while chunk := list(islice(rows, AT_ONCE)):
        keys = growing_keys(at, done, len(chunk))
        loaded = [_loaded(row, key, by, at, batch) for row, key in zip(chunk, keys, strict=True)]
        _write(loaded, by, at, "aid.load", batch)
        done += len(loaded)
    return done


def _loaded(row, key, by, at, batch):
    facts = rules.settled(rules.AidFacts(**{name: row[name] for name in COLUMNS if row.get(name) is not None}))
    person = row.get("person")
    for _field, said in rules.faults(facts, day(at), of_person=person is not None):
        raise NotValid(said.message, **said.params)
    return Aid(
        id=row.get("id") or key, family_id=row["family"], person_id=person, region=row["region"],
        agency=row.get("agency") or rules.programmes()[facts.programme].agency, **facts.__dict__,
        source=row.get("source", rules.AidSource.FILE), origin=row.get("origin", ""), batch=batch, made_at=at,
        made_by=by.name,
    )  # fmt: skip


@transaction.atomic
def apply_aid(*, by, at, village, rows, origin, batch):
    """The rows of a looked-at file: (family, person or None, AidFacts). What stands there already is left. Gives how
    many were new."""
    require(by, Permission.FAMILY_EDIT, village)
    families = Family.objects.living_here().within(village).in_bulk({family for family, _person, _facts in rows})
    people = Person.objects.unrestricted().at_home().in_bulk({person for _family, person, _facts in rows if person})
    known = standing(families)
    fresh = []
    for family, person, facts in rows:
        facts, key = rules.settled(facts), (family, person, facts.programme)
        there = family in families and (person is None or person in people)
        if not there or stands(known, key, facts):
            continue
        known[key].append((facts.state, facts.from_on, facts.until_on))
        row = made(
            facts, family=families[family], person=people.get(person), agency=None, origin=origin, by=by, at=at,
            source=rules.AidSource.FILE, batch=batch,
        )  # fmt: skip
        fresh.append(row)
    for start in range(0, len(fresh), AT_ONCE):
        _write(fresh[start : start + AT_ONCE], by, at, "aid.import", batch)
    return len(fresh)


@transaction.atomic
def take_in_aid(*, by, at, village, file, total):
    """What a looked-at file is to bring lies ready under the name `file`; `apply_step` brings it."""
    require(by, Permission.FAMILY_EDIT, village)
    _may_write(by)
    row = AidFile.objects.create(region=village, file=file, total=total, made_at=at, made_by=by.name)
    _tell_file(by, at, "aid.begin", row)
    return row


@transaction.atomic
def apply_step(*, by, at, file, rows, origin):
    """The next of all the `rows` of a file. Gives whether any are left; what is done is marked with it."""
    row = AidFile.objects.select_for_update().get(pk=file.pk)
    if not row.is_working:
        return False
    chunk = rows[row.done : row.done + STEP]
    row.added += apply_aid(by=by, at=at, village=row.region, rows=chunk, origin=origin, batch=row.pk)
    row.done += len(chunk)
    row.is_working = row.done < len(rows)
    row.save(update_fields=["added", "done", "is_working"])
    return row.is_working


@transaction.atomic
def note_aid_stopped(*, by, at, file, said):
    """It was refused or broke: what had come with the file is taken back, and the row says why."""
    row = AidFile.objects.select_for_update().get(pk=file)
    undo_aid_file(by=by, at=at, village=row.region, batch=row.pk)
    params = {name: str(value) for name, value in said.params.items()}
    row.is_working, row.said, row.added = False, [said.message, params], 0
    row.save(update_fields=["is_working", "said", "added"])
    _tell_file(by, at, "aid.stop", row)
    return row


def _tell_file(by, at, deed, row):
    record(
        by=by, at=at, deed=deed, subject=row.pk, region=row.region, matters=(Matter.WELFARE,),
        detail={"rows": row.total},
    )  # fmt: skip


def standing(families):
    """(family, person, programme) to what is recorded of it: (state, from, until)."""
    found = defaultdict(list)
    rows = Aid.objects.filter(family__in=families)
    for row in rows.values_list("family", "person", "programme", "state", "from_on", "until_on"):
        found[row[:3]].append(row[3:])
    return found


def stands(known, key, facts):
    """Whether the file says nothing new: the same beginning, or one that is still open."""
    still = facts.state in OPEN and facts.until_on is None
    return any(
        from_on == facts.from_on or (still and until_on is None and state in OPEN)
        for state, from_on, until_on in known[key]
    )


@transaction.atomic
def undo_aid_file(*, by, at, village, batch):
    """Takes back what came with a file into the village. Gives how many rows."""
    require(by, Permission.FAMILY_EDIT, village)
    _may_write(by)
    rows = Aid.objects.within(village).filter(batch=batch)
    subjects = set(rows.values_list("family", flat=True))
    done, _by_model = rows.delete()
    record(
        by=by, at=at, deed="aid.undo_file", subject=batch, region=village, subjects=subjects,
        detail={"rows": done}, matters=(Matter.WELFARE,),
    )  # fmt: skip
    return done


def _write(rows, by, at, deed, batch):
    """One entry of the trail for each village."""
    _may_write(by)
    by_village = defaultdict(list)
    for row in rows:
        by_village[row.region[:VILLAGE_CODE]].append(row)
    for village in by_village:
        require(by, Permission.FAMILY_EDIT, village if by.covers(village) else by_village[village][0].region)
    names = [field.attname for field in Aid._meta.concrete_fields]
    pour(Aid, {name: [getattr(row, name) for row in rows] for name in names})
    for village, some in by_village.items():
        record(
            by=by, at=at, deed=deed, subject=batch or "aid", region=village, detail={"rows": len(some)},
            subjects={row.family_id for row in some} | {row.person_id for row in some if row.person_id},
            matters=(Matter.WELFARE,),
        )  # fmt: skip


def _may_write(by):
    if by.right(Matter.WELFARE) < Right.WRITE:
        raise NotAllowed("Peran Anda tidak mencatat bantuan.")
