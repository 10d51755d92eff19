"""Invented families to which something happens, and what the register says of a day."""

from datetime import date

from balai.access.models import unscoped
from balai.events.models import Imprint, LifeEvent
from balai.families.models import Family, IdentityNumber, PastStay, Person
from balai.families.rules import PersonFacts, Relation, Sex
from balai.survey.models import MemberAnswers
from balai.vault.models import imprints
from tests.families import register
from tests.families.register import AT, BY, HERE

ON = date(2025, 6, 1)
SINCE = date(2015, 1, 1)
FATHER = PersonFacts("Budi Santoso", Sex.MALE, Relation.HEAD, date(1980, 3, 1))
MOTHER = PersonFacts("Siti Rahmawati", Sex.FEMALE, Relation.SPOUSE, date(1984, 5, 17))
SON = PersonFacts("Dimas Prasetyo", Sex.MALE, Relation.CHILD, date(2003, 2, 3))
DAUGHTER = PersonFacts("Ayu Lestari", Sex.FEMALE, Relation.CHILD, date(2008, 7, 9))
AUNT = PersonFacts("Wati Susilowati", Sex.FEMALE, Relation.OTHER, date(1975, 1, 2))


def household(*people, region=HERE, **more):
    """A family at home since 2015; where there is a mother, she is the mother of the children."""
    made = register.family(region, people=list(people or (FATHER, MOTHER, SON, DAUGHTER)), since_on=SINCE, **more)
    with unscoped("uji: ibu"):
        mother = Person.objects.filter(family=made, relation=Relation.SPOUSE, sex=Sex.FEMALE).first()
        if mother:
            Person.objects.filter(family=made, relation=Relation.CHILD).update(mother=mother)
    return made


def told(family=None, on=ON, by=BY, at=AT, **more):
    """What every action takes."""
    return {"by": by, "at": at, "on": on} | ({"family": family} if family else {}) | more


def the(name, **more):
    """The person whose name begins so."""
    with unscoped("uji: seseorang"):
        return Person.objects.get(name__startswith=name, **more)


def relations(family):
    """First name to relation, of those at home."""
    with unscoped("uji: susunan"):
        rows = Person.objects.at_home().filter(family=family).in_order()
        return {person.name.split()[0]: Relation(person.relation).name.lower() for person in rows}


def as_of(day):
    """Who was where on the day: {(person, family, region, relation)}."""
    with unscoped("uji: pada suatu hari"):
        past = PastStay.objects.on(day).values_list("person", "family", "region", "relation")
        now = [
            (row.pk, row.family_id, row.region, row.relation)
            for row in Person.objects.select_related("family")
            if _covers(row.since_on or row.family.since_on, row.gone_on, day) and _covers(None, row.family.left_on, day)
        ]
        # where a family left, the past stays of its members ended before
        return {*past, *now}


def _covers(first, last, day):
    return (first is None or first <= day) and (last is None or day < last)


def whole():
    """Every row of the register, as it is stored."""
    with unscoped("uji: seluruh register"):
        return {
            (model._meta.label_lower, row.pk): imprints.taken(row)
            for model in (Family, Person, PastStay, IdentityNumber, MemberAnswers)
            for row in model.objects.all()
        }


def sound():
    """What no event may break; gives what is broken."""
    with unscoped("uji: keutuhan"):
        return [*_of_families(), *_of_persons()]


def _of_families():
    for family in Family.objects.all():
        here = list(Person.objects.at_home().filter(family=family))
        heads = [one for one in here if one.relation == Relation.HEAD]
        if family.left_reason == "dissolved" and here:
            yield "somebody is at home in a dissolved family"
        if family.left_on is None and len(heads) != 1:
            yield f"{len(heads)} heads"
        if sum(one.relation == Relation.SPOUSE for one in here) > 1:
            yield "two spouses"


def _of_persons():
    for one in Person.objects.select_related("family", "mother"):
        if one.region != one.family.region:
            yield "a person is not where the family is"
        if one.mother and one.mother.born_on and one.born_on and one.mother.born_on >= one.born_on:
            yield "a mother is younger than her child"
        stays = [(stay.from_on or date.min, stay.until_on) for stay in one.past_stays.all()]
        if sorted(stays) != sorted(stays, key=lambda stay: stay[1]):
            yield "stays overlap"
    for number in IdentityNumber.objects.select_related("person", "family"):
        if number.person and (number.family_id, number.region) != (number.person.family_id, number.person.region):
            yield "a number is not where its person is"


def standing():
    with unscoped("uji: peristiwa"):
        return list(LifeEvent.objects.standing().filter(part_of=None).order_by("made_at", "pk"))


def images():
    with unscoped("uji: jejak baris"):
        return Imprint.objects.count()
