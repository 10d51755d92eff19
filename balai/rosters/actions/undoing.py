"""Undoing an import: every row that it made, changed or took away becomes what it was, a batch of cards at a time."""

from collections import defaultdict

from django.apps import apps
from django.db import transaction

from balai.access.actions import record
from balai.access.models import Scoped
from balai.base.errors import Refused
from balai.base.memory import uncollected
from balai.base.words import sentence
from balai.families.actions.families import carry
from balai.families.actions.writing import record_change
from balai.families.models import Family, Person
from balai.rosters.actions.imaging import FAMILY, snapshot
from balai.rosters.actions.lists import held, moved
from balai.rosters.models import Roster, RosterImage, RosterRow
from balai.rosters.rules.states import BATCH, State
from balai.vault.models import imprints

CHANGED = sentence(
    "%(n)s baris sudah berubah sejak impor ini, atau sudah ada data lain yang dicatat bersamanya (baris %(lines)s). "
    "Belum ada yang diurungkan."
)
LEFT = sentence("%(n)s baris tidak diurungkan karena sudah berubah sejak impor (baris %(lines)s).")
LOOKED_AT = 3_000  # rows at once, where nothing is written: many tables are asked each time
NAMED = 20  # rows that a sentence names
# What hangs on others goes first.
ORDER = (
    "survey.memberanswers", "survey.housing", "aid.aid", "families.identitynumber", "families.person",
    "families.family",
)  # fmt: skip
POINTING = ORDER[-2:]
HOUSES = ORDER[1:3]


@transaction.atomic
@uncollected()
def undo_roster(*, by, at, roster, after=-1):
    """The next batch of cards after the card `after`; gives the last one, None when all are done. Cards that changed
    since stay; unless the list says `partly`, the first such card stops all of it before anything is undone."""
    roster = held(by, roster)
    if roster.status is not State.UNDOING:
        raise Refused("Impor ini tidak sedang diurungkan.")
    if after < 0 and not roster.partly:
        strayed = _strayed_lines(roster)
        if strayed:
            moved(roster, State.APPLIED, at, said=[CHANGED, _named(strayed)])
            record(by=by, at=at, deed="import.roster_undo", subject=roster.pk, region=roster.region, detail={"rows": 0})
            return None
    units = _units(roster, after, BATCH)
    if not units:
        return _ended(roster, by, at)
    families = set(RosterRow.objects.of(roster).applied().filter(unit__in=units).values_list("family", flat=True))
    undone = _undo(roster, units)
    record_change(
        families=list(Family.objects.filter(pk__in=families).values_list("pk", flat=True)), by=by, at=at,
        deed="import.roster_undo", subject=roster.pk, region=roster.region, detail={"rows": undone},
    )  # fmt: skip
    Roster.objects.filter(pk=roster.pk).update(done=roster.done + undone, progressed_at=at)
    return units[-1]


def _units(roster, after, most):
    rows = RosterRow.objects.of(roster).applied().filter(unit__gt=after).values_list("unit", flat=True)
    units = list(rows[:most])
    whole = sorted(set(units))
    return whole[:-1] if len(units) == most and len(whole) > 1 else whole


def _ended(roster, by, at):
    left = list(RosterRow.objects.of(roster).applied().values_list("line", flat=True))
    if left:
        moved(roster, State.APPLIED, at, said=[LEFT, _named(left)], partly=False)
    else:
        moved(roster, State.UNDONE, at, undone_at=at, undone_by=by.name, applied_at=None, applied_by=None, partly=False)
    record(
        by=by, at=at, deed="import.roster_undone", subject=roster.pk, region=roster.region, detail={"left": len(left)}
    )
    return


def _named(lines):
    told = ", ".join(map(str, sorted(lines)[:NAMED])) + (" …" if len(lines) > NAMED else "")
    return {"n": len(lines), "lines": told}


