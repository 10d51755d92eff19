"""Runs of a rule set and the outcomes they wrote."""

from django.db import models
from django.db.models import Q

from balai.regions.models import RegionCode


class Run(models.Model):
    """One classification of one region for one month by one version of a rule set."""

    rules = models.CharField(max_length=40, help_text="name of the rule set")
    rules_version = models.CharField(max_length=32, help_text="version and digest of its file")
    figures = models.CharField(max_length=10, help_text="'reported' or 'plausible': which figures were scored")
    period = models.CharField(max_length=7)
    region = RegionCode(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    villages = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)


class OutcomeQuerySet(models.QuerySet):
    def within(self, code):
        lo, hi = (code, code + "/") if code else ("", "~")
        return self.filter(code__gte=lo, code__lt=hi)

    def current(self, rules, period):
        return self.filter(rules=rules, period=period, superseded=False)


class Outcome(models.Model):
    """The class of one village in one month under one rule set. Added, never changed, but for `superseded`."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="outcomes", db_index=False)
    rules = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    code = RegionCode()
    village_class = models.PositiveSmallIntegerField(
        null=True, help_text="1 Dasar … 4 Berkelanjutan; null: cannot be told yet"
    )
    class_low = models.PositiveSmallIntegerField(help_text="lowest class that what is missing still allows")
    class_high = models.PositiveSmallIntegerField(help_text="highest class that what is missing still allows")
    input_index = models.PositiveSmallIntegerField(null=True, help_text="hundredths")
    process_index = models.PositiveSmallIntegerField(null=True, help_text="hundredths")
    output_index = models.PositiveSmallIntegerField(null=True, help_text="hundredths")
    scores = models.CharField(max_length=12, help_text="one character an indicator: 1-4, or '.' for no data")
    reasons = models.CharField(max_length=12, help_text="one letter an indicator: key of rules.REASONS")
    inputs = models.TextField(help_text="JSON list in the order of rules.INPUTS")
    formed = models.BooleanField(null=True, help_text="has a Kampung KB that month; null: not known")
    superseded = models.BooleanField(default=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rules", "period", "code"], condition=Q(superseded=False), name="outcome_one_current"
            ),
            models.CheckConstraint(name="outcome_class_in_bounds", condition=Q(class_low__lte=models.F("class_high"))),
        ]
        indexes = [models.Index(fields=["code", "rules", "period"], name="outcome_village")]
