"""A small register of families in five places, and people who may see parts of it."""

from datetime import UTC, datetime
from uuid import uuid4

from balai.access.models import acting
from balai.access.rules import ROLES, Actor, AgencyKind, operator
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import NumberKind, Relation, Sex

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
BY = operator("uji")
OWN, SIBLING, KECAMATAN, KABUPATEN, PROVINCE = (
    "16.05.02.2001", "16.05.02.2002", "16.05.01.2001", "16.06.01.2001", "76.05.03.2024",
)  # fmt: skip
PLACES = (OWN, SIBLING, KECAMATAN, KABUPATEN, PROVINCE)


def span(code):
    return (code, code + "/") if code else ("", "~")


def actor(role, *regions, families=None, agency=None):
    return Actor(
        name="account:uji",
        role=ROLES[role],
        ranges=tuple(span(code) for code in regions),
        account=uuid4(),
        agency=agency and AgencyKind(agency),
        assignment=None if families is None else frozenset(families),
    )


def unsaved_family(region=OWN, **fields):
    return Family(region=region, address=f"Rumah {region}", made_at=AT, made_by="uji", **fields)


def unsaved_person(family, region=None):
    return Person(
        family=family, region=region or family.region, name=f"Warga {family.region}", sex=Sex.FEMALE.value,
        relation=Relation.HEAD.value, made_at=AT, made_by="uji",
    )  # fmt: skip


def register():
    """A family, its head and the number of its card in each of PLACES; by place."""
    made = {}
    with acting(BY):
        for place in PLACES:
            family = unsaved_family(place)
            family.save()
            unsaved_person(family).save()
            IdentityNumber(
                kind=NumberKind.KK.value, family=family, region=place, sealed=b"x", blind=place, made_at=AT,
                made_by="uji",
            ).save()  # fmt: skip
            made[place] = family
    return made


def places(rows):
    """The places of rows, in order."""
    return sorted(rows.values_list("region", flat=True))