def _strayed_lines(roster):
    found, after = [], -1
    while units := _units(roster, after, LOOKED_AT):
        strayed = _strayed(roster, _images(roster, units))
        rows = RosterRow.objects.of(roster).applied().filter(unit__in=strayed)
        found += rows.values_list("line", flat=True)
        after = units[-1]
    return found


def _images(roster, units):
    """Unit to its images, in the order in which they were written."""
    found = defaultdict(list)
    for unit, images in RosterImage.objects.of(roster).filter(unit__in=units).told():
        found[unit] += images
    return found


def _strayed(roster, images):
    """Units of which something is no longer as the import left it, or has meanwhile got rows that hang on it."""
    rows = RosterRow.objects.of(roster).applied().filter(unit__in=images)
    units = {_key(image): unit for unit, told in images.items() for image in told}
    houses = any(table in HOUSES for table, _pk in units)
    now = snapshot(rows, houses=houses)
    found = {
        unit
        for unit, told in images.items()
        for image in told
        if not imprints.is_as_left(image, now.get(_key(image))) and _has_strayed(image)
    }
    made = {_key(image) for told in images.values() for image in told if image["before"] is None}
    return found | {units[key] for key in _hung_on(made, rows.order_by())}


def _key(image):
    return image["table"], image["pk"]


def _has_strayed(image):
    """To the letter it has; a number sealed anew is still the same number."""
    row = apps.get_model(image["table"]).objects.filter(pk=image["pk"]).first()
    return imprints.strayed(image, row) is not None


def _hung_on(made, rows):
    """Those of the families and persons that were made on which something hangs that was not made with them. `rows` of
    the list name them, so that the database need not be told thousands of them for each table."""
    for holder, named in ((Family, rows.values("family")), (Person, rows.values("person"))):
        table = holder._meta.label_lower
        for key in holder._meta.related_objects:
            model = key.related_model
            if not issubclass(model, Scoped) or model in (RosterRow, RosterImage):
                continue
            hanging = model.objects.filter(**{f"{key.field.attname}__in": named})
            asked = map(imprints.as_said, (model._meta.pk, key.field))
            for pk, held_by in hanging.values_list(*asked):
                if (table, str(held_by)) in made and (model._meta.label_lower, str(pk)) not in made:
                    yield table, str(held_by)


def _undo(roster, units):
    images = _images(roster, units)
    strayed = _strayed(roster, images)
    images = {unit: told for unit, told in images.items() if unit not in strayed}
    every = [image for told in images.values() for image in told]
    back = [image for image in every if image["before"] is not None]
    rows = RosterRow.objects.of(roster).applied().filter(unit__in=set(units) - strayed)
    # Who points to a row that was made lets go of it first; an answer comes back after the one in its place has gone.
    imprints.put_all_back([image for image in back if image["table"] in POINTING])
    RosterImage.objects.of(roster).filter(unit__in=set(units) - strayed).delete()
    for table in ORDER:
        keys = [image["pk"] for image in every if image["table"] == table and image["before"] is None]
        if keys:
            _take_away(apps.get_model(table).objects.filter(pk__in=keys))
    imprints.put_all_back([image for image in back if image["table"] not in POINTING])
    placed = [image["pk"] for image in back if image["table"] == FAMILY and "region" in image["before"]]
    for family in Family.objects.filter(pk__in=placed):
        carry(family)
    return rows.order_by().update(applied_at=None)


def _take_away(made):
    """Without Django's looking for what hangs on them, which would read every row once more: nothing does but what
    only counts or shows (`_hung_on`)."""
    for key in made.model._meta.related_objects:
        hanging = key.related_model.objects.filter(**{f"{key.field.attname}__in": made.values("pk")})
        if key.related_model is RosterImage:
            hanging.update(**{key.field.name: None})
        elif not issubclass(key.related_model, Scoped):
            hanging.delete()
    made._raw_delete(made.db)
