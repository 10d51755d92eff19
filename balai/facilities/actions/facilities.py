"""A facility is recorded, corrected, closed; a list of them comes in by a file."""

from django.db import transaction
from django.utils import timezone

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.facilities import rules
from balai.facilities.actions.planning import Planned, changed, planned, twin_of, values_of
from balai.facilities.models import VILLAGE_CODE, Facility
from balai.regions.models import Place
from balai.regions.rules import Level


@transaction.atomic
def record_facility(*, by, at, facts):
    require(by, Permission.VILLAGE_EDIT, facts.region)
    _check(facts, at)
    _refusetwin_of(facts)
    row = Facility.objects.create(**values_of(facts), recorded_at=at, recorded_by=by.name)
    record(by=by, at=at, deed="facility.add", subject=row.pk, region=row.region)
    return row


@transaction.atomic
def correct_facility(*, by, at, facility, facts):
    row = _held(facility)
    require(by, Permission.VILLAGE_EDIT, row.region)
    require(by, Permission.VILLAGE_EDIT, facts.region)
    _check(facts, at)
    _refusetwin_of(facts, but=row)
    changes = changed(row, facts)
    _save(row, facts)
    record(by=by, at=at, deed="facility.correct", subject=row.pk, region=row.region, changes=changes)
    return row


@transaction.atomic
def close_facility(*, by, at, facility, on, reason):
    """It serves no longer from that day on; `reason` is a ClosedReason."""
    row = _held(facility)
    require(by, Permission.VILLAGE_EDIT, row.region)
    if on > _day(at):
        raise NotValid("Tanggal ini belum terjadi. Periksa tahunnya.")
    if row.opened_on and on < row.opened_on:
        raise NotValid("Fasilitas ini baru melayani setelah tanggal itu. Periksa tanggalnya.")
    row.closed_on, row.closed_reason = on, rules.ClosedReason(reason).value
    row.save(update_fields=["closed_on", "closed_reason"])
    record(
        by=by, at=at, deed="facility.close", subject=row.pk, region=row.region,
        changes={"closed_on": ("", str(on)), "closed_reason": ("", row.closed_reason)},
    )  # fmt: skip
    return row


@transaction.atomic
def reopen_facility(*, by, at, facility):
    """Takes a closing back that was recorded in error."""
    row = Facility.objects.select_for_update().get(pk=facility.pk)
    require(by, Permission.VILLAGE_EDIT, row.region)
    if row.closed_on is None:
        raise Refused("Fasilitas ini memang masih melayani.")
    before = {"closed_on": (str(row.closed_on), ""), "closed_reason": (row.closed_reason, "")}
    row.closed_on = row.closed_reason = None
    row.save(update_fields=["closed_on", "closed_reason"])
    record(by=by, at=at, deed="facility.reopen", subject=row.pk, region=row.region, changes=before)
    return row


@transaction.atomic
def apply_facilities(*, by, at, village, reads):
    """The rows of a file. The same file again changes nothing. Gives what became of each, see `planned`."""
    require(by, Permission.VILLAGE_EDIT, village)
    known = list(Facility.objects.within(village).open_now().select_for_update())
    done = [_apply(one, by, at) for one in planned(reads, known)]
    counts = {outcome.value: sum(one.outcome is outcome for one in done) for outcome in rules.Outcome}
    record(by=by, at=at, deed="facility.import", subject=village, region=village, detail=counts)
    return done


def _apply(plan, by, at):
    if plan.outcome is rules.Outcome.NEW:
        row = Facility.objects.create(**values_of(plan.read.facts), recorded_at=at, recorded_by=by.name)
        return Planned(plan.read, plan.outcome, row)
    if plan.outcome is rules.Outcome.CHANGED:
        _save(plan.facility, plan.read.facts)
    return plan


def _check(facts, at):
    for _field, said in rules.faults(facts, _day(at)):
        raise NotValid(said.message, **said.params)
    if not Place.objects.today().filter(pk=facts.region, level__gte=Level.VILLAGE).exists():
        raise NotValid("Pilih desa, kelurahan, atau tempat di bawahnya.")


def _refusetwin_of(facts, but=None):
    others = Facility.objects.within(facts.region[:VILLAGE_CODE]).open_now()
    twin = twin_of(facts, others.exclude(pk=but.pk) if but else others)
    if twin:
        raise Refused("“%(name)s” sudah tercatat di desa ini. Betulkan yang sudah ada.", name=twin.name)


def _held(facility):
    row = Facility.objects.select_for_update().get(pk=facility.pk)
    if row.closed_on:
        raise Refused("Fasilitas ini sudah tidak melayani; catatannya hanya dapat dibaca.")
    return row


def _save(row, facts):
    for field, value in values_of(facts).items():
        setattr(row, field, value)
    row.save()


def _day(at):
    return timezone.localtime(at).date()
