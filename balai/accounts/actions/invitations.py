"""One-time codes and what they open: a first password, a forgotten one, a device, the first start."""

import hmac

from django.contrib.auth.hashers import make_password
from django.db import transaction

from balai.access.actions import record
from balai.access.models import AuditEntry
from balai.access.rules import Permission, require
from balai.accounts.actions.granting import governed, two_officers
from balai.accounts.actions.signing_in import must_be_good
from balai.accounts.models import Account, OneTimeCode, Session
from balai.accounts.rules import codes, own
from balai.base.errors import Refused
from balai.base.words import sentence


@transaction.atomic
def invite(*, by, at, account, code_hash):
    """A code with which the person sets a password; also for one that was forgotten. Older codes end."""
    region = governed(by, account, at)
    require(by, Permission.ACCOUNT_MANAGE, region)
    if not account.is_active:
        raise Refused("Akun %(who)s sedang ditangguhkan. Pulihkan dahulu.", who=account.name)
    lately = {"by": by.name, "at__gt": at - codes.LIFE[codes.Purpose.INVITATION]}
    resets = AuditEntry.objects.filter(**lately, deed="account.factor_reset", subject=str(account.pk))
    two_officers(by, resets.exists())
    code = issue(by, at, codes.Purpose.INVITATION, code_hash, account)
    record(by=by, at=at, deed="account.invite", subject=account.pk, region=region)
    return code


@transaction.atomic
def try_code(*, by, at, username, code_hash):
    """The person's invitation if the code is right, else None; wrong codes are counted, so nothing is raised here."""
    row = (
        OneTimeCode.objects.select_for_update(of=("self",))
        .filter(account__username=username.strip().lower(), purpose=codes.Purpose.INVITATION)
        .select_related("account")
        .order_by("-made_at", "-pk")
        .first()
    )
    if row is None:
        return None
    if hmac.compare_digest(row.code_hash, code_hash):
        return row
    if row.state(at) is codes.State.LIVE:
        row.tries += 1
        row.save(update_fields=["tries"])
        own.require(own.oneself(row.account_id), row.account_id)
        record(by=by, at=at, deed="code.wrong", subject=row.account_id, detail={"tries": row.tries})
    return None


@transaction.atomic
def accept_invitation(*, by, at, code, password):
    """Sets the password; whatever was signed in before is signed out."""
    own.require(by, code.account_id)
    account = Account.objects.select_for_update().get(pk=code.account_id)
    use(code, at)
    must_be_good(password, account)
    account.password = make_password(password)
    account.save(update_fields=["password"])
    Session.objects.of(account, at).delete()
    record(by=by, at=at, deed="account.password", subject=account.pk, detail={"way": "invitation"})
    return account


def issue(by, at, purpose, code_hash, account=None):
    OneTimeCode.objects.filter(account=account, purpose=purpose, used_at=None).delete()
    return OneTimeCode.objects.create(
        account=account, purpose=purpose, code_hash=code_hash, made_at=at, made_by=by.name,
        expires_at=at + codes.LIFE[purpose],
    )  # fmt: skip


GONE = {
    codes.State.USED: sentence("Kode ini sudah dipakai. Mintalah kode baru kepada petugas yang memberinya."),
    codes.State.EXPIRED: sentence("Kode ini sudah lewat waktunya. Mintalah kode baru kepada petugas yang memberinya."),
    codes.State.TRIED: sentence(
        "Kode ini sudah terlalu sering dicoba. Mintalah kode baru kepada petugas yang memberinya."
    ),
}


def use(code, at):
    """Marks a code as used, once; Refused when it is not live any more."""
    code = OneTimeCode.objects.select_for_update().get(pk=code.pk)
    if code.state(at) is not codes.State.LIVE:
        raise Refused(GONE[code.state(at)])
    code.used_at = at
    code.save(update_fields=["used_at"])
