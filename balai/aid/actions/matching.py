"""Which family of the register an entry of a list speaks of: by NIK, by KK number, and else a proposal by the sound of
the name and the day of birth, which a person decides about. Nothing is read out of a NIK."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from balai.aid import rules
from balai.aid.rules import MatchState
from balai.families.models import IdentityNumber, Person
from balai.families.rules import NumberKind


@dataclass(frozen=True)
class Sought:
    """An entry as it is matched: indexes of its numbers, name and day of birth."""

    niks: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    name: str = ""
    born_on: object = None
    not_proposed: bool = False  # somebody said already that the alike one is another


@dataclass(frozen=True)
class Found:
    state: MatchState
    family: UUID | None = None
    person: UUID | None = None
    region: str = ""


NOBODY = Found(MatchState.NONE)


def found(sought, region):
    """A Found for each, in their order; only people of the region who may be shown are looked at."""
    by_nik = _numbers(NumberKind.NIK, {one for each in sought for one in each.niks}, region)
    by_card = _numbers(NumberKind.KK, {one for each in sought for one in each.cards}, region)
    alike = _born(sought, region)
    return [_one(each, by_nik, by_card, alike) for each in sought]


def _one(sought, by_nik, by_card, born):
    holders = {holder for blind in sought.niks for holder in by_nik.get(blind, ())}
    if len(holders) == 1:  # a NIK that stands with two people decides nothing
        family, person, region = holders.pop()
        return Found(MatchState.BY_NIK, family, person, region)
    homes = {holder for blind in sought.cards for holder in by_card.get(blind, ())}
    if len(homes) == 1:  # one card may stand with several families
        family, _nobody, region = homes.pop()
        return Found(MatchState.BY_CARD, family, None, region)
    return _proposal(sought, born, {family for family, _nobody, _region in homes})


def _proposal(sought, born, homes):
    people = born.get(sought.born_on, []) if sought.name and not sought.not_proposed else []
    if homes:
        people = [one for one in people if one.family_id in homes]
    place = rules.proposed(sought.name, [one.name for one in people])
    if place is None:
        return NOBODY
    return Found(MatchState.PROPOSED, people[place].family_id, people[place].pk, people[place].region)


def _numbers(kind, blinds, region):
    """Index to {(family, person, region)} of those at home who hold the number."""
    rows = IdentityNumber.objects.unrestricted().living_here().within(region).filter(kind=kind, blind__in=blinds)
    holders = defaultdict(set)
    for blind, *holder in rows.values_list("blind", "family", "person", "region"):
        holders[blind].add(tuple(holder))
    return holders


def _born(sought, region):
    days = {each.born_on for each in sought if each.name and each.born_on}
    people = Person.objects.unrestricted().living_here().within(region).filter(born_on__in=days)
    found = defaultdict(list)
    for person in people.only("id", "name", "born_on", "family_id", "region"):
        found[person.born_on].append(person)
    return found
