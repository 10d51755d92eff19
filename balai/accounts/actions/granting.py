"""Giving and ending grants; who may is decided in rules.granting."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from balai.access.actions import record
from balai.access.rules import ROLES, AgencyKind, Permission, Reach, require
from balai.accounts.models import Account, Assignment, Grant
from balai.accounts.models.hats import last_day
from balai.accounts.rules.granting import Terms, may_appoint, may_govern, must_be_givable, must_fit
from balai.accounts.rules.naming import tidy_reason
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.regions.models import Change, Place


@transaction.atomic
def give(*, by, at, account, role, region, from_on, to_on=None, agency="", agency_name="", reason=""):
    """Gives `account` one grant. Identical grants do not overlap."""
    on = day_of(at)
    terms = Terms(_role(role), region, from_on, to_on, _agency(agency))
    require(by, Permission.ACCOUNT_MANAGE, region)
    must_be_givable(by, terms, to=account.pk, last_day=last_day(by, region, on))
    must_fit(terms, _reach(region, on))
    Account.objects.select_for_update().get(pk=account.pk)
    grant = Grant(
        account=account, role=role, region=region, agency=agency, agency_name=" ".join(agency_name.split()),
        from_on=from_on, to_on=to_on, given_at=at, given_by=by.name, change_seen=latest_change(),
    )  # fmt: skip
    same = Grant.objects.like(grant).first()
    if same is not None:
        raise Refused(
            "%(who)s sudah memegang peran ini di wilayah ini mulai %(on)s.", who=account.name, on=same.from_on
        )
    grant.save()
    record(by=by, at=at, deed="grant.give", subject=account.pk, region=region, detail=said(grant), why=reason)
    return grant


@transaction.atomic
def end(*, by, at, grant, reason, on=None):
    """Ends a grant now, or after the day before `on` when that lies ahead."""
    require(by, Permission.ACCOUNT_MANAGE, grant.region)
    _must_appoint(by, grant)
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.ended_at is not None:
        raise Refused("Penugasan ini sudah diakhiri.")
    reason = tidy_reason(reason)
    eve = on - timedelta(days=1) if on else None
    if eve is None or eve < max(grant.from_on, day_of(at)):
        grant.ended_at, grant.ended_by, grant.ended_reason = at, by.name, reason
    elif grant.to_on is None or eve < grant.to_on:
        grant.to_on = eve
    grant.save(update_fields=["ended_at", "ended_by", "ended_reason", "to_on"])
    record(by=by, at=at, deed="grant.end", subject=grant.account_id, region=grant.region, detail=said(grant),
           why=reason)  # fmt: skip
    return grant


@transaction.atomic
def confirm(*, by, at, grant):
    """Whoever confirms a grant that has to be reviewed answers for it from now on."""
    on = day_of(at)
    terms = Terms(_role(grant.role), grant.region, grant.from_on, grant.to_on, grant.agency_kind)
    require(by, Permission.ACCOUNT_MANAGE, grant.region)
    must_be_givable(by, terms, to=grant.account_id, last_day=last_day(by, grant.region, on))
    must_fit(terms, _reach(grant.region, on))
    grant.given_at, grant.given_by, grant.change_seen = at, by.name, latest_change()
    grant.save(update_fields=["given_at", "given_by", "change_seen"])
    record(by=by, at=at, deed="grant.confirm", subject=grant.account_id, region=grant.region, detail=said(grant))
    return grant


@transaction.atomic
def resettle(*, by, at, grant, regions, reason):
    """After a split or a merger: the grant stays, ends, or goes on in the places chosen of those that came of it."""
    require(by, Permission.ACCOUNT_MANAGE, grant.region)
    if not regions:
        raise NotValid("Pilih paling sedikit satu wilayah, atau akhiri penugasannya.")
    for region in sorted(set(regions) - {grant.region}):
        give_again(by, at, grant, grant.account, region=region, from_on=day_of(at), reason=reason)
    if grant.region in regions:
        return confirm(by=by, at=at, grant=grant)
    return end(by=by, at=at, grant=grant, reason=reason)


@transaction.atomic
def move(*, by, at, account, regions, on, reason):
    """Everything that `by` may appoint the person to ends, and goes on in `regions` from the day `on`."""
    held = [grant for grant in Grant.objects.open(day_of(at)).filter(account=account) if appoints(by, grant)]
    if not held or not regions:
        raise Refused("Tidak ada penugasan %(who)s yang dapat Anda pindahkan.", who=account.name)
    require(by, Permission.ACCOUNT_MANAGE, held[0].region)
    for grant in held:
        if grant.region not in regions:
            end(by=by, at=at, grant=grant, reason=reason, on=on)
    told = {(grant.role, grant.agency): grant for grant in held}
    standing = {(grant.role, grant.agency, grant.region) for grant in held}
    for grant in told.values():
        for region in sorted(set(regions)):
            if (grant.role, grant.agency, region) not in standing:
                give_again(by, at, grant, account, region=region, from_on=on, reason=reason)
    record(by=by, at=at, deed="account.move", subject=account.pk, region=held[0].region,
           detail={"to": sorted(regions), "on": str(on)}, why=reason)  # fmt: skip
    return held


@transaction.atomic
def assign(*, by, at, grant, families):
    """Gives the holder of an assigned role these families, beside those that the holder has."""
    require(by, Permission.ACCOUNT_MANAGE, grant.region)
    _must_appoint(by, grant)
    if not _role(grant.role).assigned:
        raise NotValid("Keluarga hanya ditugaskan kepada anggota Tim Pendamping Keluarga.")
    has = set(grant.assignments.values_list("family", flat=True))
    new = sorted(set(families) - has)
    Assignment.objects.bulk_create(Assignment(grant=grant, family=one, given_at=at, given_by=by.name) for one in new)
    if new:
        record(by=by, at=at, deed="grant.assign", subject=grant.account_id, region=grant.region, subjects=new)
    return len(new)


@transaction.atomic
def unassign(*, by, at, grant, families):
    require(by, Permission.ACCOUNT_MANAGE, grant.region)
    _must_appoint(by, grant)
    gone = grant.assignments.filter(family__in=families)
    taken = sorted(gone.values_list("family", flat=True))
    gone.delete()
    if taken:
        record(by=by, at=at, deed="grant.unassign", subject=grant.account_id, region=grant.region, subjects=taken)
    return len(taken)


def governed(by, account, at):
    """A region of the account, for the trail. NotAllowed unless `by` may do what touches the whole account: somebody
    who also works elsewhere or above is out of reach, and so is oneself.
    """
    if not may_be_governed(by, account, at):
        raise NotAllowed("Akun ini tidak dapat Anda kelola: sebagian penugasannya di luar wewenang Anda.")
    region = _held(account, at)[0].region
    require(by, Permission.ACCOUNT_MANAGE, region)
    return region


def two_officers(by, already):
    """A new password and a factor taken away open an account: Refused when one officer did the other deed lately."""
    if by.account is not None and already:
        raise Refused(
            "Undangan baru dan penghapusan faktor kedua tidak boleh dari petugas yang sama: bersama-sama keduanya "
            "membuka akun orang lain. Mintalah petugas lain untuk langkah ini, atau tunggu tiga hari."
        )


def may_be_governed(by, account, at):
    held = [(grant.role, grant.region, grant.agency_kind) for grant in _held(account, at)]
    return bool(held) and may_govern(by, account.pk, held)


def _held(account, at):
    """The open grants; where there are none, those that once were."""
    grants = account.grants.order_by("pk")
    return list(grants.open(day_of(at))) or list(grants)


def day_of(at):
    return timezone.localtime(at).date()


def latest_change():
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def said(grant):
    """A grant as the trail keeps it."""
    told = {"role": grant.role, "agency": grant.agency, "from": str(grant.from_on), "to": str(grant.to_on or "")}
    return {name: value for name, value in told.items() if value}


def give_again(by, at, grant, account, *, region, from_on, reason):
    """The same role elsewhere or to somebody else, no longer than before and than the giver's own."""
    ends = [day for day in (grant.to_on, last_day(by, region, day_of(at))) if day]
    return give(by=by, at=at, account=account, role=grant.role, region=region, from_on=from_on,
                to_on=min(ends, default=None), agency=grant.agency, agency_name=grant.agency_name,
                reason=reason)  # fmt: skip


def appoints(by, grant):
    return may_appoint(by, grant.role, grant.region, grant.agency_kind)


def _must_appoint(by, grant):
    if not appoints(by, grant):
        raise NotAllowed("Peran Anda tidak dapat mengatur penugasan ini.")


def _role(name):
    if name not in ROLES:
        raise NotValid("Peran “%(role)s” tidak dikenal.", role=name)
    return ROLES[name]


def _agency(text):
    if text and text not in set(AgencyKind):
        raise NotValid("Jenis instansi “%(agency)s” tidak dikenal.", agency=text)
    return AgencyKind(text) if text else None


def _reach(region, on):
    """The level of a place that is in force; places of the tree and reaches of roles share their numbers."""
    if not region:
        return Reach.NATION
    place = Place.objects.on(on).filter(pk=region).first()
    if place is None:
        raise NotValid("Wilayah %(code)s tidak dikenal atau sudah tidak berlaku.", code=region)
    return Reach(place.level)
