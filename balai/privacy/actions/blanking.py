"""What is left of an account whose owner left: its number, which the trail names, and the days of its grants."""

from balai.access.actions import forget_changes
from balai.access.models import unscoped
from balai.accounts.models import Account, Device, Enrolment, Grant
from balai.base.words import sentence
from balai.privacy.models import held_of
from balai.privacy.rules import catalogue

FORMER = "bekas."  # how the name of a blank account begins
NAME = sentence("Bekas petugas")
REASON = sentence("data akun dihapus")


def not_yet_blank():
    return Account.objects.exclude(username__startswith=FORMER)


def blank(account, *, by, at, region=""):
    """{table: rows} of what was deleted; the account itself and its grants keep no name, address or reason."""
    devices = Device.objects.filter(enrolments__account=account)
    shared = Enrolment.objects.exclude(account=account).values("device")
    counts = {"accounts.device": Device.objects.filter(pk__in=devices.values("pk")).exclude(pk__in=shared).delete()[0]}
    going = [table for table in catalogue().tables.values() if table.after_leaving == "delete"]
    with unscoped("erasing an account reaches every table that leads to its owner"):
        counts |= {table.key: rows.delete()[0] for table, rows in held_of(account, tables=going)}
    Grant.objects.filter(account=account).exclude(ended_reason="").update(ended_reason=REASON)
    account.username, account.name, account.phone, account.email = f"{FORMER}{account.pk.hex[:20]}", NAME, "", ""
    account.suspended_at, account.suspended_by, account.suspended_reason = at, by.name, REASON
    account.last_login = None
    account.set_unusable_password()
    account.save()
    counts["access.auditchange"] = forget_changes(by=by, at=at, subjects=[account.pk], region=region)
    return {key: count for key, count in counts.items() if count}
