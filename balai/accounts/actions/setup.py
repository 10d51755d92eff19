"""The first start: no account, a code that only the machine's operator sees, then one system admin."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.accounts.actions.invitations import issue, use
from balai.accounts.actions.people import create_account
from balai.accounts.actions.signing_in import must_be_good
from balai.accounts.models import Account
from balai.accounts.rules import codes
from balai.base.errors import Refused

FIRST_ROLE = "system_admin"


@transaction.atomic
def issue_setup_code(*, by, at, code_hash):
    require(by, Permission.SYSTEM_SETUP)
    if Account.objects.exists():
        raise Refused("Sudah ada akun di sini, jadi kode persiapan tidak diperlukan.")
    code = issue(by, at, codes.Purpose.SETUP, code_hash)
    record(by=by, at=at, deed="system.setup_code", subject="setup")
    return code


@transaction.atomic
def set_up(*, by, at, code, username, name, password):
    """Makes the first system admin. `by` is the operator, for whom the code speaks."""
    require(by, Permission.SYSTEM_SETUP)
    use(code, at)
    if Account.objects.exists():
        raise Refused("Sudah ada akun di sini, jadi kode persiapan tidak diperlukan.")
    account = create_account(
        by=by,
        at=at,
        username=username,
        name=name,
        role=FIRST_ROLE,
        region="",
        from_on=timezone.localtime(at).date(),
    )
    must_be_good(password, account)
    account.password = make_password(password)
    account.save(update_fields=["password"])
    record(by=by, at=at, deed="system.setup", subject=account.pk)
    return account
