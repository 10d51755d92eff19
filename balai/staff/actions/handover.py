"""Handing over: what one person held goes on with another."""

from dataclasses import dataclass, field

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.accounts.actions.granting import appoints, assign, day_of, end, give_again
from balai.accounts.models import Grant
from balai.base.errors import NotValid, Refused


@dataclass
class HandOver:
    """Pairs of (former grant, the successor's grant), families that went along, and grants out of the giver's reach."""

    passed: list = field(default_factory=list)
    families: int = 0
    left: list = field(default_factory=list)


def passable(by, account, on):
    """The person's open grants: those that `by` may hand over, and those that only others may."""
    held = list(Grant.objects.open(on).filter(account=account).order_by("role", "region"))
    return [one for one in held if appoints(by, one)], [one for one in held if not appoints(by, one)]


@transaction.atomic
def hand_over(*, by, at, former, successor, on, reason):
    """From the day `on` the successor holds every grant that `by` may pass on, with its families; the former's end.

    A grant that the successor holds already is not given twice; its families still go along.
    """
    if former.pk == successor.pk:
        raise NotValid("Pilih orang lain sebagai penerus.")
    given, left = passable(by, former, day_of(at))
    if not given:
        raise Refused("Tidak ada penugasan %(who)s yang dapat Anda serahkan.", who=former.name)
    if not successor.is_active:
        raise Refused("Akun %(who)s sedang ditangguhkan. Pilih penerus lain.", who=successor.name)
    done = HandOver(left=left)
    for grant in given:
        require(by, Permission.ACCOUNT_MANAGE, grant.region)
        done.passed.append((grant, _pass_on(by, at, grant, successor, on, reason)))
    for old, new in done.passed:
        if old.known_role.assigned:
            families = list(old.assignments.values_list("family", flat=True))
            done.families += assign(by=by, at=at, grant=new, families=families)
        end(by=by, at=at, grant=old, reason=reason, on=on)
    record(by=by, at=at, deed="account.handover", subject=former.pk, region=given[0].region,
           detail={"to": str(successor.pk), "on": str(on), "grants": len(given)}, why=reason)  # fmt: skip
    return done


def _pass_on(by, at, grant, successor, on, reason):
    start = max(on, grant.from_on)
    twin = Grant(account=successor, role=grant.role, region=grant.region, agency=grant.agency,
                 from_on=start, to_on=grant.to_on)  # fmt: skip
    return Grant.objects.like(twin).first() or give_again(
        by, at, grant, successor, region=grant.region, from_on=start, reason=reason
    )
