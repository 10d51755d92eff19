"""Moving: somebody or a family from outside, away from the register, and from place to place inside it."""

from django.db import transaction

from balai.access.rules import Permission, require
from balai.base.errors import NotValid
from balai.events.actions.asking import at_home, begin, beside, born_by, enter, new_place, settle
from balai.events.actions.writing import Writing, finish
from balai.events.rules import EARLIEST, Kind
from balai.families.actions import add_family
from balai.families.actions.writing import day, known_number
from balai.families.models import IdentityNumber, Person
from balai.families.rules import GoneReason, LeftReason, PersonFacts, check_person, may_be_mother, one_line


@transaction.atomic
def record_moving_in(*, by, at, on, family, name, sex, relation, born_on=None, mother=None, nik="", origin=""):
    """Somebody from outside the register joins the family."""
    writing, family = begin(by, at, on, family)
    facts = PersonFacts(one_line(name), sex, relation, born_on, known_number(nik))
    here = Person.objects.at_home().filter(family=family)
    check_person(facts, day(at), list(here.values_list("relation", flat=True)))
    born_by(facts, on)
    if mother:
        (mother,) = at_home(writing, family, mother)
        if not may_be_mother(born_on, mother.sex, mother.born_on):
            wrong = NotValid("Ibu dipilih dari perempuan dalam keluarga ini, yang lahir lebih dahulu.")
            raise beside("mother", wrong)
    person = enter(writing, family, facts, mother=mother)
    return finish(writing, deed="event.moved_in", kind=Kind.MOVED_IN, family=family, person=person, origin=origin)


@transaction.atomic
def record_family_moving_in(*, by, at, on, region, people, address="", card="", origin="", invented=False):
    """A family from outside the register: entered as `add_family` enters it, at home since the day it came."""
    require(by, Permission.FAMILY_EDIT, region)
    if day(at) - on > EARLIEST:
        raise NotValid("Tanggal ini lebih dari 130 tahun yang lalu. Periksa tahunnya.")
    family = add_family(
        by=by, at=at, region=region, people=people, address=address, since_on=on, card=card, invented=invented
    )
    writing = Writing(by=by, at=at, on=on)
    writing.made(family)
    persons = list(Person.objects.filter(family=family).in_order())
    for row in (*persons, *IdentityNumber.objects.filter(family=family).order_by("pk")):
        writing.made(row)
    return finish(
        writing, deed="event.moved_in", kind=Kind.MOVED_IN, family=family, people=len(persons), origin=origin
    )  # fmt: skip


@transaction.atomic
def record_moving_out(*, by, at, on, family, people, destination="", new_head=None):
    """Some leave the register, or all: then the family leaves as it is."""
    writing, family = begin(by, at, on, family)
    if not people:
        raise beside("people", NotValid("Pilih siapa yang pindah."))
    people = at_home(writing, family, *people)
    if Person.objects.at_home().filter(family=family).count() == len(people):
        for person in people:
            writing.must_follow(person)
        writing.leave(family, LeftReason.MOVED_AWAY)
    else:
        for person in people:
            writing.gone(person, GoneReason.MOVED_AWAY)
        settle(writing, family, new_head)
    alone = people[0] if len(people) == 1 else None
    return finish(
        writing,
        deed="event.moved_out",
        kind=Kind.MOVED_OUT,
        family=family,
        person=alone,
        people=len(people),
        to=destination,
    )


@transaction.atomic
def record_moving_within(*, by, at, on, family, region):
    """To another place of the register, with everything that is kept of the family in every room."""
    writing, family = begin(by, at, on, family)
    before = family.region
    if new_place(by, region) == before:
        raise beside("region", NotValid("Keluarga ini sudah tercatat di tempat itu."))
    people = writing.bear_off(family, region)
    return finish(
        writing,
        deed="event.moved_within",
        kind=Kind.MOVED_WITHIN,
        family=family,
        people=people,
        before=before,
        to=region,
    )
