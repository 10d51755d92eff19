"""What an application writes, through the actions of the register: families, members, corrections, answers."""

from datetime import date

from balai.aid.actions import load_aid
from balai.families import actions as register
from balai.families.actions.writing import day
from balai.families.models import Family, Person
from balai.families.rules import Home, Newcomer, may_be_mother
from balai.rosters.rules.judging import AID
from balai.rosters.rules.verdicts import Verdict
from balai.sheets.rules.items import ANSWERS
from balai.sheets.rules.regsosek import HOUSE
from balai.survey.actions import load_answers
from balai.survey.models import Housing, MemberAnswers
from balai.survey.rules import Block

OF_ANSWERS = frozenset(item.value for item in ANSWERS)


class Writing:
    """One batch: `lines` are (row, kept) in the order of the file; gives each row its person and its family."""

    def __init__(self, *, by, at, roster, places, lines):
        self.by, self.at, self.roster, self.places, self.lines = by, at, roster, places, lines
        self.told = {"by": by, "at": at}

    def write(self):
        self._new_families()
        for row, kept in self.lines:
            if row.verdict == Verdict.NEW and kept.outcome.family:
                self._new_member(row, kept)
            elif row.verdict == Verdict.CHANGED:
                self._change(row, kept)
        self._answers()
        self._houses()

    def _new_families(self):
        homes = {}
        for row, kept in self.lines:
            if row.verdict == Verdict.NEW and not kept.outcome.family:
                homes.setdefault((row.unit, kept.facts.unit), []).append((row, kept))
        made = [self._home(members) for members in homes.values()]
        if made:
            source = f"impor {self.roster.kind}"
            register.load_families(**self.told, homes=made, source=source, batch=str(self.roster.pk))

    def _home(self, members):
        members.sort(key=lambda one: (one[1].facts.relation, one[0].number))
        first, head = members[0][0], members[0][1].facts
        ids = {row.number: row.person_id for row, _kept in members}
        people = tuple(self._newcomer(kept.facts, ids) for _row, kept in members)
        region = self.places.code_of(head) or self.roster.region
        return Home(first.family_id, region, people, address=head.address, card=head.card)

    def _newcomer(self, facts, ids):
        return Newcomer(
            ids[facts.number], facts.name, facts.sex, facts.relation, facts.born_on, facts.nik,
            mother=ids.get(facts.mother_row),
        )  # fmt: skip

    def _new_member(self, row, kept):
        family, facts = Family.objects.get(pk=kept.outcome.family), kept.facts
        person = register.add_person(
            **self.told, family=family, name=facts.name, sex=facts.sex, relation=facts.relation,
            born_on=facts.born_on, nik=facts.nik, mother=self._mother_at_home(family, facts),
        )  # fmt: skip
        row.person_id = person.pk
        row.save(update_fields=["person"])

    def _mother_at_home(self, family, facts):
        """Whom the list names, where she is of that family already and may be the mother."""
        if facts.mother_row is None:
            return None
        row = self.roster.rows.filter(number=facts.mother_row).first()
        woman = family.people.unrestricted().filter(pk=row.person_id).first() if row and row.person_id else None
        return woman if woman and may_be_mother(facts.born_on, woman.sex, woman.born_on) else None

    def _change(self, row, kept):
        changes = {field: after for field, (_before, after) in kept.outcome.changes.items()}
        if changes.keys() & {"name", "sex", "born_on", "nik", "mother"}:
            self._correct_person(Person.objects.get(pk=row.person_id), kept.facts, changes)
        if changes.keys() & {"address", "card", "region"}:
            family = Family.objects.get(pk=row.family_id)
            register.correct_family(
                **self.told, family=family, address=changes.get("address", family.address), since_on=family.since_on,
                card=changes.get("card", ""), region=changes.get("region"),
            )  # fmt: skip

    def _correct_person(self, person, facts, changes):
        register.correct_person(
            **self.told, person=person, name=changes.get("name", person.name), sex=changes.get("sex", person.sex),
            relation=person.relation, born_on=facts.born_on if "born_on" in changes else person.born_on,
            mother=_mother(person, changes), nik=changes.get("nik", ""),
        )  # fmt: skip

    def _answers(self):
        """Beside what was answered before: an item that the list does not have keeps its answer."""
        given = {}
        for row, kept in self.lines:
            told = kept.facts.answers if row.verdict == Verdict.NEW else _changed(kept)
            if told:
                given[row.person_id] = (row.family_id, told)
        before = MemberAnswers.objects.now().filter(person__in=given).in_bulk(field_name="id")
        known = {one.person_id: one.values for one in before.values()}
        regions = dict(
            Family.objects.filter(pk__in={home for home, _told in given.values()}).values_list("pk", "region")
        )
        on = day(self.at)
        rows = [
            {"subject": person, "family": home, "region": regions[home], "from_on": on, **known.get(person, {}), **told}
            for person, (home, told) in given.items()
        ]
        load_answers(**self.told, block=Block.MEMBERS, rows=rows, batch=str(self.roster.pk))

    def _houses(self):
        """What the list says of families: their house, beside what was answered before, and what they receive."""
        homes = {}
        for row, kept in self.lines:
            told = [kept.facts.house, kept.facts.aid] if row.verdict == Verdict.NEW else _of_house(kept)
            if any(told):
                homes[row.family_id] = told
        if not homes:
            return
        regions = dict(Family.objects.filter(pk__in=homes).values_list("pk", "region"))
        before = {one.family_id: one.values for one in Housing.objects.now().filter(family__in=homes)}
        on, batch = day(self.at), str(self.roster.pk)
        houses = [
            {"subject": home, "family": home, "region": regions[home], "from_on": on, **before.get(home, {}), **house}
            for home, (house, _aid) in homes.items()
            if house
        ]
        load_answers(**self.told, block=Block.HOUSING, rows=houses, batch=batch)
        aid = [
            {"family": home, "region": regions[home], "programme": programme, "until_on": date.fromisoformat(last),
             "origin": f"impor {self.roster.kind}"}
            for home, (_house, told) in homes.items()
            for programme, last in told.items()
        ]  # fmt: skip
        load_aid(**self.told, rows=aid, batch=self.roster.pk)


def _of_house(kept):
    changes = {field: after for field, (_before, after) in kept.outcome.changes.items()}
    house = {item: value for item, value in changes.items() if item in HOUSE}
    return [house, {field.removeprefix(AID): last for field, last in changes.items() if field.startswith(AID)}]


def _mother(person, changes):
    """One who is restricted stays the mother where nobody is named."""
    if "mother" in changes:
        return Person.objects.filter(pk=changes["mother"]).first()
    return None if person.mother and person.mother.restricted_at else person.mother


def _changed(kept):
    return {field: after for field, (_before, after) in kept.outcome.changes.items() if field in OF_ANSWERS}
