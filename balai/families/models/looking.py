"""Who may see a number in full for an hour, and how often an account looked for one."""

from django.db import models
from django.db.models import Q

from balai.access.models import ScopedKey
from balai.families.models.register import IdentityNumber


class RevealQuerySet(models.QuerySet):
    def by(self, account):
        return self.filter(account=account)

    def since(self, moment):
        return self.filter(from_at__gt=moment)

    def open(self, at):
        return self.filter(from_at__lte=at, until_at__gt=at)


class Reveal(models.Model):
    """An account may see a number in full until then, for the reason it typed."""

    account = models.UUIDField()
    number = ScopedKey(IdentityNumber, on_delete=models.CASCADE, related_name="reveals")
    reason = models.CharField(max_length=200)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    objects = RevealQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "from_at"], name="reveal_account_from")]
        constraints = [
            models.CheckConstraint(name="reveal_ends_after_it_began", condition=Q(until_at__gt=models.F("from_at")))
        ]


class NumberSearchQuerySet(models.QuerySet):
    def by(self, account):
        return self.filter(account=account)

    def before(self, moment):
        return self.filter(at__lte=moment)


class NumberSearch(models.Model):
    """That an account looked for a number, not which: counted so that nobody tries number after number."""

    account = models.UUIDField()
    at = models.DateTimeField()

    objects = NumberSearchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="number_search_account_at")]
