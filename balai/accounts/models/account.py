from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class AccountQuerySet(models.QuerySet):
    def usable(self):
        return self.filter(suspended_at=None)


class Account(AbstractBaseUser):
    """One person who signs in. What the person may do stands in the grants; here is nothing of rights."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=150)
    suspended_at = models.DateTimeField(null=True)
    suspended_by = models.CharField(max_length=150, blank=True)
    suspended_reason = models.CharField(max_length=300, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = BaseUserManager.from_queryset(AccountQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="account_username_is_lower_case"),
            models.CheckConstraint(
                condition=Q(suspended_at=None, suspended_by="", suspended_reason="")
                | (Q(suspended_at__isnull=False) & ~Q(suspended_by="") & ~Q(suspended_reason="")),
                name="account_suspended_with_by_and_reason",
            ),
        ]

    @property
    def is_active(self):
        """What the libraries ask before they let somebody in."""
        return self.suspended_at is None

    @property
    def first_name(self):
        return self.name.split(" ", 1)[0]

    @property
    def actor_name(self):
        """How the audit trail names this person: never by the name."""
        return f"account:{self.pk}"
