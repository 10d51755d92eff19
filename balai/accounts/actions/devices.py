"""Telephones with a PIN: enrolling, signing in, locking, revoking."""

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.accounts.actions.granting import appoints
from balai.accounts.actions.invitations import issue, use
from balai.accounts.models import Account, Device, Enrolment, Grant, Session
from balai.accounts.rules import codes, own, pins
from balai.base.errors import Refused


def held_on_device(account, at):
    """The grants in force that a device and a PIN may open."""
    return list(
        Grant.objects.in_force(timezone.localtime(at).date()).filter(account=account, role__in=pins.DEVICE_ROLES)
    )


@transaction.atomic
def invite_device(*, by, at, account, code_hash):
    """A code with which a kader enrols a telephone, for the regions that `by` looks after."""
    grants = [grant for grant in held_on_device(account, at) if appoints(by, grant)]
    if not grants:
        raise Refused("Perangkat dengan PIN hanya untuk kader dan TPK yang bertugas di wilayah Anda.")
    for grant in grants:
        require(by, Permission.DEVICE_ENROL, grant.region)
    code = issue(by, at, codes.Purpose.DEVICE, code_hash, account)
    record(by=by, at=at, deed="device.invite", subject=account.pk, region=grants[0].region)
    return code


@transaction.atomic
def enrol(*, by, at, code, pin, token, agent=""):
    """Enrols the code's person on the device that holds `token`, which becomes known if it was not."""
    own.require(by, code.account_id)
    Account.objects.select_for_update().get(pk=code.account_id)
    grants = held_on_device(code.account, at)
    if not grants:
        raise Refused("Penugasan Anda sebagai kader atau TPK sudah berakhir. Hubungi petugas desa atau PKB Anda.")
    pins.must_be_hard_to_guess(pin)
    use(code, at)
    device, _new = Device.objects.get_or_create(
        token_hash=pins.token_digest(token), defaults={"agent": agent[:200], "made_at": at, "seen_at": at}
    )
    device.enrolments.filter(account=code.account, revoked_at=None).update(revoked_at=at, revoked_by=by.name)
    regions = sorted({grant.region for grant in grants})
    enrolment = Enrolment.objects.create(
        device=device, account=code.account, regions=regions, pin=make_password(pin), made_at=at, made_by=code.made_by
    )
    record(by=by, at=at, deed="device.enrol", subject=enrolment.pk, region=regions[0],
           detail={"account": str(code.account_id), "device": str(device.pk)})  # fmt: skip
    return enrolment


@transaction.atomic
def try_pin(*, by, at, enrolment, pin):
    """Whether the PIN is right; wrong ones are counted, and the fifth in a row locks, so nothing is raised here."""
    own.require(by, enrolment.account_id)
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("device").get(pk=enrolment.pk)
    if enrolment.locked:
        return False
    right = check_password(pin, enrolment.pin)
    enrolment.wrong = 0 if right else enrolment.wrong + 1
    enrolment.save(update_fields=["wrong"])
    if right:
        Device.objects.filter(pk=enrolment.device_id).update(seen_at=at)
        record(by=by, at=at, deed="account.sign_in", subject=enrolment.account_id, detail={"way": "pin"})
    elif enrolment.locked:
        record(by=by, at=at, deed="device.lock", subject=enrolment.pk, detail={"account": str(enrolment.account_id)})
    return right


@transaction.atomic
def unlock_pin(*, by, at, enrolment):
    """The officer saw the person and lets them try again."""
    region = _overseen(by, enrolment)
    require(by, Permission.DEVICE_ENROL, region)
    Enrolment.objects.filter(pk=enrolment.pk).update(wrong=0)
    record(by=by, at=at, deed="device.unlock", subject=enrolment.pk, region=region,
           detail={"account": str(enrolment.account_id)})  # fmt: skip


@transaction.atomic
def revoke(*, by, at, enrolment):
    """Takes a person off a device; from the next request on nothing there is theirs."""
    if by.account == enrolment.account_id:
        own.require(by, enrolment.account_id)
        region = enrolment.regions[0]
    else:
        region = _overseen(by, enrolment)
        require(by, Permission.DEVICE_ENROL, region)
    _take_off(by, at, [enrolment])
    record(by=by, at=at, deed="device.revoke", subject=enrolment.pk, region=region,
           detail={"account": str(enrolment.account_id), "device": str(enrolment.device_id)})  # fmt: skip


@transaction.atomic
def revoke_device(*, by, at, enrolment):
    """A lost telephone: everybody is taken off it, and it is told to forget what it holds."""
    region = _overseen(by, enrolment)
    require(by, Permission.DEVICE_ENROL, region)
    people = list(Enrolment.objects.filter(device=enrolment.device_id, revoked_at=None))
    Device.objects.filter(pk=enrolment.device_id, revoked_at=None).update(revoked_at=at, revoked_by=by.name)
    _take_off(by, at, people)
    record(by=by, at=at, deed="device.lost", subject=enrolment.device_id, region=region,
           detail={"accounts": [str(one.account_id) for one in people]})  # fmt: skip


def _take_off(by, at, enrolments):
    for one in enrolments:
        Enrolment.objects.filter(pk=one.pk, revoked_at=None).update(revoked_at=at, revoked_by=by.name)
        Session.objects.filter(account_id=one.account_id, device_id=one.device_id).delete()


def _overseen(by, enrolment):
    """A region of the enrolment that `by` looks after; the first one where there is none, to be refused there."""
    return next((region for region in enrolment.regions if by.covers(region)), enrolment.regions[0])
