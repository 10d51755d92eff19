"""The trail: entries that are only ever added, each hanging on the one before it (docs/adr/0013)."""

import json
import uuid

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, Max, Min, Q

from balai.access.rules import Matter, Permission
from balai.access.rules.breach import Reached
from balai.access.rules.trail import written

BYTE_ORDER = {"postgresql": {"collation": "C"}}  # SQLite compares bytes anyway
HASH = 64
# What the program itself may do to a table, where the database knows roles.
ADD_ONLY = ("SELECT", "INSERT")
ADD_AND_CHANGE = (*ADD_ONLY, "UPDATE")


class RegionText(models.CharField):
    """A code in byte order on every database: a region is a half-open range of them."""

    def db_parameters(self, connection):
        return super().db_parameters(connection) | BYTE_ORDER.get(connection.vendor, {})


class WrittenJSON(models.TextField):
    """JSON kept as the text that was hashed; PostgreSQL's own type would write numbers and keys in its own way."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else json.loads(value)  # None: no such row in an outer join

    def get_prep_value(self, value):
        return written(value)


def matters(text):
    return tuple(Matter(one) for one in text.split())


class AuditQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Entries of the regions of one who may read the trail."""
        inside = Q(pk__in=())
        for lo, hi in actor.ranges if actor.may(Permission.AUDIT_READ) else ():
            inside |= Q(region__gte=lo, region__lt=hi)
        return self.filter(inside)

    def of(self, subject):
        """Who looked at this family or person, or changed something there; the newest first."""
        return self.filter(touched__subject=subject).order_by("-pk")

    def asked(self, wanted):
        """What a filter of the trail's page lets through; the newest first."""
        rows = self.filter(**{name: value for name, value in _conditions(wanted) if value not in ("", None)})
        if wanted.deed:
            rows = rows.filter(Q(deed=wanted.deed) | Q(deed__startswith=f"{wanted.deed}."))
        if wanted.subject:
            rows = rows.filter(_about(wanted.subject))
        return rows.order_by("-pk")

    def reached(self):
        """Of every family and person named: what was done, how often, from when to when."""
        told = (
            self.filter(touched__isnull=False)
            .order_by("touched__subject")
            .values_list("touched__subject", "deed", "matters")
        )
        for subject, deed, about, *rest in told.annotate(Min("at"), Max("at"), Count("pk")).iterator():
            yield Reached(subject, deed, matters(about), *rest)


def _actor(account):
    """The name under which the trail keeps whoever has this name to sign in with; any other text stays."""
    people = get_user_model().objects.filter(username=account.lower()).values_list("pk", flat=True)
    return next((f"account:{pk}" for pk in people), account)


def _conditions(wanted):
    yield "by", _actor(wanted.account)
    yield "at__gte", wanted.since
    yield "at__lt", wanted.until
    yield "pk__lt", wanted.before
    if wanted.region:
        yield "region__gte", wanted.region
        yield "region__lt", f"{wanted.region}/"


def _about(text):
    """The thing done to, or one of the families and persons touched."""
    try:
        known = uuid.UUID(text)
    except ValueError:
        return Q(subject=text)
    return Q(subject=str(known)) | Q(pk__in=AuditSubject.objects.filter(subject=known).values("entry"))


class AuditEntry(models.Model):
    """One deed: who, in which hat, from which device, when, what, on what. Rows are only ever added.

    `shard` names the chain, `number` counts in it, `hash` covers all of the entry, its subjects, and the entry before.
    """

    shard = models.CharField(max_length=5, blank=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=HASH)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    hat = models.CharField(max_length=60)
    device = models.UUIDField(null=True)
    deed = models.CharField(max_length=60)
    region = RegionText(max_length=40, blank=True)
    subject = models.CharField(max_length=200)
    matters = models.CharField(max_length=120, blank=True)
    detail = WrittenJSON(default=dict)
    kept = models.CharField(max_length=HASH, blank=True, help_text="digest of its AuditChange, which may be erased")

    app_may = ADD_ONLY
    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["by", "at"], name="audit_by_at"),
            models.Index(fields=["region", "at"], name="audit_region_at"),
            models.Index(fields=["subject", "at"], name="audit_subject_at"),
        ]
        constraints = [models.UniqueConstraint(fields=["shard", "number"], name="audit_no_two_entries_in_one_place")]

    @property
    def about(self):
        return matters(self.matters)


class AuditChange(models.Model):
    """What an entry says of values: why, and each field before and after. Apart, so that it can be erased."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="change")
    why = models.TextField(blank=True)
    values = WrittenJSON(default=dict)
    salt = models.UUIDField(default=uuid.uuid4, null=True)
    forgotten = models.ForeignKey(
        AuditEntry, null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="the entry of the erasure",
    )  # fmt: skip

    app_may = ADD_AND_CHANGE

    class Meta:
        # Few rows are in it: PostgreSQL looks there for every entry that is ended.
        indexes = [models.Index(fields=["forgotten"], condition=Q(forgotten__isnull=False), name="audit_forgotten")]
        constraints = [
            models.CheckConstraint(
                name="audit_change_whole_or_forgotten",
                condition=Q(forgotten__isnull=True, salt__isnull=False)
                | Q(forgotten__isnull=False, salt__isnull=True, why=""),
            )
        ]


class AuditSubject(models.Model):
    """A family or person whose data an entry touched or showed."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="touched", db_index=False)
    subject = models.UUIDField()

    app_may = ADD_ONLY

    class Meta:
        indexes = [models.Index(fields=["subject", "entry"], name="audit_who_looked")]
        constraints = [models.UniqueConstraint(fields=["entry", "subject"], name="audit_subject_once_an_entry")]


class ChainQuerySet(models.QuerySet):
    def cuts(self):
        """{chain: number and hash of the last entry that was ended}, of all chains that lack a beginning."""
        rows = self.exclude(cut_number=0).values_list("shard", "cut_number", "cut_hash")
        return {shard: (number, link) for shard, number, link in rows}


class AuditChain(models.Model):
    """The head of each chain: how many entries, and the hash of the last. Where the oldest were ended after their
    term, also the last of these: there the chain begins now."""

    shard = models.CharField(max_length=5, primary_key=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=HASH)
    cut_number = models.PositiveBigIntegerField(db_default=0)
    cut_hash = models.CharField(max_length=HASH, blank=True, db_default="")

    app_may = ADD_AND_CHANGE
    objects = ChainQuerySet.as_manager()
