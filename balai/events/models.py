"""Events and the images by which each can be undone."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter
from balai.events.rules import COUNTED, COUNTED_AS, Kind
from balai.families.models import Family, Person, RegisterQuerySet
from balai.regions.models import RegionCode


class LifeEventQuerySet(RegisterQuerySet):
    def of(self, family):
        """What happened in the family or took people from it or to it; the newest first. Parts stand with the whole."""
        return self.filter(Q(family=family) | Q(other_family=family), part_of=None).newest_first()

    def newest_first(self):
        return self.order_by("-on", "-made_at", "pk")

    def standing(self):
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)

    def between(self, since, until):
        return self.filter(on__gte=since, on__lt=until)

    def unrestricted(self):
        """Without those of persons whose data may only be kept, and of families in which everybody is such."""
        here = Person.objects.filter(family=OuterRef("family"))
        closed = Exists(here.filter(restricted_at__isnull=False)) & ~Exists(here.unrestricted())
        return self.filter(Q(person__isnull=True) | Q(person__restricted_at__isnull=True)).exclude(closed)

    def counted(self):
        """Kind to the number of persons, for births, deaths and moves in and out."""
        found = dict.fromkeys(COUNTED, 0)
        rows = self.order_by().filter(kind__in=(*COUNTED, *COUNTED_AS)).values_list("kind").annotate(Sum("people"))
        for kind, people in rows:
            found[COUNTED_AS.get(Kind(kind), Kind(kind))] += people
        return found


class LifeEvent(Scoped):
    """`on` is the day it happened, `made_at` when it was entered. Where people left one village of the register for
    another, each village has a part of its own that counts them; undoing the whole undoes its parts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices())
    family = ScopedKey(Family, null=True, on_delete=models.CASCADE, related_name="events")
    other_family = ScopedKey(Family, null=True, on_delete=models.SET_NULL, related_name="events_beside")
    person = ScopedKey(Person, null=True, on_delete=models.CASCADE, related_name="events")
    part_of = ScopedKey("self", null=True, on_delete=models.CASCADE, related_name="parts")
    region = RegionCode(help_text="where it happened; it stays when the family moves")
    on = models.DateField()
    people = models.PositiveSmallIntegerField(help_text="how many persons it befell")
    steps = models.PositiveSmallIntegerField(default=0, help_text="how many images it takes to undo it")
    detail = models.JSONField(default=dict, help_text="short codes: place of birth, where to, why")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, null=True)

    walls = Walls(Matter.NAMES)
    stays_put = True
    objects = ScopedManager.from_queryset(LifeEventQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "on"], name="life_event_region_on"),
            models.Index(fields=["region", "id"], name="life_event_region"),
        ]
        constraints = [
            models.CheckConstraint(
                name="life_event_undone_at_and_by",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
            models.CheckConstraint(name="life_event_kind_known", condition=Q(kind__in=[one.value for one in Kind])),
        ]

    @property
    def known_kind(self):
        return Kind(self.kind)


class Imprint(Scoped):
    """One row as it was before the event and as the event left it. It leads to the person whose row it is, so that
    erasing somebody erases it; an event that lacks one can no longer be undone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = ScopedKey(LifeEvent, on_delete=models.CASCADE, related_name="imprints")
    step = models.PositiveSmallIntegerField()
    family = ScopedKey(Family, null=True, on_delete=models.CASCADE, related_name="imprints")
    person = ScopedKey(Person, null=True, on_delete=models.CASCADE, related_name="imprints")
    region = RegionCode(help_text="that of the event")
    touched = models.UUIDField(help_text="key of the row")
    image = models.JSONField()
    made_at = models.DateTimeField()

    walls = Walls(Matter.NAMES)
    stays_put = True

    class Meta:
        indexes = [models.Index(fields=["touched"], name="imprint_touched")]
        constraints = [models.UniqueConstraint(fields=["event", "step"], name="imprint_one_a_step")]
