"""Families, persons and their identity numbers."""

import uuid

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Substr

from balai.access.models import Scoped, ScopedKey, ScopedManager, ScopedQuerySet, Walls
from balai.access.rules import Matter
from balai.families.models.hearing import sounding
from balai.families.rules import GoneReason, LeftReason, NoNik, NumberKind, Relation, Sex, is_sound
from balai.regions.models import Place, RegionCode
from balai.regions.rules import span
from balai.vault.models import BlindField, SealedField, blind, blinds, masked, opened, sealed

VILLAGE_CODE = 13  # letters of a village's code; the code of a place below it begins with them


def villages_of(actor):
    """The villages that the actor's regions lie in, or that lie in them."""
    inside = Q(pk__in=[lo[:VILLAGE_CODE] for lo, _hi in actor.ranges if len(lo) > VILLAGE_CODE])
    for lo, hi in actor.ranges:
        inside |= Q(pk__gte=lo, pk__lt=hi)
    return Place.objects.today().villages().filter(inside)


class RegisterQuerySet(ScopedQuerySet):
    """What families, persons and numbers have in common: a place."""

    def within(self, code):
        """At or below the place of that code; everywhere in scope for ""."""
        lo, hi = span(code)
        return self.filter(region__gte=lo, region__lt=hi)

    def by_village(self):
        """Code of the village to how many rows are at home there."""
        village = Substr("region", 1, VILLAGE_CODE)
        counted = self.order_by().annotate(village=village).values("village").annotate(rows=Count("pk"))
        return dict(counted.values_list("village", "rows"))


class FamilyQuerySet(RegisterQuerySet):
    def living_here(self):
        """Those that have not left the register."""
        return self.filter(left_on__isnull=True)

    def unrestricted(self):
        """Those of whom somebody may still be shown. Every list, export and count begins here."""
        return self.filter(Exists(Person.objects.unrestricted().at_home().filter(family=OuterRef("pk"))))

    def search(self, text):
        """Those whose address, or the name of one who may be shown, holds `text` or sounds like it; a sign is only a
        sign."""
        called = self._with_anybody(Q(name__icontains=text) | sounding(text))
        return self.filter(Q(address__icontains=text) | called)

    def with_under_fives(self, day):
        return self.filter(self._with_anybody(Q(born_on__gt=day.replace(year=day.year - 5, day=min(day.day, 28)))))

    def unplaced(self, village):
        """At home in the village, nobody knows in which RT, RW or dusun."""
        return self.filter(left_on__isnull=True, region=village)

    def without_nik(self):
        """With somebody who has none."""
        return self.filter(self._with_anybody(Q(numbers__isnull=True)))

    def _with_anybody(self, condition):
        return Exists(Person.objects.unrestricted().at_home().filter(condition, family=OuterRef("pk")))

    def by_name(self):
        """With `called`, the first who may be shown: the head as a rule, who is found without sorting."""
        shown = Person.objects.unrestricted().at_home().filter(family=OuterRef("pk"))
        head = Subquery(shown.filter(relation=Relation.HEAD).values("name"))
        return self.annotate(called=Coalesce(head, Subquery(shown.in_order().values("name")[:1]))).order_by(
            "called", "pk"
        )

    def in_list(self, order=""):
        """By name; `rt`: by where they live; `ubah`: the last written first. With `changed_at`."""
        rows = self.by_name().annotate(changed_at=Coalesce("last_write__at", "made_at"))
        first = {"rt": ["region"], "ubah": ["-changed_at"]}.get(order, [])
        return rows.order_by(*first, "called", "pk")

    def told(self):
        """With `called`, and `people_shown`, how many may be shown. To show one page of many, choose it `by_name`."""
        shown = Person.objects.unrestricted().at_home().filter(family=OuterRef("pk"))
        counted = shown.order_by().values("family").annotate(number=Count("pk")).values("number")
        return self.by_name().annotate(people_shown=Subquery(counted))

    def with_number(self, kind, number):
        """Those in scope to whom exactly this number belongs."""
        found = IdentityNumber.objects.unrestricted().with_number(kind, number)
        return self.filter(pk__in=found.values("family"))


