"""How completely each question is answered: how many were to be asked, how many answered, how many of them with "no".

Written from the catalogue of the survey as conditions of the database; a test compares them with the survey's own rules
(rules.missing), family by family.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q

from balai.families.models import Family, Person
from balai.families.rules import Relation, Sex
from balai.survey.rules import Block, Item, Kind, items_of
from balai.survey.rules.asked import GROWN_UP, REPRODUCTIVE, parsed

NO = 2
RELATION = {Block.MEMBERS: "member_answers", Block.PLANNING: "planning_answers",
            Block.DEVELOPMENT: "development_answers", Block.HOUSING: "housing"}  # fmt: skip


@dataclass(frozen=True)
class FieldCount:
    """`no`: of those answered the ones with “no”; None where the question is none of yes or no."""

    item: Item
    asked: int
    told: int
    no: int | None

    @property
    def missing(self):
        return self.asked - self.told


def field_counts(block, code, on):
    """Of every question of the block, within the place."""
    items, named = {item.key: item for item in items_of(block)}, {}
    for key, item in items.items():
        asked = _asked(item, items, on)
        told = asked & Q(**{f"now__{key}__isnull": False})
        named |= {f"{key}_asked": Count("pk", filter=asked), f"{key}_told": Count("pk", filter=told)}
        if item.kind is Kind.YES:
            named[f"{key}_no"] = Count("pk", filter=asked & Q(**{f"now__{key}": NO}))
    found = subjects(block, code, on).aggregate(**named)
    return [FieldCount(item, found[f"{key}_asked"], found[f"{key}_told"], found.get(f"{key}_no"))
            for key, item in items.items()]  # fmt: skip


def without_answer(item, code, on):
    """Families, or people, of whom it was to be asked and is not answered."""
    items = {one.key: one for one in items_of(item.block)}
    blank = Q(**{f"now__{item.key}__isnull": True})
    return subjects(item.block, code, on).filter(_asked(item, items, on) & blank)


def subjects(block, code, on):
    """Whom the block is due to be asked about, with their answers of today as `now`."""
    rows = (_people if block.of_a_person else _families)(block, code, on)
    relation = RELATION[block]
    return rows.alias(now=FilteredRelation(relation, condition=Q(**{f"{relation}__until_on__isnull": True})))


def _people(block, code, on):
    born = Q(born_on__isnull=True) | Q(born_on__lte=on)
    rows = Person.objects.living_here().unrestricted().within(code).filter(born)
    if block is Block.MEMBERS:
        return rows
    couple = (Relation.HEAD.value, Relation.SPOUSE.value)
    beside = _at_home(on, "family").filter(relation__in=couple).exclude(relation=OuterRef("relation"))
    return rows.filter(_aged(*REPRODUCTIVE, on), Exists(beside), sex=Sex.FEMALE.value, relation__in=couple)


def _families(block, code, on):
    rows = Family.objects.living_here().unrestricted().within(code)
    return rows if block is Block.HOUSING else rows.annotate(**_about(on))


def _about(on):
    """What the questions of the family ask of its people."""
    here = _at_home(on, "pk")
    flags = {
        "has_head": Exists(here.filter(relation=Relation.HEAD.value)),
        "has_spouse": Exists(here.filter(relation=Relation.SPOUSE.value)),
        "has_others": Exists(here.exclude(relation=Relation.HEAD.value)),
        "has_child": Exists(here.filter(_may_be(0, GROWN_UP - 1, on), relation=Relation.CHILD.value)),
    }
    ages = {item.ages for item in items_of(Block.DEVELOPMENT) if item.ages}
    return flags | {_flag(pair): Exists(here.filter(_may_be(*pair, on))) for pair in ages}


def _at_home(on, key):
    """The people of the family, restricted or not: who they are counts for what the others are asked."""
    born = Q(born_on__isnull=True) | Q(born_on__lte=on)
    return Person.objects.at_home().filter(born, family=OuterRef(key))


_OF = {
    "couple": Q(has_head=True, has_spouse=True),
    "several": Q(has_others=True),
    "parents": Q(has_head=True, has_spouse=True, has_child=True),
}


def _flag(pair):
    return f"aged_{pair[0]}_{pair[1]}"


def _asked(item, items, on):
    asked = _OF[item.of] if item.of else Q(pk__isnull=False)
    if item.ages:
        asked &= _aged(*item.ages, on) if item.block.of_a_person else Q(**{_flag(item.ages): True})
    leads = Q()
    for condition in item.when:
        key, at_least, values = parsed(condition)
        said = {f"now__{key}__gte": values[0]} if at_least else {f"now__{key}__in": values}
        leads |= _asked(items[key], items, on) & Q(**said)
    return asked & leads


def _aged(lowest, highest, on):
    """Who may be of that age: nobody is passed over because the day of birth is not known."""
    return Q(born_on__isnull=True) | Q(born_on__lte=back(on, lowest), born_on__gt=back(on, highest + 1))


def _may_be(lowest, highest, on):
    """The same of somebody beside; of a restricted person the age is not used."""
    return Q(restricted_at__isnull=False) | _aged(lowest, highest, on)


def back(on, years):
    """The day so many years before; of 29 February the 28th where there is none."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


def families_of(rows):
    """Keys of the families of families or people."""
    return rows.values("family" if rows.model is Person else "pk")
