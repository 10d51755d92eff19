"""When something was last written of a family, and by whom."""

from django.db import models

from balai.access.models import ScopedOneToOne
from balai.families.models.register import Family

AT_ONCE = 2000


class LastWriteQuerySet(models.QuerySet):
    def note(self, families, *, entry, at, by):
        """These families were written now; what was noted before is overwritten."""
        rows = [LastWrite(family_id=family, entry=entry, at=at, by=by) for family in families]
        self.bulk_create(
            rows, AT_ONCE, update_conflicts=True, unique_fields=["family"], update_fields=["entry", "at", "by"]
        )


class LastWrite(models.Model):
    """Whoever has looked at the family at one entry of the trail has seen it as it is while no other has followed.
    No row: it came with a file, and nothing was written since."""

    family = ScopedOneToOne(Family, primary_key=True, on_delete=models.CASCADE, related_name="last_write")
    entry = models.BigIntegerField(help_text="key of the entry in the trail")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    objects = LastWriteQuerySet.as_manager()
