"""What was imported, and what could not be."""

import uuid

from django.db import models


class Batch(models.Model):
    """One import that was applied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, help_text="siga, profile, demo")
    name = models.CharField(max_length=200, help_text="name of the folder or file, without its path")
    exported_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    counts = models.JSONField(help_text="rows in, applied, unchanged, refused, waiting, blank, marked; also by file")


class HeldRow(models.Model):
    """A row that was not applied, as it came."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="held")
    status = models.CharField(max_length=8, help_text="refused or waiting")
    file = models.CharField(max_length=200)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300)
    row = models.JSONField(help_text="column to text, as it came")
