"""Who is asked what: by age, by couple, and by what was answered before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from balai.families.rules import Relation, Sex
from balai.survey.rules.catalogue import NO, YES, Block, Item, items_of

# Couples of reproductive age: the wife is 15 to 49. Who is older and still menstruates counts too, so that the block
# may be filled for her, but nobody misses it (definition of PUS, BKKBN; sdi.beltim.go.id 03.07.029, asahankab).
REPRODUCTIVE = (15, 49)
GROWN_UP = 18  # whose parents are no longer asked about raising them (UU 35/2014, article 1: a child is under 18)
GROUPS = ("posyandu", "bkb", "bkr", "pikr", "bkl", "uppka", "mekaar", "social_venture", "other_venture")

Answers = Mapping[str, object]
_CONDITION = re.compile(r"(?P<key>\w+)(?P<sign>=|>=)(?P<values>\d+(,\d+)*)")


@dataclass(frozen=True)
class Someone:
    """A member on the day of the visit; no age where the day of birth is not known."""

    sex: int
    relation: int
    age: int | None = None

    def aged(self, lowest: int, highest: int) -> bool:
        """Whether the age may lie there: nobody is passed over because the age is not known."""
        return self.age is None or lowest <= self.age <= highest


@dataclass(frozen=True)
class Facts:
    """The family on the day of the visit, and whom a block about a person is about."""

    people: Sequence[Someone]
    about: Someone | None = None

    @property
    def couple(self) -> bool:
        return {Relation.HEAD, Relation.SPOUSE} <= {one.relation for one in self.people}

    @property
    def several(self) -> bool:
        return len(self.people) > 1

    @property
    def parents(self) -> bool:
        children = (one for one in self.people if one.relation == Relation.CHILD)
        return self.couple and any(one.aged(0, GROWN_UP - 1) for one in children)

    @property
    def is_wife(self) -> bool:
        """Whether the block is about the woman of the couple."""
        pair = (Relation.HEAD, Relation.SPOUSE)
        return self.couple and self.about is not None and self.about.sex == Sex.FEMALE and self.about.relation in pair


def age(born_on: date | None, on: date) -> int | None:
    """In completed years; None where the day of birth is not known, or lies after the day."""
    if born_on is None or born_on > on:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def offered(block: Block, facts: Facts) -> tuple[Item, ...]:
    """What can be asked of them at all, before anything was answered."""
    if block is Block.PLANNING and not facts.is_wife:
        return ()
    return tuple(item for item in items_of(block) if _fits(item, facts))


def _fits(item: Item, facts: Facts) -> bool:
    if item.of and not getattr(facts, item.of):
        return False
    if item.ages is None:
        return True
    whose = [facts.about] if item.block.of_a_person and facts.about else facts.people
    return any(one.aged(*item.ages) for one in whose)


def asked(block: Block, facts: Facts, answers: Answers) -> tuple[Item, ...]:
    """What these answers lead to. An answer to what is not asked leads nowhere."""
    found: dict[str, Item] = {}
    for item in offered(block, facts):
        if not item.when or any(_holds(one, answers, found) for one in item.when):
            found[item.key] = item
    return tuple(found.values())


def _holds(condition: str, answers: Answers, found: Mapping[str, Item]) -> bool:
    key, at_least, values = parsed(condition)
    told = answers.get(key)
    if key not in found or not isinstance(told, int):
        return False
    return told >= values[0] if at_least else told in values


@cache
def parsed(condition: str) -> tuple[str, bool, tuple[int, ...]]:
    """(item, whether at least, numbers) of "marital=2,3,4" or "births>=1"."""
    found = _CONDITION.fullmatch(condition)
    if found is None:
        raise ValueError(f"{condition} is no condition")
    return found["key"], found["sign"] == ">=", tuple(int(one) for one in found["values"].split(","))


def kept(block: Block, facts: Facts, answers: Answers) -> dict[str, object]:
    """The answers to what is asked; nothing is kept of what is not asked."""
    keys = [item.key for item in asked(block, facts, answers)]
    return {key: answers[key] for key in keys if answers.get(key) is not None}


def is_due(block: Block, facts: Facts) -> bool:
    """Whether the block belongs to the yearly visit: family planning only where the wife is of reproductive age."""
    if block is not Block.PLANNING:
        return True
    return facts.is_wife and facts.about is not None and facts.about.aged(*REPRODUCTIVE)


def missing(block: Block, facts: Facts, answers: Answers) -> tuple[Item, ...]:
    """What is asked and has no answer."""
    if not is_due(block, facts):
        return ()
    return tuple(item for item in asked(block, facts, answers) if answers.get(item.key) is None)


def participation(facts: Facts, answers: Answers) -> dict[str, bool | None]:
    """Of the groups that the family should belong to: whether it takes part; None: not answered."""
    told: dict[object, bool] = {YES.number: True, NO.number: False}
    targets = {item.key for item in offered(Block.DEVELOPMENT, facts)}
    return {group: told.get(answers.get(group)) for group in GROUPS if group in targets}
