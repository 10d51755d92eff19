"""Erasing the account of somebody who left."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.accounts.actions.granting import day_of, governed
from balai.accounts.models import Account, Grant
from balai.base.errors import Refused
from balai.privacy.actions.blanking import FORMER, blank
from balai.privacy.models import Erased, digest
from balai.privacy.rules import check_reason


@transaction.atomic
def erase_account(*, by, at, account, reason):
    """The trail goes on naming the account by its number, so that every chain stays whole; whose it was is gone."""
    region = governed(by, account, at)
    require(by, Permission.RIGHTS_DECIDE, region)
    reason = check_reason(reason)
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.username.startswith(FORMER):
        raise Refused("Data akun ini sudah dihapus.")
    if Grant.objects.open(day_of(at)).filter(account=account).exists():
        raise Refused("Orang ini masih memegang penugasan. Akhiri dahulu semuanya, lalu hapus data akunnya.")
    counts = blank(account, by=by, at=at, region=region)
    Erased.objects.get_or_create(digest=digest(account.pk), defaults={"at": at})
    record(by=by, at=at, deed="account.erase", subject=account.pk, region=region, detail={"rows": counts}, why=reason)
    return counts
