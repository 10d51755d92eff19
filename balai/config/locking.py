"""Limits on password tries, kept by django-axes in the database; how many is said in accounts.rules.limits.

Axes counts failures in one row that never ends while tries go on. Balai keeps each failure as a row of its own, so that
several windows can be counted and a lock ends by itself, and keeps a keyed hash of the name instead of the name.
"""

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_credentials
from axes.models import AccessFailureLog, AccessLog
from django.shortcuts import render

from balai.access.actions import record
from balai.access.rules import STRANGER
from balai.accounts.models import Account
from balai.accounts.rules import limits
from balai.accounts.views.guessing import hashed_name


def kept_name(request, credentials=None):
    return hashed_name((credentials or {}).get("username") or "")


def next_try_at(request, credentials):
    """When this name may be tried again from this address, or None if now."""
    name, address, at = kept_name(request, credentials), request.axes_ip_address, request.axes_attempt_time
    failed = AccessFailureLog.objects.filter(attempt_time__gt=at - limits.REMEMBERED)

    def moments(**lookup):
        return list(failed.filter(**lookup).values_list("attempt_time", flat=True))

    return limits.next_try_at(
        moments(username=name, ip_address=address), moments(username=name), moments(ip_address=address),
        known=AccessLog.objects.filter(username=name, ip_address=address).exists(), at=at,
    )  # fmt: skip


class Handler(AxesDatabaseHandler):
    def is_locked(self, request, credentials=None):
        return next_try_at(request, credentials) is not None

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request.axes_locked_out:
            request.axes_credentials = credentials
            return
        AccessFailureLog.objects.create(
            username=kept_name(request, credentials), ip_address=request.axes_ip_address,
            user_agent=request.axes_user_agent, http_accept="", path_info=request.axes_path_info,
        )  # fmt: skip
        if self.is_locked(request, credentials):
            _noted(credentials, request.axes_attempt_time)

    def user_logged_in(self, sender, request, user, **kwargs):
        name = get_client_username(request, get_credentials(user.get_username()))
        AccessFailureLog.objects.filter(username=name, ip_address=request.axes_ip_address).delete()
        known = AccessLog.objects.filter(username=name, ip_address=request.axes_ip_address)
        if not known.update(attempt_time=request.axes_attempt_time):
            AccessLog.objects.create(username=name, ip_address=request.axes_ip_address)

    def user_logged_out(self, sender, request, user, **kwargs):
        """Axes would look for the row of this sign-in; Balai keeps one row an address."""


def _noted(credentials, at):
    account = Account.objects.filter(username=(credentials.get("username") or "").strip().lower()).first()
    if account:
        record(by=STRANGER, at=at, deed="account.lock", subject=account.pk)


def locked(request, response, credentials):
    """The page for somebody who has to wait; the same for names that do not exist."""
    until = next_try_at(request, credentials)
    page = render(request, "accounts/locked.html", {"until": until}, status=429)
    page.headers["Retry-After"] = str(max(1, int((until - request.axes_attempt_time).total_seconds())))
    return page
