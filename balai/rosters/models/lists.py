"""A list that somebody sent in, and which columns of other lists mean what. Neither says anything of a person."""

import uuid

from django.db import models
from django.db.models import Q

from balai.access.rules import Permission
from balai.regions.models import RegionCode
from balai.rosters.rules.states import WORKING, State
from balai.sheets.rules.layouts import KINDS

PAIRS = ("approved", "applied", "undone")


class InRegions(models.QuerySet):
    def visible_to(self, actor):
        """Those of the regions of one who may import."""
        inside = Q(pk__in=())
        for lo, hi in actor.ranges if actor.may(Permission.IMPORT_APPLY) else ():
            inside |= Q(region__gte=lo, region__lt=hi)
        return self.filter(inside)

    def newest_first(self):
        return self.order_by("-made_at", "pk")


class ColumnChoice(models.Model):
    """Which column of a list holds what: chosen once, offered again where the headings are the same."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = RegionCode()
    name = models.CharField(max_length=80)
    heads = models.JSONField(help_text="the headings, as they are compared")
    places = models.JSONField(help_text="{item: column}")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    objects = InRegions.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="column_choice_once")]


class Roster(models.Model):
    """`file` is the name under which it lies until it was read; its own name is not kept, for it may say anything."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = RegionCode(help_text="the village")
    kind = models.CharField(max_length=16, blank=True, choices=[(key, key) for key in KINDS])
    state = models.CharField(max_length=12, choices=State.choices())
    file = models.CharField(max_length=60, blank=True)
    headings = models.JSONField(
        default=list, help_text="of each sheet that was read: name, headings, where items stand"
    )
    counts = models.JSONField(default=dict, help_text="{verdict: rows}")
    notes = models.JSONField(default=list, help_text="sentences about the whole file")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    progressed_at = models.DateTimeField()
    said = models.JSONField(default=list, help_text="why it stopped: sentence and what fills it")
    partly = models.BooleanField(default=False, help_text="undo even where some rows have changed since")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, null=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.CharField(max_length=150, null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, null=True)

    objects = InRegions.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "made_at"], name="roster_region_made")]
        constraints = [
            models.CheckConstraint(
                name=f"roster_{what}_at_and_by",
                condition=Q(**{f"{what}_at__isnull": True, f"{what}_by__isnull": True})
                | Q(**{f"{what}_at__isnull": False, f"{what}_by__isnull": False}),
            )
            for what in PAIRS
        ]

    @property
    def status(self):
        return State(self.state)

    @property
    def is_working(self):
        return self.state in WORKING
