"""Whole records of families, many at once: what is missing in each, and what is worth looking at again."""

from dataclasses import dataclass, field
from itertools import chain

from balai.base.words import Said
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import Member, unlikely
from balai.survey.models import ANSWERS
from balai.survey.rules import Block, Facts, Level, Someone, age, findings, missing

AT_ONCE = 500  # families whose answers are held in memory together


@dataclass
class Dossier:
    """`people`: those at home, restricted ones too, for who they are counts for what the others are asked."""

    family: Family
    people: list[Person] = field(default_factory=list)
    answers: dict[tuple[Block, object], dict[str, object]] = field(default_factory=dict)
    numbered: dict[object, bool] = field(default_factory=dict)  # who has a NIK, and whether its digits can be one

    def shown(self):
        return [person for person in self.people if person.restricted_at is None]


def dossiers(families, blocks, on):
    """In the order of the families, of those `blocks` that the reader may see."""
    families = list(families)
    for start in range(0, len(families), AT_ONCE):
        yield from _loaded(families[start : start + AT_ONCE], blocks, on)


def _loaded(families, blocks, on):
    found = {family.pk: Dossier(family) for family in families}
    keys = list(found)
    for person in Person.objects.at_home().filter(family__in=keys).in_order():
        if person.born_on is None or person.born_on <= on:
            found[person.family_id].people.append(person)
    for block in blocks:
        model = ANSWERS[block]
        for row in model.objects.now().filter(family__in=keys):
            found[row.family_id].answers[block, getattr(row, f"{model.subject}_id")] = row.values
    numbers = IdentityNumber.objects.filter(family__in=keys, person__isnull=False)
    numbered = dict(numbers.order_by().values_list("person", "is_sound"))
    for one in found.values():
        one.numbered = numbered
    return found.values()


def gaps(one, blocks, on):
    """[(whom it is about (None: the family), items)]: what is to be asked and has no answer."""
    found = []
    for block, person, facts in _asked(one, blocks, on):
        items = missing(block, facts, _told(one, block, person))
        if items:
            found.append((person, items))
    return found


def doubts(one, blocks, on, *, numbers):
    """[(whom it is about, what to look at again)]; `numbers`: whether the reader may know who has a NIK."""
    people = [
        Member(
            person.pk, person.sex, person.relation, person.born_on, person.mother_id, person.no_nik,
            person.pk in one.numbered or not numbers, not numbers or one.numbered.get(person.pk, True),
        )
        for person in one.shown()
    ]  # fmt: skip
    called = {person.pk: person for person in one.people}
    found = [(called[key], said) for key, said in unlikely(people, on)]
    for block, person, facts in _asked(one, blocks, on):
        told = _told(one, block, person)
        found += [
            (person, Said(finding.said.message))
            for finding in findings(block, facts, told, on)
            if finding.level is Level.DOUBT
        ]
    return found


def _asked(one, blocks, on):
    """Every block with whom it is about, and the facts by which it is asked."""
    known = {person.pk: _someone(person, on) for person in one.people}
    everybody = tuple(known.values())
    about_people = (
        (block, person, Facts(everybody, known[person.pk]))
        for block in blocks
        if block.of_a_person
        for person in one.shown()
    )
    about_family = ((block, None, Facts(everybody)) for block in blocks if not block.of_a_person)
    return chain(about_people, about_family)


def _told(one, block, person):
    return one.answers.get((block, person.pk if person else one.family.pk), {})


def _someone(person, on):
    return Someone(person.sex, person.relation, None if person.restricted_at else age(person.born_on, on))
