"""Signing in and out, and what helps when it does not work. What a person does alone is asked of `rules.own`."""

from allauth.mfa.models import Authenticator
from axes.models import AccessFailureLog
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.accounts.actions.granting import governed, two_officers
from balai.accounts.models import Account, OneTimeCode, Session
from balai.accounts.rules import codes, own
from balai.accounts.rules.naming import tidy_reason
from balai.base.errors import NotValid, Refused


@transaction.atomic
def note_sign_in(*, by, at, account, way):
    """`way`: how the person showed who they are, such as password+totp, or pin."""
    own.require(by, account.pk)
    record(by=by, at=at, deed="account.sign_in", subject=account.pk, detail={"way": way})


@transaction.atomic
def note_sign_out(*, by, at, account):
    own.require(by, account.pk)
    record(by=by, at=at, deed="account.sign_out", subject=account.pk)


@transaction.atomic
def note_second_factor(*, by, at, account, change):
    own.require(by, account.pk)
    record(by=by, at=at, deed="account.second_factor", subject=account.pk, detail={"change": change})


@transaction.atomic
def change_password(*, by, at, account, new):
    """Other sessions end by themselves: each carries a hash of the password."""
    own.require(by, account.pk)
    must_be_good(new, account)
    Account.objects.filter(pk=account.pk).update(password=make_password(new))
    account.refresh_from_db(fields=["password"])
    record(by=by, at=at, deed="account.password", subject=account.pk)


@transaction.atomic
def end_sessions(*, by, at, account, keep="", handle=""):
    """Ends the sessions of one's own account but the one with the key `keep`; with `handle` only that one."""
    own.require(by, account.pk)
    rows = Session.objects.of(account, at).exclude(session_key=keep)
    ended = [row.session_key for row in rows if handle in ("", row.handle)]
    Session.objects.filter(session_key__in=ended).delete()
    if ended:
        record(by=by, at=at, deed="account.sessions_end", subject=account.pk, detail={"ended": len(ended)})
    return len(ended)


@transaction.atomic
def unlock(*, by, at, account, kept_name):
    """Forgets the failed tries of a name, as they are kept under `kept_name`."""
    region = governed(by, account, at)
    require(by, Permission.ACCOUNT_MANAGE, region)
    forgotten, _tables = AccessFailureLog.objects.filter(username=kept_name).delete()
    record(by=by, at=at, deed="account.unlock", subject=account.pk, region=region, detail={"tries": forgotten})
    return forgotten


@transaction.atomic
def reset_second_factor(*, by, at, account, reason):
    """Takes a lost second factor away; every session ends, and the next sign-in sets up a new one."""
    region = governed(by, account, at)
    require(by, Permission.FACTOR_RESET, region)
    reason = tidy_reason(reason)
    lately = at - codes.LIFE[codes.Purpose.INVITATION]
    invitations = OneTimeCode.objects.filter(account=account, purpose=codes.Purpose.INVITATION, made_at__gt=lately)
    two_officers(by, invitations.filter(made_by=by.name).exists())
    gone, _tables = Authenticator.objects.filter(user=account).delete()
    if not gone:
        raise Refused("Akun ini tidak punya faktor kedua yang dapat dihapus.")
    Session.objects.of(account, at).delete()
    record(by=by, at=at, deed="account.factor_reset", subject=account.pk, region=region, why=reason)


def must_be_good(password, account):
    """NotValid with the reasons, in the words of the validators, unless the password is fit for use."""
    try:
        validate_password(password, account)
    except ValidationError as poor:
        raise NotValid("Kata sandi ini belum cukup kuat. %(why)s", why=" ".join(poor.messages)) from poor
