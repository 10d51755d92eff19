"""Birth, death, and another head of the family."""

from django.db import transaction
from django.db.models import Count, Max

from balai.base.errors import NotValid
from balai.events import rules
from balai.events.actions.asking import at_home, begin, beside, enter, partner_of, rehead, settle
from balai.events.actions.telling import say_marital
from balai.events.actions.writing import finish
from balai.events.rules import COUPLE, Kind
from balai.families.actions.writing import day, known_number
from balai.families.models import Person
from balai.families.rules import (
    GoneReason,
    NoNik,
    PersonFacts,
    Relation,
    check_person,
    may_be_mother,
    one_line,
)
from balai.survey.rules import Marital

UNNAMED = "Bayi"  # a newborn need not have a name yet; the mother's is never part of it


@transaction.atomic
def record_birth(*, by, at, on, family, sex, name="", mother=None, birth_order=None, nik="", place=""):
    """One child; of twins each is a birth of its own. Without NIK it is known by mother and order of birth."""
    writing, family = begin(by, at, on, family)
    nik = known_number(nik)
    mother = _mother(writing, family, mother)
    relation = Relation.CHILD if mother is None or mother.relation in COUPLE else Relation.OTHER
    facts = PersonFacts(one_line(name) or UNNAMED, sex, relation, on, nik)
    check_person(facts, day(at), ())
    order = None if mother is None else birth_order or _next_birth(mother)
    if order and mother.children.filter(birth_order=order).exists():
        known = NotValid("Kelahiran ke-%(order)d dari ibu ini sudah tercatat. Periksa urutannya.", order=order)
        raise beside("birth_order", known)
    no_nik = None if nik else NoNik.NEWBORN.value
    child = enter(writing, family, facts, mother=mother, birth_order=order, no_nik=no_nik)
    return finish(writing, deed="event.birth", kind=Kind.BIRTH, family=family, person=child, place=place)


@transaction.atomic
def record_death(*, by, at, on, family, person, new_head=None, place=""):
    """The head's death asks who is head now, as long as somebody is left."""
    writing, family = begin(by, at, on, family)
    (person,) = at_home(writing, family, person)
    left = partner_of(person)
    writing.gone(person, GoneReason.DIED)
    settle(writing, family, new_head)
    if left:
        say_marital(writing, Marital.WIDOWED, left)
    return finish(writing, deed="event.death", kind=Kind.DEATH, family=family, person=person, place=place)


@transaction.atomic
def record_new_head(*, by, at, on, family, head, reason):
    """The former head stays at home; relations are those to the new one."""
    writing, family = begin(by, at, on, family)
    (chosen,) = at_home(writing, family, head)
    if chosen.relation == Relation.HEAD:
        raise beside("head", NotValid("Orang ini sudah menjadi kepala keluarga."))
    people = list(Person.objects.at_home().filter(family=family).select_for_update(of=("self",)))
    rehead(writing, people, next(one for one in people if one == chosen))
    reason = rules.NewHead(reason).value
    return finish(writing, deed="event.new_head", kind=Kind.NEW_HEAD, family=family, person=chosen, why=reason)


def _mother(writing, family, mother):
    """A woman of the family, known not to be younger than the child."""
    if mother is None:
        return None
    (row,) = at_home(writing, family, mother)
    if not may_be_mother(writing.on, row.sex, row.born_on):
        raise beside("mother", NotValid("Ibu dipilih dari perempuan dalam keluarga ini, yang lahir lebih dahulu."))
    return row


def _next_birth(mother):
    known = mother.children.aggregate(last=Max("birth_order"), rows=Count("pk"))
    return max(known["last"] or 0, known["rows"]) + 1
