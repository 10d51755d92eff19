"""Measurements by the thousand: from a file, or from an invented population."""

from collections import defaultdict
from itertools import islice
from uuid import uuid4

from django.db import transaction

from balai.access.actions import record
from balai.access.models import pour
from balai.access.rules import Matter, Permission, require
from balai.base.errors import NotValid, Refused
from balai.families.actions.writing import day
from balai.families.models import VILLAGE_CODE, Person
from balai.measurements import rules
from balai.measurements.actions.measuring import may_write
from balai.measurements.models import FACTS, Measurement
from balai.measurements.rules import Facts, Source

AT_ONCE = 2000


@transaction.atomic
def load_measurements(*, by, at, rows, batch=None):
    """`rows`: dicts of `person`, `family`, `region`, `measured_on`, and whatever else was measured (the columns of
    Measurement, `place` and `source` among them), held to what a form holds one to; a strange value is taken and shown
    as strange. Gives how many were written; the trail gets an entry for each village and 2,000 rows."""
    rows, done, today = iter(rows), 0, day(at)
    while chunk := list(islice(rows, AT_ONCE)):
        for village in {row["region"][:VILLAGE_CODE] for row in chunk}:
            require(by, Permission.FAMILY_EDIT, village)
            may_write(by, village)
        facts = [Facts(**{name: row[name] for name in FACTS if row.get(name) is not None}) for row in chunk]
        _check(chunk, facts, done, today)
        pour(Measurement, _columns(chunk, facts), made_at=at, made_by=by.name)
        _tell(chunk, by, at, batch)
        done += len(chunk)
    return done


def _check(chunk, facts, before, today):
    keys = {row["person"] for row in chunk}
    people = Person.objects.filter(pk__in=keys).order_by().values_list("pk", "born_on", "restricted_at")
    known = {pk: (born_on, restricted_at) for pk, born_on, restricted_at in people}
    taken = set(Measurement.objects.filter(person__in=keys).order_by().values_list("person", "measured_on"))
    for number, (row, one) in enumerate(zip(chunk, facts, strict=True), before + 1):
        born_on, restricted_at = known.get(row["person"], (None, None))
        if restricted_at:
            raise Refused(
                "Baris %(row)d: data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan.", row=number
            )
        for _field, said in rules.faults(one, born_on, today):
            raise NotValid("Baris %(row)d: %(said)s", row=number, said=said)
        if (row["person"], one.measured_on) in taken:
            raise NotValid("Baris %(row)d: anak ini sudah tercatat diukur pada hari itu.", row=number)
        taken.add((row["person"], one.measured_on))


def _columns(chunk, facts):
    return {
        "id": [row.get("id") or uuid4() for row in chunk],
        "person_id": [row["person"] for row in chunk],
        "family_id": [row["family"] for row in chunk],
        "region": [row["region"] for row in chunk],
        "place_id": [row.get("place") for row in chunk],
        "source": [row.get("source", Source.FILE.value) for row in chunk],
        **{name: [getattr(one, name) for one in facts] for name in FACTS},
    }


def _tell(chunk, by, at, batch):
    by_village = defaultdict(list)
    for row in chunk:
        by_village[row["region"][:VILLAGE_CODE]].append(row)
    for village, some in sorted(by_village.items()):
        families = {row["family"] for row in some}
        record(
            by=by, at=at, deed="measurement.load", subject=batch or village, region=village,
            detail={"rows": len(some)}, subjects=families | {row["person"] for row in some},
            matters=(Matter.CHILD_GROWTH,),
        )  # fmt: skip
