"""An invented register for tests: who acts, where, and families with numbers that no person can have."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from balai.access.models import acting
from balai.access.rules import ROLES, Actor, AgencyKind, operator
from balai.events.actions import record_moving_out, record_moving_within
from balai.families import actions
from balai.families.rules import PersonFacts, Relation, Sex
from balai.regions.models import Place
from balai.regions.rules import span

AT = datetime(2025, 12, 16, 3, tzinfo=UTC)
LATER = AT + timedelta(minutes=90)
KABUPATEN, KECAMATAN, OTHER_KECAMATAN = "16.05", "16.05.01", "16.05.02"
HERE, BESIDE, FAR = "16.05.01.2002", "16.05.01.2003", "76.05.03.2002"
RT1, RT2 = HERE + ".T001", HERE + ".T002"
BY = operator("test")
_serial = count(1)


def places(codes):
    Place.objects.bulk_create(
        Place(code=code, level=5, kind="rt", name=name, search_name=name, parent_id=HERE, source="uji")
        for code, name in ((RT1, "RT 1"), (RT2, "RT 2"))
    )
    return codes


def actor(role, *regions, agency=None, families=None, account=None):
    """Somebody who wears the role over the regions."""
    number = account or uuid4()
    return Actor(
        name=f"account:{number}", role=ROLES[role], ranges=tuple(span(code) for code in regions),
        agency=AgencyKind(agency) if agency else None, account=number,
        assignment=None if families is None else frozenset(families),
    )  # fmt: skip


def nik(serial=None):
    """16 digits as a NIK has them, that no person can have: there is no province 00."""
    return f"{101_800_000 + (serial or next(_serial)):016d}"


def head(name="Siti Rahmawati", sex=Sex.FEMALE, born_on=date(1984, 5, 17), **more):
    return PersonFacts(name, sex, Relation.HEAD, born_on, **more)


def child(name="Dimas Prasetyo", sex=Sex.MALE, born_on=date(2019, 2, 3), **more):
    return PersonFacts(name, sex, Relation.CHILD, born_on, **more)


def family(region=HERE, people=None, by=BY, at=AT, **more):
    """A family as `add_family` makes it; the operator enters it unless somebody else is named."""
    people = [head(), child()] if people is None else people
    given = {"address": "Jalan Melati 4"} | more
    with acting(by):
        return actions.add_family(by=by, at=at, region=region, people=people, **given)


def left(row, *, by=BY, at=AT, on=None):
    """All of them moved away."""
    with acting(by):
        people = list(row.people.at_home())
        record_moving_out(by=by, at=at, on=on or at.date(), family=row, people=people)


def moved(row, region, *, by=BY, at=AT):
    """To another place of the register."""
    with acting(by):
        record_moving_within(by=by, at=at, on=at.date(), family=row, region=region)


def number_of(row):
    """The number of a person or a family, as a row."""
    with acting(BY):
        return row.numbers.get(person=row if hasattr(row, "relation") else None)


def head_of(row):
    with acting(BY):
        return row.people.get(relation=Relation.HEAD)
