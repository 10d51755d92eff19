"""Aid and services that a family, or one of its people, receives."""

import uuid

from django.db import models
from django.db.models import Q

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter
from balai.aid.rules import GOODS, LATELY, REASON, SOURCE, AidSource, AidState
from balai.families.models import Family, Person, RegisterQuerySet
from balai.regions.models import RegionCode

HELD = (AidState.RECEIVED.value, AidState.ENDED.value)
OPEN = (AidState.RECEIVED.value, AidState.PLANNED.value)


class AidFile(models.Model):
    """A file of aid that somebody looked at and applied; its number is the batch of what came with it. What is to be
    applied lies in the file called `file` until a worker is through with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = RegionCode(help_text="the village")
    file = models.CharField(max_length=60, blank=True)
    is_working = models.BooleanField(default=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0, help_text="rows that were new")
    said = models.JSONField(default=list, help_text="why it stopped: sentence and what fills it")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)


class AidQuerySet(RegisterQuerySet):
    def unrestricted(self):
        """Without that of persons whose data may only be kept."""
        return self.filter(Q(person__isnull=True) | Q(person__restricted_at__isnull=True))

    def now(self):
        """What is being received."""
        return self.filter(state=AidState.RECEIVED.value, until_on__isnull=True)

    def on(self, day):
        """What was being received on that day; what was handed out on one day counts on it."""
        begun = Q(from_on__isnull=True) | Q(from_on__lte=day)
        lasting = Q(until_on__isnull=True) | Q(until_on__gt=day) | Q(until_on=day, from_on=day)
        return self.filter(begun, lasting, state__in=HELD)

    def lately(self, day):
        """What is being received, or was within a year."""
        lasting = Q(until_on__isnull=True, state=AidState.RECEIVED.value) | Q(until_on__gte=day - LATELY)
        return self.filter(lasting, state__in=HELD)

    def of(self, programme):
        return self.filter(programme=programme)

    def in_order(self):
        """The present first, then the newest."""
        return self.order_by(
            models.F("until_on").desc(nulls_first=True), models.F("from_on").desc(nulls_last=True), "pk"
        )


class Aid(Scoped):
    """One programme, for a family or one of its people (`person`). `until_on` empty: still received, or planned."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="aid")
    person = ScopedKey(Person, null=True, on_delete=models.CASCADE, related_name="aid")
    region = RegionCode(help_text="that of the family")
    programme = models.CharField(max_length=24, help_text="code, rules/programmes.toml")
    agency = models.PositiveSmallIntegerField(help_text="number of the agency, villages/rules/agencies.toml")
    state = models.CharField(max_length=8, choices=AidState.choices())
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    amount = models.BigIntegerField(null=True, help_text="rupiah, each time it is paid; empty: not known")
    goods = models.CharField(max_length=GOODS, blank=True)
    reason = models.CharField(max_length=REASON, blank=True, help_text="why it was refused or ended")
    source = models.CharField(max_length=8, choices=AidSource.choices())
    origin = models.CharField(max_length=SOURCE, blank=True, help_text="which list or file")
    batch = models.UUIDField(null=True, help_text="of the file that it came with")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    walls = Walls(Matter.WELFARE, family="family_id")
    objects = ScopedManager.from_queryset(AidQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "id"], name="aid_region"),
            models.Index(fields=["batch"], name="aid_batch", condition=Q(batch__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="aid_state_known", condition=Q(state__in=[one.value for one in AidState])
            ),
            models.CheckConstraint(
                name="aid_ends_after_it_began",
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="aid_that_ended_has_a_day", condition=~Q(state=AidState.ENDED.value) | Q(until_on__isnull=False)
            ),
            models.CheckConstraint(
                name="aid_refused_has_a_reason", condition=~Q(state=AidState.REFUSED.value) | ~Q(reason="")
            ),
            models.CheckConstraint(name="aid_amount_is_positive", condition=Q(amount__isnull=True) | Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["family", "programme"], name="aid_open_once_a_family",
                condition=Q(person__isnull=True, until_on__isnull=True, state__in=OPEN),
            ),
            models.UniqueConstraint(
                fields=["person", "programme"], name="aid_open_once_a_person",
                condition=Q(person__isnull=False, until_on__isnull=True, state__in=OPEN),
            ),
        ]  # fmt: skip