class Family(Scoped):
    """The unit of the register: one couple, or a parent with children, or a person alone, at home in the village for
    six months. Not the KK card, and not everybody under one roof."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = RegionCode(help_text="the village, or the place below it")
    address = models.CharField(max_length=200, blank=True)
    since_on = models.DateField(null=True, help_text="at home in the village since")
    left_on = models.DateField(null=True)
    left_reason = models.CharField(max_length=16, choices=LeftReason.choices(), null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    invented = models.BooleanField(default=False)

    walls = Walls(Matter.NAMES, family="id")
    objects = ScopedManager.from_queryset(FamilyQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "id"], name="family_region")]
        constraints = [
            models.CheckConstraint(
                name="family_left_on_and_reason",
                condition=Q(left_on__isnull=True, left_reason__isnull=True)
                | Q(left_on__isnull=False, left_reason__isnull=False),
            ),
            models.CheckConstraint(
                name="family_left_after_it_came",
                condition=Q(since_on__isnull=True) | Q(left_on__isnull=True) | Q(left_on__gte=models.F("since_on")),
            ),
        ]


class PersonQuerySet(RegisterQuerySet):
    def unrestricted(self):
        """Without those whose data may only be kept (UU 27/2022, article 41)."""
        return self.filter(restricted_at__isnull=True)

    def living_here(self):
        """Members today: neither they nor their family have left."""
        return self.at_home().filter(family__left_on__isnull=True)

    def at_home(self):
        """Those who have not died, gone away, or turned out to be somebody else of the register."""
        return self.filter(gone_on__isnull=True)

    def away(self):
        """Those who died or moved away, by themselves or with all of their family."""
        gone = Q(gone_on__isnull=False) & ~Q(gone_reason=GoneReason.SAME_PERSON)
        return self.filter(gone | Q(gone_on__isnull=True, family__left_reason=LeftReason.MOVED_AWAY))

    def of_family_on(self, family, day):
        """Who belongs to the family today and did so that day, and who died or moved away since. Those
        who went to another family since have a PastStay."""
        come = Q(since_on__isnull=True) | Q(since_on__lte=day)
        return self.filter(come, Q(gone_on__isnull=True) | Q(gone_on__gt=day), family=family, joined_into__isnull=True)

    def in_order(self):
        """As the family card lists them: head, spouse, children by age, others."""
        return self.order_by("relation", models.F("born_on").asc(nulls_last=True), "name", "pk")


class Person(Scoped):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = ScopedKey(Family, on_delete=models.PROTECT, related_name="people")
    region = RegionCode(help_text="that of the family, so that no wall needs a join")
    name = models.CharField(max_length=120)
    sex = models.PositiveSmallIntegerField(choices=Sex.choices())
    born_on = models.DateField(null=True)
    relation = models.PositiveSmallIntegerField(choices=Relation.choices())
    mother = ScopedKey("self", null=True, on_delete=models.SET_NULL, related_name="children", db_index=False)
    birth_order = models.PositiveSmallIntegerField(
        null=True, help_text="among the mother's births; of twins each its own"
    )
    no_nik = models.CharField(max_length=8, choices=NoNik.choices(), null=True, help_text="why there is no NIK")
    since_on = models.DateField(null=True, help_text="member of this family since; empty: since it came, or not known")
    gone_on = models.DateField(null=True)
    gone_reason = models.CharField(max_length=12, choices=GoneReason.choices(), null=True)
    joined_into = ScopedKey("self", null=True, on_delete=models.SET_NULL, related_name="joined", db_index=False)
    sound_1 = models.CharField(max_length=16, null=True, help_text="how the most telling part of the name sounds")
    sound_2 = models.CharField(max_length=16, null=True)
    sound_3 = models.CharField(max_length=16, null=True)
    restricted_at = models.DateTimeField(null=True)
    restricted_by = models.CharField(max_length=150, null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    walls = Walls(Matter.NAMES)
    objects = ScopedManager.from_queryset(PersonQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "id", "born_on"], name="person_region"),  # who is born that day there
            models.Index(fields=["sound_1", "region"], name="person_sound_1", condition=Q(sound_1__isnull=False)),
            models.Index(fields=["sound_2", "region"], name="person_sound_2", condition=Q(sound_2__isnull=False)),
            models.Index(fields=["sound_3", "region"], name="person_sound_3", condition=Q(sound_3__isnull=False)),
            models.Index(fields=["mother"], name="person_mother", condition=Q(mother__isnull=False)),
            models.Index(fields=["joined_into"], name="person_joined_into", condition=Q(joined_into__isnull=False)),
            models.Index(fields=["region"], name="person_restricted", condition=Q(restricted_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_restricted_at_and_by",
                condition=Q(restricted_at__isnull=True, restricted_by__isnull=True)
                | Q(restricted_at__isnull=False, restricted_by__isnull=False),
            ),
            models.CheckConstraint(name="person_sex_known", condition=Q(sex__in=[one.value for one in Sex])),
            models.CheckConstraint(
                name="person_relation_known", condition=Q(relation__in=[one.value for one in Relation])
            ),
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(relation=Relation.HEAD.value, gone_on__isnull=True),
                name="family_has_one_head",
            ),
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(relation=Relation.SPOUSE.value, gone_on__isnull=True),
                name="family_has_one_spouse",
            ),
            models.CheckConstraint(
                name="person_gone_on_and_reason",
                condition=Q(gone_on__isnull=True, gone_reason__isnull=True)
                | Q(gone_on__isnull=False, gone_reason__isnull=False),
            ),
            models.CheckConstraint(
                name="person_gone_after_joining",
                condition=Q(gone_on__isnull=True) | Q(since_on__isnull=True) | Q(gone_on__gte=models.F("since_on")),
            ),
            models.CheckConstraint(
                name="person_joined_is_gone",
                condition=Q(joined_into__isnull=True) | Q(gone_reason=GoneReason.SAME_PERSON.value),
            ),
            models.CheckConstraint(
                name="person_is_not_own_mother", condition=Q(mother__isnull=True) | ~Q(mother=models.F("id"))
            ),
        ]


class IdentityNumberQuerySet(RegisterQuerySet):
    def unrestricted(self):
        return self.filter(Q(person__isnull=True) | Q(person__restricted_at__isnull=True))

    def living_here(self):
        of_nobody_gone = Q(person__isnull=True) | Q(person__gone_on__isnull=True)
        return self.filter(of_nobody_gone, family__left_on__isnull=True)

    def with_number(self, kind, *numbers):
        """Rows in scope that hold exactly one of the numbers, under any index key that rows may still carry."""
        return self.filter(kind=kind, blind__in=[found for number in numbers for found in blinds(number)])


class IdentityNumber(Scoped):
    """A NIK (of a person) or a KK number (of a family): sealed, found again by a keyed index, shown masked.

    Two rows may hold one number: that is a matter for somebody to settle, not for the database to forbid. A NIK never
    tells anybody's day of birth here: it stays what it was after a correction of the day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=3, choices=NumberKind.choices())
    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="numbers")
    person = ScopedKey(Person, null=True, on_delete=models.CASCADE, related_name="numbers", db_index=False)
    region = RegionCode(help_text="that of the family")
    sealed = SealedField(blind="blind")
    blind = BlindField()
    is_sound = models.BooleanField(null=True, help_text="of a NIK: whether its digits can be one")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    walls = Walls(Matter.NUMBER, entered_with=Matter.NAMES)
    objects = ScopedManager.from_queryset(IdentityNumberQuerySet)()

    class Meta:
        indexes = [  # that of the person is its constraint's
            models.Index(fields=["blind"], name="number_blind"),
            models.Index(fields=["region"], name="number_region"),
        ]
        constraints = [
            models.CheckConstraint(
                name="number_of_a_person_or_a_family",
                condition=Q(kind=NumberKind.NIK.value, person__isnull=False)
                | Q(kind=NumberKind.KK.value, person__isnull=True),
            ),
            # Without the cards: who asks for those of nobody would read all of them there are.
            models.UniqueConstraint(fields=["person"], condition=Q(person__isnull=False), name="person_has_one_number"),
            models.UniqueConstraint(
                fields=["family"], condition=Q(kind=NumberKind.KK.value), name="family_has_one_card_number"
            ),
        ]

    def hold(self, number):
        """Takes the number in, sealed to this row. Does not save."""
        self.sealed = sealed(number, self.pk, self._meta.db_table, "sealed")
        self.blind = blind(number)
        self.is_sound = is_sound(number) if self.kind == NumberKind.NIK.value else None

    @property
    def number(self):
        return opened(self.sealed, self.pk, self._meta.db_table, "sealed")

    @property
    def masked(self):
        return masked(self.number)
