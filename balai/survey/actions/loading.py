"""Answers in bulk, from a file or from an invented population: checked as one by one, written many at once."""

from itertools import groupby, islice
from uuid import uuid4

from django.db import transaction

from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.families.actions.writing import day, record_change
from balai.families.models import VILLAGE_CODE, Person, pour
from balai.survey import rules
from balai.survey.actions.writing import put
from balai.survey.models import ANSWERS

BATCH = 2000
GIVEN = {"id", "subject", "family", "region", "from_on"}


@transaction.atomic
def load_answers(*, by, at, block, rows, batch=None):
    """`rows`: dicts of `subject` (id of the person or of the family), `family`, `region`, `from_on`, and the answers by
    the keys of the items; an answer that is not there was not given. Gives how many were written. `batch` names the
    load in the trail, which gets one entry for each village and 2,000 rows."""
    block, waiting, number = rules.Block(block), iter(rows), 0
    while chunk := list(islice(waiting, BATCH)):
        for place, row in enumerate(chunk, number + 1):
            _check(block, row, place, at)
        for village in {_village(row) for row in chunk}:
            require(by, Permission.FAMILY_EDIT, village)
        _none_restricted(block, chunk, number)
        _write(block, chunk, by, at)
        _tell(block, chunk, by, at, batch)
        number += len(chunk)
    return number


def _check(block, row, place, at):
    items = {item.key: item for item in rules.items_of(block)}
    for key in row.keys() - GIVEN:
        if key not in items:
            raise NotValid("Baris %(row)d: “%(key)s” bukan pertanyaan blok ini.", row=place, key=key)
        if not rules.possible(items[key], row[key]):
            raise NotValid(
                "Baris %(row)d: jawaban %(code)s (%(item)s) tidak dikenal.",
                row=place, code=items[key].code, item=items[key].name_id,
            )  # fmt: skip
    if row["from_on"] and row["from_on"] > day(at):
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


def _write(block, chunk, by, at):
    model = ANSWERS[block]
    known = {}
    for row in model.objects.filter(**{f"{model.subject}__in": [row["subject"] for row in chunk]}):
        known.setdefault(getattr(row, f"{model.subject}_id"), []).append(row)
    new, later = {}, []
    for row in chunk:
        if row["subject"] in known or row["subject"] in new:
            later.append(row)
        else:
            new[row["subject"]] = row
    if new:
        pour(model, _columns(block, list(new.values())), made_at=at, made_by=by.name, until_on=None)
    for row in later:
        _write_one(model, row, by, at)


def _columns(block, rows):
    told = {item.key: [row.get(item.key) for row in rows] for item in rules.items_of(block)}
    told |= {
        "id": [row.get("id") or uuid4() for row in rows],
        "family_id": [row["family"] for row in rows],
        "region": [row["region"] for row in rows],
        "from_on": [row["from_on"] for row in rows],
    }
    if block.of_a_person:
        told["person_id"] = [row["subject"] for row in rows]
    return told


def _write_one(model, row, by, at):
    answers = {key: value for key, value in row.items() if key not in GIVEN}
    subject = f"{model.subject}_id"
    written = model(
        id=row.get("id") or uuid4(), region=row["region"], from_on=row["from_on"], made_at=at, made_by=by.name,
        **{"family_id": row["family"], subject: row["subject"]}, **answers,
    )  # fmt: skip
    put(written, list(model.objects.filter(**{subject: row["subject"]})))


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
