"""What the register knows of the rows of a list that are looked at together."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from balai.aid.models import Aid
from balai.aid.models.receiving import HELD
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import NumberKind
from balai.rosters.rules.judging import Known, KnownFamily, KnownPerson
from balai.rosters.rules.sounds import alike
from balai.sheets.rules.items import ANSWERS
from balai.sheets.rules.regsosek import HOUSE
from balai.survey.models import Housing, MemberAnswers
from balai.vault.models import Canary, blinds_all
from balai.vault.rules import canaries

STILL = date.max.isoformat()
FIELDS = ("id", "family_id", "region", "name", "sex", "born_on", "relation", "mother_id", "restricted_at", "gone_on")
OTHERS = 2_000  # ids in one question: SQLite takes no more than some thousands of parameters


def known_of(village, facts, people=()):
    """By the NIK and cards of the rows, by their names and days of birth in the village; `people`: ids somebody decided
    for."""
    known = Known(village=village, canaries=_canaries(village, facts))
    holders = _holders(NumberKind.NIK, {row.nik for row in facts if row.nik}, "person_id")
    cards = _holders(NumberKind.KK, {row.card for row in facts if row.card}, "family_id")
    known.by_card = {number: sorted(families) for number, families in cards.items()}
    asked = {one for found in holders.values() for one in found} | {UUID(one) for one in people}
    # Whose NIK is known is asked nothing more (judging._match): a whole village need not be read for him.
    near = _near(village, [row for row in facts if row.born_on and row.nik not in holders])
    wanted = _rows(Person.objects.all(), "pk", asked)
    homes = {row[1] for row in (*near, *wanted)} | {one for found in cards.values() for one in found}
    _fill(known, homes, any(row.house or row.aid for row in facts))
    _add_people(known, [*wanted, *_rows(Person.objects.all(), "family_id", homes)])
    for row in near:
        known.by_birth.setdefault(row[5], []).append(known.people[row[0]])
    for number, found in holders.items():
        known.by_nik[number] = min((known.people[one] for one in found), key=lambda one: (one.gone, one.id))
    return known


def _near(village, facts):
    """Those of the village who were born the same day as one of these and are called alike. Two numbers are two people
    (judging._by_birth): whoever has one is looked for only beside those who have none."""
    people, found = Person.objects.within(village).at_home(), []
    numbered = IdentityNumber.objects.filter(person=OuterRef("pk"))
    for some, has_nik in ((people, False), (people.filter(~Exists(numbered)), True)):
        born = defaultdict(set)
        for row in facts:
            if bool(row.nik) is has_nik:
                born[row.born_on].add(row.name)
        found += [row for row in _rows(some, "born_on", born) if any(alike(row[3], name) for name in born[row[5]])]
    return found


def _canaries(village, facts):
    """By number, by name and day of birth; by the name alone only where no day is known, and in the village."""
    texts = {row.number: _texts(village, row) for row in facts}
    planted = Canary.objects.planted(text for found in texts.values() for text in found)
    return {number: planted[text] for number, found in texts.items() for text in found if text in planted}


def _texts(village, row):
    named = canaries.of_birth(row.name, row.born_on) if row.born_on else canaries.of_home(row.name, village)
    return [text for text in (row.nik, row.card, named) if text]


def _holders(kind, numbers, column):
    """Number to the ids that hold it."""
    index = blinds_all(numbers)
    rows = _rows(IdentityNumber.objects.filter(kind=kind), "blind", set(index), ("blind", column))
    found = {}
    for blind, one in rows:
        found.setdefault(index[blind], set()).add(one)
    return found


def _rows(queryset, column, values, fields=FIELDS):
    values, found = sorted(values), []
    for start in range(0, len(values), OTHERS):
        some = queryset.filter(**{f"{column}__in": values[start : start + OTHERS]})
        found += some.order_by().values_list(*fields)
    return found


def _fill(known, homes, asks_house):
    carded = {
        row[0] for row in _rows(IdentityNumber.objects.filter(kind=NumberKind.KK), "family_id", homes, ("family_id",))
    }
    houses, aid = (_houses(homes), _aid(homes)) if asks_house else ({}, {})
    for pk, region, address, left in _rows(Family.objects.all(), "pk", homes, ("pk", "region", "address", "left_on")):
        if left is None:
            known.families[pk] = KnownFamily(pk, region, address, pk in carded, houses.get(pk, {}), aid.get(pk, {}))
    known.by_card = {card: [one for one in found if one in known.families] for card, found in known.by_card.items()}
    known.by_card = {card: found for card, found in known.by_card.items() if found}


def _houses(homes):
    rows = _rows(Housing.objects.now(), "family_id", homes, ("family_id", *HOUSE))
    return {
        row[0]: {name: value for name, value in zip(HOUSE, row[1:], strict=True) if value is not None} for row in rows
    }


def _aid(homes):
    """Family to programme to the last day it is known to have come; what still comes has no last day."""
    found = {}
    rows = _rows(
        Aid.objects.filter(state__in=HELD), "family_id", homes, ("family_id", "person_id", "programme", "until_on")
    )
    for family, person, programme, until in rows:
        if person is not None:  # asked for those of nobody, SQLite would read all that there are
            continue
        told = found.setdefault(family, {})
        last = until.isoformat() if until else STILL
        told[programme] = max(told.get(programme, ""), last)
    return found


def _add_people(known, rows):
    people = {row[0] for row in rows}
    numbered = {
        row[0] for row in _rows(IdentityNumber.objects.filter(kind=NumberKind.NIK), "person_id", people, ("person_id",))
    }
    names = [item.value for item in ANSWERS]
    answers = {
        row[0]: {name: value for name, value in zip(names, row[1:], strict=True) if value is not None}
        for row in _rows(MemberAnswers.objects.now(), "person_id", people, ("person_id", *names))
    }
    for pk, family, region, name, sex, born_on, relation, mother, restricted, gone in dict.fromkeys(rows):
        person = KnownPerson(
            pk, family, region, name, sex, born_on, relation, pk in numbered, mother is not None,
            restricted is not None, gone is not None or family not in known.families, answers.get(pk, {}),
        )  # fmt: skip
        known.people[pk] = person
        known.members.setdefault(family, []).append(person)
