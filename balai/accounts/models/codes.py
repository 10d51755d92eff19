from django.db import models
from django.db.models import Q

from balai.accounts.models.account import Account
from balai.accounts.rules import codes


class OneTimeCode(models.Model):
    """A code that was handed out. The first set-up has one without an account; a new code ends the older ones."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="codes")
    purpose = models.CharField(max_length=12, choices=[(one.value, one.value) for one in codes.Purpose])
    code_hash = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=codes.Purpose.SETUP, account=None)
                | (~Q(purpose=codes.Purpose.SETUP) & Q(account__isnull=False)),
                name="code_has_account_unless_setup",
            ),
            models.UniqueConstraint(
                fields=["account", "purpose"], condition=Q(used_at=None), name="code_one_unused_each"
            ),
        ]

    def state(self, at):
        return codes.state(used_at=self.used_at, expires_at=self.expires_at, tries=self.tries, at=at)
