"""Answers, dated. A row holds what was answered at one visit: from that day until the next visit, or until today."""

import json
import uuid

from django.db import models
from django.db.models import F, Q

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter
from balai.families.models import Family, Person, RegisterQuerySet
from balai.regions.models import RegionCode
from balai.survey.rules import Block, Facts, Kind, Someone, age, items_of
from balai.vault.models import SealedField, opened, sealed

LABEL = 16  # letters of the name of a block


class AnswersQuerySet(RegisterQuerySet):
    def now(self):
        """What holds today."""
        return self.filter(until_on__isnull=True)

    def on(self, day):
        """What held on the day; the day on which it ended belongs to what came after."""
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gt=day)
        )

    def newest_first(self):
        return self.order_by(F("from_on").desc(nulls_last=True), "pk")


class Answers(Scoped):
    """`region` follows the family; `subject` names the column of whose answers they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = RegionCode(help_text="that of the family")
    from_on = models.DateField(null=True, help_text="the day of the visit; empty: not known")
    until_on = models.DateField(null=True, help_text="the day of the next visit; empty: it holds today")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    objects = ScopedManager.from_queryset(AnswersQuerySet)()

    class Meta(Scoped.Meta):
        abstract = True

    @property
    def values(self):
        """{item: answer} of everything that was answered."""
        told = {item.key: getattr(self, item.key) for item in items_of(self.block)}
        return {key: value for key, value in told.items() if value is not None}

    def holds_on(self, day):
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.until_on is None or self.until_on > day)


def _column(item):
    if item.kind is Kind.MONTH:
        return models.DateField(null=True)
    return models.PositiveSmallIntegerField(null=True)


def _columns(block):
    """A column for each item of the catalogue, called by its key."""
    return {item.key: _column(item) for item in items_of(block)}


def _can_be(item):
    if item.kind is Kind.COUNT:
        return Q(**{f"{item.key}__gte": item.low, f"{item.key}__lte": item.high})
    if item.kind is Kind.SEVERAL:
        return Q(**{f"{item.key}__gt": 0, f"{item.key}__lte": item.every})
    return Q(**{f"{item.key}__in": item.numbers})


def _constraints(block, table, subject):
    """The codes of every item, days in order, and one row that holds today."""
    bound = [item for item in items_of(block) if item.kind is not Kind.MONTH]
    return [
        *(models.CheckConstraint(name=f"{table}_{item.key}", condition=_can_be(item)) for item in bound),
        models.CheckConstraint(
            name=f"{table}_ended_after_it_began",
            condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
        ),
        models.UniqueConstraint(fields=[subject], condition=Q(until_on__isnull=True), name=f"{table}_one_holds_today"),
        models.UniqueConstraint(fields=[subject, "from_on"], name=f"{table}_one_a_day"),
    ]


class MemberAnswers(Answers):
    """Block I, what is asked of each member: marriage, religion, work, schooling, health cover."""

    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="member_answers")
    person = ScopedKey(Person, on_delete=models.CASCADE, related_name="member_answers")
    vars().update(_columns(Block.MEMBERS))

    walls = Walls(Matter.NAMES)
    block, subject = Block.MEMBERS, "person"

    class Meta(Answers.Meta):
        indexes = [models.Index(fields=["region", "id"], name="member_answers_region")]
        constraints = _constraints(Block.MEMBERS, "member_answers", "person")


class PlanningAnswers(Answers):
    """Block II, family planning: asked of the wife of a couple."""

    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="planning_answers")
    person = ScopedKey(Person, on_delete=models.CASCADE, related_name="planning_answers")
    vars().update(_columns(Block.PLANNING))

    walls = Walls(Matter.CONTRACEPTION)
    block, subject = Block.PLANNING, "person"

    class Meta(Answers.Meta):
        indexes = [models.Index(fields=["region", "id"], name="planning_answers_region")]
        constraints = _constraints(Block.PLANNING, "planning_answers", "person")


class DevelopmentAnswers(Answers):
    """Block III, how the family lives: worship, quarrels, income, groups, information."""

    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="development_answers")
    vars().update(_columns(Block.DEVELOPMENT))

    walls = Walls(Matter.WELFARE)
    block, subject = Block.DEVELOPMENT, "family"

    class Meta(Answers.Meta):
        indexes = [models.Index(fields=["region", "id"], name="development_answers_region")]
        constraints = _constraints(Block.DEVELOPMENT, "development_answers", "family")


class Housing(Answers):
    """Block III, the house: roof to tenure, water and latrine."""

    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="housing")
    vars().update(_columns(Block.HOUSING))

    walls = Walls(Matter.NAMES)
    block, subject = Block.HOUSING, "family"

    class Meta(Answers.Meta):
        indexes = [models.Index(fields=["region", "id"], name="housing_region")]
        constraints = _constraints(Block.HOUSING, "housing", "family")


ANSWERS = {model.block: model for model in (MemberAnswers, PlanningAnswers, DevelopmentAnswers, Housing)}


class DraftQuerySet(RegisterQuerySet):
    def typed_by(self, account):
        """What the account has typed and not saved."""
        return self.filter(account=account, saved_at__isnull=True)

    def saved_by(self, account):
        """What the account has saved, with what would undo it."""
        return self.filter(account=account, saved_at__isnull=False)

    def about(self, block, family):
        return self.filter(block=block, family=family)


class Draft(Scoped):
    """What somebody typed for one subject of a block: kept on the way, and after saving together with what undoes it.
    Sealed, because it may say anything of anybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField()
    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="drafts")
    person = ScopedKey(Person, null=True, on_delete=models.CASCADE, related_name="drafts")
    region = RegionCode(help_text="that of the family")
    block = models.CharField(max_length=LABEL, choices=[(block.value, block.label) for block in Block])
    sealed = SealedField()
    updated_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, help_text="empty: not saved yet")

    walls = Walls(Matter.NAMES)
    objects = ScopedManager.from_queryset(DraftQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "id"], name="draft_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "family", "block"],
                condition=Q(person__isnull=True, saved_at__isnull=True),
                name="draft_one_of_a_family",
            ),
            models.UniqueConstraint(
                fields=["account", "person", "block"],
                condition=Q(person__isnull=False, saved_at__isnull=True),
                name="draft_one_of_a_person",
            ),
        ]

    def hold(self, told):
        """Takes in what was typed, as JSON, sealed to this row; gives its length. Does not save."""
        text = json.dumps(told)
        self.sealed = sealed(text, self.pk, self._meta.db_table, "sealed")
        return len(text)

    @property
    def told(self):
        return json.loads(opened(self.sealed, self.pk, self._meta.db_table, "sealed"))


def facts_on(day, family, about=None):
    """Who lives in the family, as the rules ask for it, and whom a block about a person is about."""
    return facts_of(people_on(day, family), about)


def facts_of(people, about):
    return Facts(tuple(people.values()), people.get(about.pk) if about else None)


def people_on(day, family, everybody=None):
    """{person: what the rules ask for}. Of somebody restricted only the place in the family counts."""
    rows = Person.objects.filter(family=family).at_home().in_order() if everybody is None else everybody
    return {row.pk: _someone(row, day) for row in rows if row.born_on is None or row.born_on <= day}


def _someone(row, day):
    return Someone(row.sex, row.relation, None if row.restricted_at else age(row.born_on, day))
