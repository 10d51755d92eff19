"""Runs of the catalogue and the figures they stored."""

import uuid

from django.db import models
from django.db.models.functions import Substr

from balai.regions.models import RegionCode
from balai.regions.rules import span


class Run(models.Model):
    """One run of the definitions on one snapshot: what is needed to work any of its figures out again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    engine = models.CharField(max_length=10)
    period = models.CharField(max_length=7, help_text="YYYY-MM")
    as_of = models.DateField(help_text="the snapshot's day")
    region = RegionCode(blank=True, help_text="what the run covers; empty: the nation")
    snapshot = models.CharField(max_length=64, help_text="sha256 of the snapshot's manifest")
    definitions = models.CharField(max_length=64, help_text="sha256 of the files of tables and catalogue")
    code_version = models.CharField(max_length=40)
    rows = models.PositiveIntegerField(default=0)


class PlacedQuerySet(models.QuerySet):
    def within(self, code):
        lo, hi = span(code)
        return self.filter(region__gte=lo, region__lt=hi)


class ValueQuerySet(PlacedQuerySet):
    def of(self, region, period):
        """Every figure of one place in one month."""
        return self.filter(period=period, region=region)

    def trend(self, region, codes):
        """The figures of one place over the months, oldest first."""
        return self.filter(region=region, code__in=codes).order_by("code", "period")


class Value(models.Model):
    """One figure of one place in one month as whole numbers; the newest run of a month stands."""

    # No index of its own for the run: values are looked for by month and place, which the unique one finds.
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="values", db_index=False)
    period = models.CharField(max_length=7)
    region = RegionCode(help_text="code of the place; 00: the nation")
    code = models.CharField(max_length=40, help_text="of the indicator, or of a part of it: F09.mow")
    n = models.BigIntegerField(null=True, help_text="counted, or the sum of values")
    d = models.BigIntegerField(null=True, help_text="counted among, or of how many values; null: none")
    bins = models.JSONField(null=True, help_text="of a median: value to count")

    objects = ValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "region", "code"], name="value_one_a_month"),
            models.CheckConstraint(
                name="value_of_not_negative", condition=models.Q(d__isnull=True) | models.Q(d__gte=0)
            ),
        ]


class DoubtQuerySet(PlacedQuerySet):
    def counted(self, code, period, letters):
        """{(kind, code of the place of so many letters): rows}."""
        place = Substr("region", 1, letters)
        rows = self.within(code).filter(period=period).order_by().values_list("kind", place)
        return {(kind, region): number for kind, region, number in rows.annotate(number=models.Sum("rows"))}


class Doubt(models.Model):
    """How many rows of a village the snapshot of a month could not take as they were written; the newest run stands.
    A village without a row had none, where a run covers it."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="doubts", db_index=False)
    period = models.CharField(max_length=7)
    region = RegionCode(help_text="code of the village")
    kind = models.CharField(max_length=40, help_text="as the snapshot calls it")
    rows = models.PositiveIntegerField()

    objects = DoubtQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "region", "kind"], name="doubt_one_a_month"),
            models.CheckConstraint(name="doubt_of_something", condition=models.Q(rows__gt=0)),
        ]
