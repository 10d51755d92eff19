"""What every row of the registry carries: who entered it, when, from which source and batch."""

import uuid

from django.db import models
from django.db.models import Q


class RecordedQuerySet(models.QuerySet):
    def standing(self):
        """Rows that no later row replaces."""
        return self.filter(replaced_by__isnull=True)

    def known_at(self, moment):
        """Rows as they stood at that moment: entered by then, and not replaced by then."""
        return self.filter(recorded_at__lte=moment).filter(
            Q(replaced_by__isnull=True) | Q(replaced_by__recorded_at__gt=moment)
        )

    def holding(self, day):
        """Rows whose `from_on`/`to_on` hold on that day, replaced ones too."""
        return self.filter(Q(from_on__isnull=True) | Q(from_on__lte=day)).filter(
            Q(to_on__isnull=True) | Q(to_on__gt=day)
        )

    def in_force(self, day):
        """Standing rows that hold on that day."""
        return self.standing().holding(day)


class Recorded(models.Model):
    """Added, never changed: a correction is a new row that names the row it replaces.

    What hangs on a row (members on a Pokja, assessments on a Rumah DataKu) hangs on its whole `lineage`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lineage = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True, help_text="one for all corrections")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)
    source = models.CharField(max_length=120)
    batch = models.UUIDField(null=True, db_index=True, help_text="import batch, when it came in by file")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True


def interval_in_order(name):
    return models.CheckConstraint(
        name=name, condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(from_on__lt=models.F("to_on"))
    )
