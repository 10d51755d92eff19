"""Grants: who holds which role over which region, from when until when. Rights are computed from these per request."""

from django.db import models
from django.db.models import F, Q

from balai.access.rules import ROLES, AgencyKind
from balai.accounts.models.account import Account
from balai.regions.models import RegionCode


def inside(spans, column="region"):
    """Rows whose code is in one of the half-open spans."""
    found = Q(pk__in=())
    for lo, hi in spans:
        found |= Q(**{f"{column}__gte": lo, f"{column}__lt": hi})
    return found


class GrantQuerySet(models.QuerySet):
    def in_force(self, on):
        """Those that give rights on that day: nothing of them is left the moment they end."""
        return self.open(on).filter(from_on__lte=on, account__suspended_at=None)

    def open(self, on):
        """In force or yet to begin."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=on), ended_at=None)

    def inside(self, spans):
        return self.filter(inside(spans))

    def like(self, grant):
        """Grants of the same role, region and agency to the same person, on days that `grant` covers too."""
        same = self.filter(account=grant.account, role=grant.role, region=grant.region, agency=grant.agency)
        until = Q() if grant.to_on is None else Q(from_on__lte=grant.to_on)
        return same.open(grant.from_on).filter(until).exclude(pk=grant.pk)


class Grant(models.Model):
    """`given_by` stands for who answers for it now: whoever confirms a grant takes the giver's place."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    region = RegionCode(blank=True, help_text="empty: the nation")
    agency = models.CharField(max_length=12, blank=True, choices=[(kind.value, kind.value) for kind in AgencyKind])
    agency_name = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, help_text="the last day in force")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=150)
    change_seen = models.BigIntegerField(default=0, help_text="the latest change of the tree known when it was given")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["region", "role"], name="grant_region_role"),
            models.Index(fields=["given_by"], name="grant_given_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="grant_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="", ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason="")),
                name="grant_ended_with_by_and_reason",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "region", "agency"],
                condition=Q(ended_at=None, to_on=None),
                name="grant_open_once",
            ),
        ]  # fmt: skip

    @property
    def known_role(self):
        """None for a role that Balai no longer has: such a grant gives nothing."""
        return ROLES.get(self.role)

    @property
    def agency_kind(self):
        return AgencyKind(self.agency) if self.agency else None


class Assignment(models.Model):
    """A family that the holder of an assigned role looks after; without it the holder sees no family."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="assignments")
    family = models.UUIDField(db_index=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "family"], name="assignment_once")]
