"""Monthly figures that other systems report of a village."""

from django.db import models
from django.db.models import F

from balai.regions.models import RegionCode
from balai.regions.rules import span


class FiguresQuerySet(models.QuerySet):
    def within(self, code):
        lo, hi = span(code)
        return self.filter(code__gte=lo, code__lt=hi)

    def in_force(self):
        """For each village, register and month the latest vintage."""
        return self.filter(superseded=False)

    def crossing(self):
        """VillageMonth: users and unmet need, from two registers, together exceed the couples."""
        return self.filter(users__gt=F("couples") - F("unmet"))


class Return(models.Model):
    """What one register said of one village in one month, as exported on one day. Added, never changed, but for
    `superseded`, which a later vintage sets."""

    code = RegionCode()
    register = models.CharField(max_length=24, help_text="a key of intake's registers")
    period = models.CharField(max_length=7, help_text="YYYY-MM, or YYYY-S1/S2 for half-yearly registers")
    exported_on = models.DateField()
    position = models.PositiveIntegerField(default=0, help_text="order within one export day: a later row wins")
    values = models.JSONField(help_text="column key to number or null, as reported")
    marks = models.JSONField(default=list, help_text="implausible: list of [check, column keys]")
    digest = models.CharField(max_length=32, help_text="of the values")
    superseded = models.BooleanField(default=False)
    batch = models.UUIDField()

    objects = FiguresQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "register", "period", "exported_on", "digest"], name="return_vintage_once"
            ),
            models.UniqueConstraint(
                fields=["code", "register", "period"],
                condition=models.Q(superseded=False),
                name="return_one_in_force",
            ),
        ]


class VillageMonth(models.Model):
    """The returns in force, typed, for the scores: one row a village and month. Every figure may be null: not filled.

    `*_marks` hold bits of rules.Mark: figures kept as reported that cannot be right.
    """

    code = RegionCode()
    period = models.CharField(max_length=7)
    couples = models.IntegerField(null=True, help_text="PUS")
    unmet = models.IntegerField(null=True, help_text="IAT + TIAL")
    couples_marks = models.PositiveSmallIntegerField(default=0)
    users = models.IntegerField(null=True, help_text="active users, all methods (PA)")
    long_acting = models.IntegerField(null=True, help_text="MKJP: IUD + MOW + MOP + implant")
    users_marks = models.PositiveSmallIntegerField(default=0)
    bkb_groups = models.IntegerField(null=True)
    bkr_groups = models.IntegerField(null=True)
    bkl_groups = models.IntegerField(null=True)
    uppka_groups = models.IntegerField(null=True)
    pikr_groups = models.IntegerField(null=True)
    bkb_target = models.IntegerField(null=True)
    bkb_members = models.IntegerField(null=True)
    bkr_target = models.IntegerField(null=True)
    bkr_members = models.IntegerField(null=True)
    bkl_target = models.IntegerField(null=True)
    bkl_members = models.IntegerField(null=True)
    uppka_target = models.IntegerField(null=True)
    uppka_members = models.IntegerField(null=True)
    pikr_target = models.IntegerField(null=True)
    pikr_members = models.IntegerField(null=True)
    groups_marks = models.PositiveSmallIntegerField(default=0)

    objects = FiguresQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "code"], name="village_month_once")]
        indexes = [models.Index(fields=["code", "period"], name="village_month_code")]
