"""Answers in bulk, from a file or from an invented population: checked as one by one, written many at once."""

from itertools import groupby, islice

from django.db import transaction

from balai.access.models import growing_keys, pour
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.families.actions.writing import day, record_change
from balai.families.models import VILLAGE_CODE, Person
from balai.survey import rules
from balai.survey.models import ANSWERS

BATCH = 2000
GIVEN = {"id", "subject", "family", "region", "from_on"}


@transaction.atomic
def load_answers(*, by, at, block, rows, batch=None):
    """`rows`: dicts of `subject` (id of the person or of the family), `family`, `region`, `from_on`, and the answers by
    the keys of the items; an answer that is not there was not given. Gives how many were written. `batch` names the
    load in the trail, which gets one entry for each village and 2,000 rows."""
    block, waiting, number = rules.Block(block), iter(rows), 0
    items, today = {item.key: item for item in rules.items_of(block)}, day(at)
    while chunk := list(islice(waiting, BATCH)):
        for place, row in enumerate(chunk, number + 1):
            _check(items, row, place, today)
        for village in {_village(row) for row in chunk}:
            require(by, Permission.FAMILY_EDIT, village)
        _none_restricted(block, chunk, number)
        for visits in _one_each(chunk):
            _write(block, visits, number, by, at)
        _tell(block, chunk, by, at, batch)
        number += len(chunk)
    return number


def _check(items, row, place, today):
    for key, value in row.items():
        if key in GIVEN:
            continue
        if key not in items:
            raise NotValid("Baris %(row)d: “%(key)s” bukan pertanyaan blok ini.", row=place, key=key)
        if not rules.possible(items[key], value):
            raise NotValid(
                "Baris %(row)d: jawaban %(code)s (%(item)s) tidak dikenal.",
                row=place, code=items[key].code, item=items[key].name_id,
            )  # fmt: skip
    if row["from_on"] and row["from_on"] > today:
        raise NotValid("Baris %(row)d: tanggal kunjungan ini belum terjadi.", row=place)


def _none_restricted(block, chunk, before):
    if not block.of_a_person:
        return
    kept = set(
        Person.objects.filter(pk__in=[row["subject"] for row in chunk], restricted_at__isnull=False)
        .order_by()
        .values_list("pk", flat=True)
    )
    for place, row in enumerate(chunk, before + 1):
        if row["subject"] in kept:
            raise Refused(
                "Baris %(row)d: data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan.", row=place
            )


def _one_each(chunk):
    """Lists in which nobody stands twice: who was visited more than once has a row in several, in order."""
    while chunk:
        seen, now, later = set(), [], []
        for row in chunk:
            (later if row["subject"] in seen else now).append(row)
            seen.add(row["subject"])
        yield now
        chunk = later


def _write(block, visits, begun, by, at):
    """What `put` does of one answer, of many at once; so many of the load were written before."""
    model = ANSWERS[block]
    known = model.objects.filter(**{f"{model.subject}__in": [row["subject"] for row in visits]})
    past = {}
    for subject, key, from_on in known.values_list(model.subject, "pk", "from_on"):
        past.setdefault(subject, []).append((key, from_on))
    gone, ended, until = [], {}, []
    for row in visits:
        rows = past.get(row["subject"], [])
        place = rules.place([from_on for _key, from_on in rows], row["from_on"])
        if place.replaced is not None:
            gone.append(rows[place.replaced][0])
        if place.shortened is not None:
            ended.setdefault(row["from_on"], []).append(rows[place.shortened][0])
        until.append(place.until_on)
    if gone:
        model.objects.filter(pk__in=gone).delete()
    for on, some in ended.items():
        model.objects.filter(pk__in=some).update(until_on=on)
    keys = growing_keys(at, begun, len(visits))
    pour(model, _columns(block, visits, keys) | {"until_on": until}, made_at=at, made_by=by.name)


def _columns(block, rows, keys):
    told = {item.key: [row.get(item.key) for row in rows] for item in rules.items_of(block)}
    told |= {
        "id": [row.get("id") or key for row, key in zip(rows, keys, strict=True)],
        "family_id": [row["family"] for row in rows],
        "region": [row["region"] for row in rows],
        "from_on": [row["from_on"] for row in rows],
    }
    if block.of_a_person:
        told["person_id"] = [row["subject"] for row in rows]
    return told


def _tell(block, chunk, by, at, batch):
    village = sorted(chunk, key=_village)
    for region, rows in groupby(village, key=_village):
        families = {row["family"] for row in rows}
        record_change(
            families=families, by=by, at=at, deed="survey.load", subject=batch or block, region=region,
            subjects=families, detail={"block": block, "families": len(families)}, matters=(block.matter,),
        )  # fmt: skip


def _village(row):
    return row["region"][:VILLAGE_CODE]
