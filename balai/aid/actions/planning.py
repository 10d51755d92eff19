"""What each line of a file of aid would do: found by NIK or KK number in the village, never by a name alone."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from balai.aid import rules
from balai.aid.actions.loading import standing, stands
from balai.aid.actions.matching import Sought, found
from balai.aid.rules import Level, MatchState, Part
from balai.base.words import Said, sentence
from balai.families.models import Family, Person
from balai.vault.models import blinds


class Outcome(StrEnum):
    NEW = "new"
    SAME = "same"
    REFUSED = "refused"


OUTCOMES = {
    Outcome.NEW: sentence("Baru"),
    Outcome.SAME: sentence("Sudah tercatat"),
    Outcome.REFUSED: sentence("Ditolak"),
}


@dataclass(frozen=True)
class Planned:
    line: int
    outcome: Outcome
    family: UUID | None = None
    person: UUID | None = None
    facts: rules.AidFacts | None = None
    column: str = ""
    said: Said | None = None


def plan_aid(lines, village, beside, on):
    """A Planned for each line. `beside`: inputs.files.Programme, for what the lines themselves do not say."""
    sought = [Sought(niks=_blinds(line.nik), cards=_blinds(line.card)) for line in lines]
    matches = found(sought, village)
    families = {match.family for match in matches if match.family}
    living = Family.objects.living_here().in_bulk(families)
    members = _members(families)
    known, plans = standing(living), []
    for line, match in zip(lines, matches, strict=True):
        plan = _planned(line, match, living, members, beside, on)
        if plan.outcome is Outcome.NEW:
            key = (plan.family, plan.person, plan.facts.programme)
            if stands(known, key, plan.facts):
                plan = Planned(line.line, Outcome.SAME, plan.family, plan.person, plan.facts)
            else:
                known[key].append((plan.facts.state, plan.facts.from_on, plan.facts.until_on))
        plans.append(plan)
    return plans


def _planned(line, match, living, members, beside, on):
    if not (line.nik or line.card):
        column, said = line.faults[0] if line.faults else (Part.NIK.label, Said("Isi NIK atau nomor KK."))
        return _refused(line, column, said)
    if match.family not in living:
        return _refused(line, Part.NIK.label, Said("Tidak ada keluarga di desa ini dengan nomor itu."))
    facts = _facts(line, beside)
    programme = rules.programmes().get(facts.programme)
    if programme is None:
        return _refused(line, Part.PROGRAMME.label, Said("Bantuannya tidak dikenal. Pilih bantuannya di formulir."))
    person = _person(line, match, programme, members)
    for field, said in rules.faults(facts, on, of_person=person is not None):
        return _refused(line, _COLUMN_OF[field], said)
    return Planned(line.line, Outcome.NEW, match.family, person, facts)


_COLUMN_OF = {
    "person": Part.NIK.label, "from_on": Part.FROM.label, "until_on": Part.UNTIL.label, "amount": Part.AMOUNT.label,
}  # fmt: skip


def _facts(line, beside):
    return rules.settled(
        rules.AidFacts(
            programme=rules.programme_of(line.programme) or beside.code or "",
            from_on=line.from_on or beside.from_on, until_on=line.until_on or beside.until_on, amount=line.amount,
            goods=line.goods,
        )
    )  # fmt: skip


def _person(line, match, programme, members):
    """Who receives: nobody by name where the whole family does; else by NIK, or the one of the card so called."""
    if programme.level is Level.FAMILY:
        return None
    if match.state is MatchState.BY_NIK:
        return match.person
    people = members.get(match.family, [])
    place = rules.proposed(line.name, [person.name for person in people]) if line.name else None
    return None if place is None else people[place].pk


def _members(families):
    found_here = {}
    for person in Person.objects.unrestricted().at_home().filter(family__in=families).in_order():
        found_here.setdefault(person.family_id, []).append(person)
    return found_here


def _refused(line, column, said):
    return Planned(line.line, Outcome.REFUSED, column=column, said=said)


def _blinds(number):
    return tuple(blinds(number)) if number else ()
