"""Who asked for which table, for what, who agreed, and where its file is. Names nobody of the register."""

import uuid
from collections import Counter

from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone

from balai.access.rules import ROLES, Actor, AgencyKind, Permission
from balai.exports.rules import GONE_NOWHERE, PURPOSE_LONGEST, SHEETS, Format, State
from balai.regions.models import RegionCode
from balai.vault.models import opened_text, sealed_text

FILE_NAME = 40
SECRET = "export password"  # as config/signin.py says it, for the rotation of keys


class ExportQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """One's own, and as an officer who approves those of one's regions that need it."""
        return self.filter(Q(account=actor.account) | _to_judge(actor))

    def of(self, actor):
        return self.filter(account=actor.account).newest_first()

    def waiting_for(self, actor):
        """Those that this officer may decide about: never one's own."""
        return self.filter(_to_judge(actor), state=State.WAITING).exclude(account=actor.account).order_by("asked_at")

    def newest_first(self):
        return self.order_by("-asked_at", "pk")

    def since(self, moment):
        return self.filter(asked_at__gt=moment)

    def taken_alone(self):
        """What nobody else agreed to, or was asked to agree to."""
        return self.filter(needs_approval=False)

    def persons(self):
        """Of how many persons something left or may yet leave."""
        counted = self.exclude(state__in=[one.value for one in GONE_NOWHERE]).aggregate(all=Sum("persons"))
        return counted["all"] or 0

    def persons_by_day(self):
        """Day to persons."""
        days = Counter()
        for at, persons in self.order_by().values_list("asked_at", "persons"):
            days[timezone.localtime(at).date()] += persons
        return days


def _to_judge(actor):
    inside = Q(pk__in=())
    for lo, hi in actor.ranges if actor.may(Permission.EXPORT_APPROVE) else ():
        inside |= Q(region__gte=lo, region__lt=hi)
    return inside & Q(needs_approval=True)


class Export(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.CharField(max_length=24, choices=[(key, one.title) for key, one in SHEETS.items()])
    region = RegionCode()
    filters = models.JSONField(default=dict)
    columns = models.JSONField(help_text="their keys, in the order of the table")
    format = models.CharField(max_length=8, choices=Format.choices())
    language = models.CharField(max_length=2)
    purpose = models.CharField(max_length=PURPOSE_LONGEST)
    account = models.UUIDField()
    hat = models.CharField(max_length=60)
    device = models.UUIDField(null=True)
    assurance = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150)
    persons = models.PositiveIntegerField()
    needs_approval = models.BooleanField()
    unusual = models.BooleanField(default=False, help_text="three times the median of the account's own days")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, null=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=150, null=True)
    refused_reason = models.CharField(max_length=PURPOSE_LONGEST, blank=True)
    state = models.CharField(max_length=8, choices=State.choices())
    rows = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0, help_text="rows so far")
    file = models.CharField(max_length=FILE_NAME, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    ready_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    secrets = models.JSONField(default=dict, help_text="the password, sealed, until it is told")
    password_told_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    fetched = models.PositiveIntegerField(default=0, help_text="how many times")
    stopped_said = models.JSONField(default=dict, help_text="why it stopped: a sentence and what fills it")

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "asked_at"], name="export_account_asked"),
            models.Index(fields=["region", "state"], name="export_region_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="export_approved_at_and_by",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="export_refused_at_by_and_reason",
                condition=Q(refused_at__isnull=True, refused_by__isnull=True, refused_reason="")
                | (Q(refused_at__isnull=False, refused_by__isnull=False) & ~Q(refused_reason="")),
            ),
            models.CheckConstraint(
                name="export_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="export_written_only_once_approved",
                condition=Q(needs_approval=False)
                | Q(approved_at__isnull=False)
                | Q(state__in=[State.WAITING.value, State.REFUSED.value, State.STOPPED.value]),
            ),
            models.CheckConstraint(
                name="export_ready_has_a_file_and_an_end",
                condition=~Q(state=State.READY.value)
                | (Q(ready_at__isnull=False, ends_at__isnull=False) & ~Q(file="")),
            ),
            models.CheckConstraint(name="export_state_known", condition=Q(state__in=[one.value for one in State])),
        ]  # fmt: skip

    @property
    def known_state(self):
        return State(self.state)

    @property
    def known_sheet(self):
        return SHEETS[self.sheet]

    @property
    def known_columns(self):
        return self.known_sheet.named(self.columns)

    @property
    def closed(self):
        """Whether the file is a ZIP with a password."""
        return self.needs_approval

    @property
    def asker(self):
        """Who asked, in the hat of then and with no region: the worker finds out what is held now."""
        role, _at, agency = self.hat.partition("@")
        return Actor(
            name=self.asked_by, role=ROLES[role], ranges=(), agency=AgencyKind(agency) if agency else None,
            account=self.account, device=self.device, assurance=self.assurance,
        )  # fmt: skip

    @property
    def has_password(self):
        return "password" in self.secrets

    def hold(self, password):
        """Takes the password in until it is told. Does not save."""
        self.secrets = {"password": sealed_text(password, SECRET)}

    def told_password(self):
        return opened_text(self.secrets["password"], SECRET)
