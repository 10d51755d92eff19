"""What officers decided about the records of families, and the yearly rounds in which they look again."""

import uuid

from django.db import models
from django.db.models import F, Q

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter, Permission
from balai.families.models import Family, RegisterQuerySet
from balai.quality.rules import FIRST_YEAR, LAST_YEAR, REASON_LETTERS, Outcome
from balai.regions.models import Place, RegionCode


class VerificationQuerySet(RegisterQuerySet):
    def now(self):
        """The decisions that stand; at most one for a family."""
        return self.filter(until_at__isnull=True)

    def newest_first(self):
        return self.order_by("-decided_at", "pk")


class Verification(Scoped):
    """A decision stands until the next one, or until it is taken back; which of the two, `undone_at` tells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="verifications")
    region = RegionCode(help_text="that of the family")
    village = RegionCode(help_text="where the family was at home when it was decided")
    outcome = models.CharField(max_length=9, choices=Outcome.choices())
    reason = models.CharField(max_length=REASON_LETTERS, blank=True)
    year = models.PositiveSmallIntegerField(null=True, help_text="of the round; empty: there was none")
    entry = models.BigIntegerField(help_text="key of the entry in the trail that had last written of the family")
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150)
    until_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, null=True)

    walls = Walls(Matter.NAMES, edit=Permission.FAMILY_VERIFY)
    objects = ScopedManager.from_queryset(VerificationQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "id"], name="verification_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(until_at__isnull=True), name="verification_one_stands"
            ),
            models.CheckConstraint(
                name="verification_sent_back_has_reason",
                condition=Q(outcome=Outcome.VERIFIED.value, reason="")
                | (Q(outcome=Outcome.SENT_BACK.value) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="verification_undone_at_and_by",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False, until_at=F("undone_at")),
            ),
        ]


def decisions_of(families):
    """Family's key to the decision that stands."""
    return {row.family_id: row for row in Verification.objects.now().filter(family__in=families)}


def missed_rounds(family, decision, rounds):
    """Years of earlier rounds that ended without a decision about the family; it is carried over from them."""
    since = decision.decided_at if decision else family.made_at
    return tuple(sorted(one.year for one in rounds[1:] if one.opened_at >= since))


class RoundQuerySet(models.QuerySet):
    def of(self, village):
        """The newest first."""
        return self.filter(village=village).order_by("-year")


class Round(models.Model):
    """In that year the village looks at every family again."""

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "year"], name="round_one_a_year"),
            models.CheckConstraint(name="round_year_possible", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)),
        ]


def rounds_of(villages):
    """Village's code to its rounds, the newest first."""
    found = {code: [] for code in villages}
    for one in Round.objects.filter(village__in=found).order_by("-year"):
        found[one.village_id].append(one)
    return found
