"""From the files into the register: through the doors of a file of residents, marked as invented."""

from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import duckdb
from django.db import transaction

from balai.access.models import learn_sizes
from balai.aid.actions import load_aid
from balai.aid.rules import AidState
from balai.base.errors import Refused
from balai.families.actions import load_families
from balai.families.rules import Home, Newcomer, NoNik
from balai.measurements.actions import load_measurements
from balai.measurements.rules import HEIGHT, WEIGHT, Position, Source
from balai.survey.actions import load_answers
from balai.survey.rules import Block
from balai.synth.actions.writing import NOTE

AT_ONCE = 10_000  # rows in memory
TABLES = {
    Block.MEMBERS: "member_answers",
    Block.PLANNING: "planning_answers",
    Block.DEVELOPMENT: "development_answers",
    Block.HOUSING: "housing",
}
SOURCE = "penduduk rekaan"
# A day of birth that was spoilt or left out tells no age: nobody could have written such a measuring down.
OF_UNDER_FIVES = """
    SELECT rows.* FROM rows SEMI JOIN members ON members.id = rows.person
    AND rows."on" BETWEEN members.born_on AND members.born_on + 1826"""


@transaction.atomic
def load(*, by, at, folder, progress):
    """Gives rows by table. `progress` is told how many families are in, then how many answers of each block."""
    if not (folder / NOTE).exists():
        raise Refused("Folder itu tidak berisi penduduk rekaan. Buat dengan “balai synth”.")
    loaded = load_families(by=by, at=at, homes=_homes(folder), source=SOURCE, progress=progress)
    counts = {"families": loaded.families, "people": loaded.people}
    for block, table in TABLES.items():
        counts[table] = load_answers(by=by, at=at, block=block, rows=_answers(folder, block, table))
        progress(loaded.families)
    counts["measurements"] = load_measurements(by=by, at=at, rows=_measurements(folder))
    progress(loaded.families)
    counts["aid"] = load_aid(by=by, at=at, rows=(_aid(row) for row in _rows(folder, "aid")))
    learn_sizes()
    return counts


def _rows(folder, table, query="SELECT * FROM rows"):
    """What the query says of a table and of the `members`, in the order in which it was written, as named tuples."""
    base = duckdb.connect()
    for view, name in (("rows", table), ("members", "members")):
        base.read_parquet(str(folder / f"{name}-*.parquet")).create_view(view)
    cursor = base.execute(query)
    kind = NamedTuple(table, [(name, object) for name, *_rest in cursor.description])
    while chunk := cursor.fetchmany(AT_ONCE):
        yield from map(kind._make, chunk)
    base.close()


def _homes(folder):
    """Families with their people, who stand in the files in the same order."""
    people = groupby(_rows(folder, "members"), key=attrgetter("family"))
    for family, (whose, members) in zip(_rows(folder, "families"), people, strict=True):
        assert whose == family.id
        yield Home(
            id=family.id, region=family.region, people=tuple(map(_person, members)), address=family.address,
            since_on=family.since_on, card=family.card, invented=True,
        )  # fmt: skip


def _person(row):
    newborn = NoNik.NEWBORN if row.mother and not row.nik else None
    return Newcomer(
        id=row.id, name=row.name, sex=row.sex, relation=row.relation, born_on=row.born_on, nik=row.nik,
        no_nik=newborn, mother=row.mother, birth_order=row.birth_order,
    )  # fmt: skip


def _aid(row):
    return row._asdict() | {"state": AidState.RECEIVED, "origin": SOURCE}


def _answers(folder, block, table):
    for row in _rows(folder, table):
        told = row._asdict()
        yield told | {"subject": told.pop("person") if block.of_a_person else row.family}


def _measurements(folder):
    for row in _rows(folder, "measurements", OF_UNDER_FIVES):
        yield {
            "person": row.person, "family": row.family, "region": row.region, "measured_on": row.on,
            "weight_kg": _exact(row.weight_kg, WEIGHT), "height_cm": _exact(row.height_cm, HEIGHT),
            "position": Position.LYING if row.lying else Position.STANDING, "source": Source.INVENTED,
        }  # fmt: skip


def _exact(value, quantity):
    return Decimal(value).quantize(quantity.step)
