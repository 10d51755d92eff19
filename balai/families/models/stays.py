"""Where a person was at home before: the past of the register. The present stands with the person itself."""

import uuid

from django.db import models
from django.db.models import Q

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter
from balai.families.models.register import Family, Person, RegisterQuerySet
from balai.families.rules import Relation
from balai.regions.models import RegionCode


class PastStayQuerySet(RegisterQuerySet):
    def on(self, day):
        """Those that covered the day; the day on which one ended belongs to what came after."""
        return self.filter(Q(from_on__isnull=True) | Q(from_on__lte=day), until_on__gt=day)


class PastStay(Scoped):
    """A person belonged to that family, in that relation to its head and at that place, until then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ScopedKey(Person, on_delete=models.CASCADE, related_name="past_stays")
    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="past_stays")
    region = RegionCode(help_text="where the family was at home then; it stays when the family moves")
    relation = models.PositiveSmallIntegerField(choices=Relation.choices())
    from_on = models.DateField(null=True)
    until_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    walls = Walls(Matter.NAMES)
    stays_put = True
    objects = ScopedManager.from_queryset(PastStayQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "id"], name="past_stay_region")]
        constraints = [
            models.CheckConstraint(
                name="past_stay_ended_after_it_began",
                condition=Q(from_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
            )
        ]
