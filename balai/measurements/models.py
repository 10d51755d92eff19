"""Rows of measuring children, and what undoes the last save of somebody."""

import json
import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter
from balai.facilities.models import Facility
from balai.families.models import Family, Person, RegisterQuerySet
from balai.measurements.rules import LAST_DAY, QUANTITIES, Facts, Measured, Position, Source
from balai.regions.models import RegionCode
from balai.vault.models import SealedField, opened, sealed

FACTS = ("measured_on", "weight_kg", "height_cm", "position", "oedema", "head_cm", "muac_cm")


def under_fives(code, on):
    """Children under five who live at or below the place that day and may be shown."""
    born = {"born_on__gte": on - timedelta(days=LAST_DAY), "born_on__lte": on}
    return Person.objects.living_here().unrestricted().within(code).filter(**born)


def _possible(key):
    one = QUANTITIES[key]
    return Q(**{f"{key}__isnull": True}) | Q(**{f"{key}__gte": one.low, f"{key}__lte": one.high})


class MeasurementQuerySet(RegisterQuerySet):
    def unrestricted(self):
        """Without those of persons whose data may only be kept."""
        return self.filter(person__restricted_at__isnull=True)

    def in_order(self):
        """Child by child, the oldest first."""
        return self.order_by("person", "measured_on")


class Measurement(Scoped):
    """One measuring of one child on one day. What was not measured is missing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ScopedKey(Person, on_delete=models.CASCADE, related_name="measurements", db_index=False)
    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="measurements")
    region = RegionCode(help_text="that of the family")
    measured_on = models.DateField()
    weight_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    height_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True, help_text="length or height, as read")
    position = models.CharField(
        max_length=1, choices=Position.choices(), blank=True, help_text="l lying, h standing; empty: not told"
    )
    oedema = models.BooleanField(null=True, help_text="of both feet; empty: nobody looked")
    head_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    muac_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    place = models.ForeignKey(Facility, null=True, on_delete=models.SET_NULL, related_name="measurements")
    source = models.CharField(max_length=8, choices=Source.choices())
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField(null=True, help_text="corrected, or put back; empty: it stands as it was made")
    changed_by = models.CharField(max_length=150, null=True)

    walls = Walls(Matter.CHILD_GROWTH)
    objects = ScopedManager.from_queryset(MeasurementQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "id"], name="measurement_region")]
        constraints = [
            models.UniqueConstraint(fields=["person", "measured_on"], name="measurement_once_a_day"),
            models.CheckConstraint(
                name="measurement_position_known", condition=Q(position__in=["", *(one.value for one in Position)])
            ),
            models.CheckConstraint(
                name="measurement_of_something",
                condition=Q(weight_kg__isnull=False)
                | Q(height_cm__isnull=False)
                | Q(head_cm__isnull=False)
                | Q(muac_cm__isnull=False),
            ),
            models.CheckConstraint(
                name="measurement_changed_at_and_by",
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
            ),
            *(models.CheckConstraint(name=f"measurement_{key}", condition=_possible(key)) for key in QUANTITIES),
        ]

    @property
    def facts(self):
        return Facts(**{name: getattr(self, name) for name in FACTS})

    def of(self, child):
        """As the rules take it. `child`: the person, whose day of birth is known."""
        return Measured(child.pk, child.sex, child.born_on, self.facts)


class LastSaveQuerySet(RegisterQuerySet):
    def by(self, account):
        return self.filter(account=account)

    def since(self, moment):
        return self.filter(saved_at__gt=moment)


class LastSave(Scoped):
    """What an account did last to the measurements of a child, so that it can be taken back within a day. Sealed,
    because it holds what was measured."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField()
    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="last_saves")
    person = ScopedKey(Person, on_delete=models.CASCADE, related_name="last_saves")
    region = RegionCode(help_text="that of the family")
    sealed = SealedField()
    saved_at = models.DateTimeField()

    walls = Walls(Matter.CHILD_GROWTH)
    objects = ScopedManager.from_queryset(LastSaveQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "id"], name="last_save_region")]
        constraints = [models.UniqueConstraint(fields=["account", "person"], name="last_save_one_of_a_child")]

    def hold(self, deed, image):
        """Takes in what was done and what undoes it, sealed to this row. Does not save."""
        text = json.dumps({"deed": deed, "image": image})
        self.sealed = sealed(text, self.pk, self._meta.db_table, "sealed")

    @property
    def told(self):
        return json.loads(opened(self.sealed, self.pk, self._meta.db_table, "sealed"))
