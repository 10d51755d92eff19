"""What the pages of the survey share: the family in scope, whom a block asks, addresses, and what was saved last."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import get_language

from balai.access.rules import Matter, Right
from balai.access.views import found
from balai.base.errors import NotAllowed
from balai.families.models import VILLAGE_CODE, Family, Person
from balai.families.rules import Relation, Sex
from balai.families.views.showing import place_names
from balai.survey import rules
from balai.survey.inputs import Whom
from balai.survey.models import ANSWERS, Draft, facts_of, people_on
from balai.survey.rules import Block

SLUGS = {
    Block.MEMBERS: "anggota",
    Block.PLANNING: "kb",
    Block.DEVELOPMENT: "kehidupan",
    Block.HOUSING: "rumah",
}
NARROW = 14  # letters that fit beside another answer at 360 px


@dataclass(frozen=True)
class Told:
    """One item in words. `answer` is empty where nothing was answered."""

    item: rules.Item
    name: str
    answer: str


def may_read(actor, block):
    return actor.right(Matter.NAMES) >= Right.MASKED and ANSWERS[block].walls.opens_to(actor)


def may_fill(actor, block):
    return actor.right(Matter.NAMES) >= Right.WRITE and ANSWERS[block].walls.takes_from(actor)


def readable(request, pk, block):
    if not may_read(request.actor, block):
        raise NotAllowed("Peran Anda tidak membuka bagian ini.")
    return found(Family.objects.unrestricted(), pk=pk)


def fillable(request, pk, block):
    if not may_fill(request.actor, block):
        raise NotAllowed("Peran Anda tidak mengisi bagian formulir ini.")
    return found(Family.objects.living_here().unrestricted(), pk=pk)


def people_of(family):
    """Those who live there and may be shown."""
    return list(Person.objects.filter(family=family).at_home().unrestricted().in_order())


def village_of(family):
    """For the way back: code and name of the village."""
    code = family.region[:VILLAGE_CODE]
    return {"village": code, "village_name": place_names([code])[code]}


def wife_of(people):
    """The woman of the couple, where there is one."""
    pair = (Relation.HEAD, Relation.SPOUSE)
    return next((one for one in people if one.relation in pair and one.sex == Sex.FEMALE), None)


def whom(family, block, on, people=None, everybody=None):
    """Whom the block asks: each member, the wife of the couple, or the family; with what was known on the day.
    `people` are those who may be shown, `everybody` all who live there, where they are known."""
    people = people_of(family) if people is None else people
    if block is Block.MEMBERS:
        asked = people
    elif block is Block.PLANNING:
        asked = [one for one in (wife_of(people),) if one]
    else:
        asked = [None]
    past = _past(block, [one or family for one in asked])
    there = people_on(on, family, everybody)
    found = [_whom(one, one or family, facts_of(there, one), past, on) for one in asked]
    return [one for one in found if rules.offered(block, one.facts)]


def _whom(person, subject, facts, past, on):
    rows = past.get(subject.pk, ())
    return Whom(person, subject, facts, next((row for row in rows if row.holds_on(on)), None), past=tuple(rows))


def _past(block, subjects):
    found = {}
    for row in _rows(block, subjects).newest_first():
        found.setdefault(_subject(row), []).append(row)
    return found


def _rows(block, subjects):
    model = ANSWERS[block]
    return model.objects.filter(**{f"{model.subject}__in": [one.pk for one in subjects]})


def _subject(row):
    return getattr(row, f"{row.subject}_id")


def version(asked):
    """Stands for what is known of them all: another one after every save."""
    known = ",".join(sorted(str(one.row.pk) for one in asked if one.row))
    return sha256(known.encode()).hexdigest()[:16]


def in_words(block, facts, values):
    """What is asked of them, with the answers as sentences."""
    language = get_language()
    return [
        Told(item, item.name(language), rules.told(item, values.get(item.key), language))
        for item in rules.asked(block, facts, values)
    ]


def is_wide(item):
    """Whether its answers are too long to stand side by side on a phone."""
    return any(len(code.name(get_language())) > NARROW for code in item.codes)


def sections(block, asked):
    """For each who is asked: what was answered, since when, and how much is missing."""
    return [
        {
            "person": one.person, "age": one.facts.about and one.facts.about.age, "row": one.row,
            "told": in_words(block, one.facts, one.row.values if one.row else {}),
            "missing": len(rules.missing(block, one.facts, one.row.values if one.row else {})),
        }
        for one in asked
    ]  # fmt: skip


def visits(asked):
    """Days of visits, the newest first."""
    return sorted({row.from_on for one in asked for row in one.past if row.from_on}, reverse=True)


def changes(block, asked):
    """(day, person, [(item, before, after)]) from visit to visit, the newest first."""
    found = [
        (row.from_on, one.person, _differing(block, before, row)) for one in asked for row, before in pairwise(one.past)
    ]
    return sorted((change for change in found if change[2]), key=lambda change: change[0], reverse=True)


def _differing(block, before, row):
    """(item, before, after) in words."""
    language, old, new = get_language(), before.values, row.values
    return [
        (
            item.name(language),
            rules.told(item, old.get(item.key), language),
            rules.told(item, new.get(item.key), language),
        )
        for item in rules.items_of(block)
        if old.get(item.key) != new.get(item.key)
    ]


def next_block(actor, family, block):
    """The one to be filled after this, or None after the last."""
    order = list(Block)
    for one in order[order.index(block) + 1 :]:
        if may_fill(actor, one) and (one is not Block.PLANNING or wife_of(people_of(family))):
            return one
    return None


def address(what, block, family):
    return reverse(f"survey:{block}{what and '_'}{what}", args=[family.pk])


def others(actor, block, family):
    """(name, address, whether it is this one) of the blocks that the reader may read."""
    return [
        (one.label, address("", one, family), one is block)
        for one in Block
        if may_read(actor, one) and (one is not Block.PLANNING or wife_of(people_of(family)))
    ]


def last_saved(request, family, at):
    """The newest save of this account in the family, as long as it may be undone."""
    rows = Draft.objects.saved_by(request.actor.account).filter(family=family, saved_at__gt=at - rules.UNDO_FOR)
    newest = rows.order_by("-saved_at").first()
    if newest is None or not may_fill(request.actor, Block(newest.block)):
        return None
    together = [row for row in rows if (row.block, row.saved_at) == (newest.block, newest.saved_at)]
    return {
        "block": Block(newest.block), "at": newest.saved_at, "people": sum(1 for row in together if row.person_id),
        "answers": sum(row.told["answers"] for row in together), "undo": address("undo", newest.block, family),
    }  # fmt: skip
