"""Sessions in the database, each with the account that sits in it, so that people see theirs and end them.

This module is the session engine (`SESSION_ENGINE`), in the way Django describes for one with columns of its own.
"""

from hashlib import sha256

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.dateparse import parse_datetime

from balai.accounts.rules.agents import known_as


class SessionQuerySet(models.QuerySet):
    def of(self, account, at):
        return self.filter(account_id=account.pk, expire_date__gt=at).order_by("-seen_at")


class Session(AbstractBaseSession):
    account_id = models.UUIDField(null=True, db_index=True)
    device_id = models.UUIDField(null=True, db_index=True)
    agent = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = SessionQuerySet.as_manager()

    @classmethod
    def get_session_store_class(cls):
        return SessionStore

    @property
    def known_as(self):
        return known_as(self.agent)

    @property
    def handle(self):
        """What a page may show in place of the key."""
        return sha256(self.session_key.encode()).hexdigest()[:16]


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)
        row.device_id = data.get("device") or None
        row.agent = data.get("agent", "")
        row.address = data.get("address") or None
        row.began_at = parse_datetime(data.get("began_at", ""))
        row.seen_at = parse_datetime(data.get("seen_at", ""))
        return row
