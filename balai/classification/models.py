"""Runs of a rule set and the outcomes they wrote."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from balai.regions.models import Place, RegionCode
from balai.regions.rules import span


class Edition(models.Model):
    """One month under one rule set: what an outcome belongs to, as one small number in a million rows."""

    rules = models.CharField(max_length=40, help_text="name of the rule set")
    period = models.CharField(max_length=7)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rules", "period"], name="edition_once")]


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
        lo, hi = span(code)
        return self.filter(code__gte=lo, code__lt=hi)

    def current(self, rules, period):
        edition = Edition.objects.filter(rules=rules, period=period).values("pk")
        return self.filter(edition=Subquery(edition), superseded=False)

    def of_village(self, code, rules):
        """What stands of one village, oldest month first. One look into the index a month."""
        return (
            self.filter(code=code, edition__rules=rules, superseded=False).select_related("edition")
            .order_by("edition__period")
        )  # fmt: skip

    def named(self):
        """With the name of the village, in the order of the codes."""
        name = Place.objects.filter(code=OuterRef("code")).values("name")[:1]
        return self.annotate(name=Coalesce(Subquery(name), models.Value(""))).order_by("code")


class Outcome(models.Model):
    """The class of one village in one month under one rule set. Added, never changed, but for `superseded`."""

    # No indexes of their own: the one of (edition, code) finds a month's villages and a village's months; outcomes are
    # never looked for by run.
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="outcomes", db_index=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="outcomes", db_index=False)
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
                fields=["edition", "code"], condition=Q(superseded=False), name="outcome_one_current"
            ),
            models.CheckConstraint(name="outcome_class_in_bounds", condition=Q(class_low__lte=models.F("class_high"))),
        ]

    @property
    def period(self):
        return self.edition.period
