"""Accounts of people: made, corrected, suspended, resumed, by officers of their own region."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.accounts.actions.granting import give, governed
from balai.accounts.models import Account
from balai.accounts.rules.naming import tidy_name, tidy_phone, tidy_reason, tidy_username
from balai.base.errors import Refused


@transaction.atomic
def create_account(
    *, by, at, username, name, role, region, from_on, to_on=None, agency="", agency_name="", phone="", email=""
):
    """A new person with a first grant. Nobody knows a password for it: the person comes in by an invitation."""
    require(by, Permission.ACCOUNT_MANAGE, region)
    username = tidy_username(username)
    if Account.objects.filter(username=username).exists():
        raise Refused("Nama akun “%(name)s” sudah dipakai. Pilih nama lain.", name=username)
    account = Account(username=username, name=tidy_name(name), phone=tidy_phone(phone), email=email.strip(),
                      invited_at=at, invited_by=by.name)  # fmt: skip
    account.set_unusable_password()
    account.save()
    record(by=by, at=at, deed="account.create", subject=account.pk, region=region, detail={"role": role})
    give(by=by, at=at, account=account, role=role, region=region, from_on=from_on, to_on=to_on, agency=agency,
         agency_name=agency_name)  # fmt: skip
    return account


@transaction.atomic
def correct_account(*, by, at, account, name, phone="", email=""):
    """Mends how a person is called and reached. The trail keeps what was there before, apart from the chain."""
    region = governed(by, account, at)
    new = {"name": tidy_name(name), "phone": tidy_phone(phone), "email": email.strip()}
    changes = {field: (getattr(account, field), value) for field, value in new.items()}
    changes = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        Account.objects.filter(pk=account.pk).update(**new)
        record(by=by, at=at, deed="account.correct", subject=account.pk, region=region, changes=changes)
    return bool(changes)


@transaction.atomic
def suspend(*, by, at, account, reason):
    """From the next request on the person may nothing; the grants stand and come back with `resume`."""
    region = governed(by, account, at)
    reason = tidy_reason(reason)
    if (
        not Account.objects.usable()
        .filter(pk=account.pk)
        .update(suspended_at=at, suspended_by=by.name, suspended_reason=reason)
    ):
        raise Refused("Akun ini sudah ditangguhkan.")
    record(by=by, at=at, deed="account.suspend", subject=account.pk, region=region, why=reason)


@transaction.atomic
def resume(*, by, at, account, reason):
    region = governed(by, account, at)
    reason = tidy_reason(reason)
    suspended = Account.objects.filter(pk=account.pk, suspended_at__isnull=False)
    if not suspended.update(suspended_at=None, suspended_by="", suspended_reason=""):
        raise Refused("Akun ini tidak sedang ditangguhkan.")
    record(by=by, at=at, deed="account.resume", subject=account.pk, region=region, why=reason)
