"""Telephones on which people sign in with a PIN. A device may serve several people; each is enrolled on it apart."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from balai.accounts.models.account import Account
from balai.accounts.rules import pins
from balai.accounts.rules.agents import known_as


class DeviceQuerySet(models.QuerySet):
    def live(self, at):
        """Known, not revoked, and used within its life."""
        return self.filter(revoked_at=None, seen_at__gt=at - pins.DEVICE_LIFE)

    def holding(self, token):
        return self.filter(token_hash=pins.token_digest(token))


class Device(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    agent = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by="") | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
                name="device_revoked_with_by",
            )
        ]

    @property
    def known_as(self):
        return known_as(self.agent)


class EnrolmentQuerySet(models.QuerySet):
    def live(self, at):
        return self.filter(
            revoked_at=None, device__revoked_at=None, device__seen_at__gt=at - pins.DEVICE_LIFE,
            account__suspended_at=None,
        ).select_related("account", "device")  # fmt: skip


class Enrolment(models.Model):
    """One person on one device, with the regions for which the officer enrolled them: the PIN opens no others."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="enrolments")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="enrolments")
    regions = models.JSONField()
    pin = models.CharField(max_length=128)
    wrong = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by="") | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
                name="enrolment_revoked_with_by",
            ),
            models.UniqueConstraint(
                fields=["device", "account"], condition=Q(revoked_at=None), name="enrolment_once_a_device"
            ),
        ]

    @property
    def locked(self):
        return self.wrong >= pins.TRIES
