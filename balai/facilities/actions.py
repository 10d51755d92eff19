"""A facility is recorded, corrected, closed; a list of them comes in by a file."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.base.words import Said
from balai.facilities import rules
from balai.facilities.models import VILLAGE_CODE, Facility
from balai.regions.models import Place
from balai.regions.rules import Level


@dataclass(frozen=True)
class Planned:
    """What a row of a file does, or would do: the facility that it changes, and what changes."""

    read: rules.Read
    outcome: rules.Outcome
    facility: Facility | None = None
    changes: tuple[tuple[str, object, object], ...] = ()


@transaction.atomic
def record_facility(*, by, at, facts):
    require(by, Permission.VILLAGE_EDIT, facts.region)
    _check(facts, at)
    _refuse_twin(facts)
    row = Facility.objects.create(**_values(facts), recorded_at=at, recorded_by=by.name)
    record(by=by, at=at, deed="facility.add", subject=row.pk, region=row.region)
    return row


@transaction.atomic
def correct_facility(*, by, at, facility, facts):
    row = _held(facility)
    require(by, Permission.VILLAGE_EDIT, row.region)
    require(by, Permission.VILLAGE_EDIT, facts.region)
    _check(facts, at)
    _refuse_twin(facts, but=row)
    changes = _changed(row, facts)
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


def planned(reads, known):
    """What each row would do beside the open facilities `known`; a row that names one a second time is refused."""
    found, taken = [], set()
    for read in reads:
        if read.facts is None:
            found.append(Planned(read, rules.Outcome.REFUSED))
            continue
        twin = _twin(read.facts, known)
        key = (read.facts.kind, rules.letters(read.facts.name))
        if key in taken:
            again = Said("Fasilitas ini sudah disebut di baris sebelumnya.")
            column = rules.Column.NAME.value
            found.append(Planned(rules.Read(read.line, None, read.name, column, again), rules.Outcome.REFUSED))
            continue
        taken.add(key)
        found.append(_compared(read, twin))
    return found


def _compared(read, twin):
    if twin is None:
        return Planned(read, rules.Outcome.NEW)
    changes = tuple((field, *pair) for field, pair in _changed(twin, read.facts).items())
    return Planned(read, rules.Outcome.CHANGED if changes else rules.Outcome.SAME, twin, changes)


def _apply(plan, by, at):
    if plan.outcome is rules.Outcome.NEW:
        row = Facility.objects.create(**_values(plan.read.facts), recorded_at=at, recorded_by=by.name)
        return Planned(plan.read, plan.outcome, row)
    if plan.outcome is rules.Outcome.CHANGED:
        _save(plan.facility, plan.read.facts)
    return plan


def _check(facts, at):
    for _field, said in rules.faults(facts, _day(at)):
        raise NotValid(said.message, **said.params)
    if not Place.objects.today().filter(pk=facts.region, level__gte=Level.VILLAGE).exists():
        raise NotValid("Pilih desa, kelurahan, atau tempat di bawahnya.")


def _refuse_twin(facts, but=None):
    others = Facility.objects.within(facts.region[:VILLAGE_CODE]).open_now()
    twin = _twin(facts, others.exclude(pk=but.pk) if but else others)
    if twin:
        raise Refused("“%(name)s” sudah tercatat di desa ini. Betulkan yang sudah ada.", name=twin.name)


def _twin(facts, rows):
    return next((row for row in rows if row.kind == facts.kind and rules.same_name(row.name, facts.name)), None)


def _held(facility):
    row = Facility.objects.select_for_update().get(pk=facility.pk)
    if row.closed_on:
        raise Refused("Fasilitas ini sudah tidak melayani; catatannya hanya dapat dibaca.")
    return row


def _values(facts):
    return asdict(facts) | {"services": list(facts.services)}


def _changed(row, facts):
    pairs = {field: (getattr(row, field), value) for field, value in _values(facts).items()}
    return {field: tuple(map(_plain, pair)) for field, pair in pairs.items() if pair[0] != pair[1]}


def _save(row, facts):
    for field, value in _values(facts).items():
        setattr(row, field, value)
    row.save()


def _plain(value):
    return value if value is None or isinstance(value, str | int | float | list) else str(value)


def _day(at):
    return timezone.localtime(at).date()
