"""Where the Kampung KB works: coverage, groups, Rumah DataKu, and the agencies that were active there."""

from itertools import islice

from django.db import transaction

from balai.access import actions as audit
from balai.base.errors import NotValid, Refused
from balai.villages.actions.recorded import add, kind_of, require_all
from balai.villages.models import AgencyActivity, Coverage, DataHouse, DataHouseAssessment, Group
from balai.villages.rules import Extent, GroupKind, agencies, check_found, data_house_class, items_of, narrower

CHUNK = 2000


def _code(village):
    return getattr(village, "code", village)


@transaction.atomic
def record_coverage(*, by, at, kampung, extent, from_on, source, areas="", batch=None):
    """What it covers from a day on; it only grows, from RW over dusun to the whole desa."""
    extent = kind_of(Extent, extent)
    before = Coverage.objects.on(kampung, from_on)
    if before and narrower(extent, Extent(before.extent)):
        raise Refused(
            "Cakupan tidak bisa menyempit dari %(before)s menjadi %(extent)s. Bila yang lama salah, betulkan itu.",
            before=before.extent, extent=extent,
        )  # fmt: skip
    coverage = Coverage(kampung=kampung, extent=extent, areas=areas, from_on=from_on, source=source, batch=batch)
    return add(coverage, by=by, at=at, deed="coverage.record", extent=str(extent))


@transaction.atomic
def record_group(*, by, at, village, kind, source, name="", from_on=None, to_on=None, batch=None):
    group = Group(
        village_id=_code(village), kind=kind_of(GroupKind, kind), name=name, from_on=from_on, to_on=to_on,
        source=source, batch=batch,
    )  # fmt: skip
    return add(group, by=by, at=at, deed="group.record", kind=str(group.kind))


def _house(row, entry):
    code, exists, has_decree, full, funds, from_on = row
    unknown = set(funds or ()) - set(items_of("funds"))
    if unknown:
        raise NotValid("Sumber dana tidak dikenal: %(names)s.", names=", ".join(sorted(unknown)))
    return DataHouse(
        village_id=code, exists=exists, has_decree=has_decree, full=full, funds=funds, from_on=from_on, **entry
    )


@transaction.atomic
def record_data_house(
    *, by, at, village, exists, source, has_decree=None, full=None, funds=None, from_on=None, batch=None
):
    house = _house((_code(village), exists, has_decree, full, funds, from_on), {"source": source, "batch": batch})
    return add(house, by=by, at=at, deed="data_house.record", exists=exists)


@transaction.atomic
def record_data_houses(*, by, at, source, batch, rows):
    """Many at once: rows = (village code, exists, has_decree, full, funds, from_on), one a village. Gives how many
    were added: what is already known to hold on that day is left out."""
    rows, written = iter(rows), 0
    entry = {"recorded_at": at, "recorded_by": by.name, "source": source, "batch": batch}
    while chunk := list(islice(rows, CHUNK)):
        codes = [row[0] for row in chunk]
        require_all(by, codes)
        known = {}
        for house in DataHouse.objects.standing().filter(village__in=codes).oldest_first():
            known.setdefault(house.village_id, []).append(house)
        fresh = [house for row in chunk if not _already(house := _house(row, entry), known.get(row[0], ()))]
        DataHouse.objects.bulk_create(fresh)
        written += len(fresh)
    if written:
        audit.record(
            by=by, at=at, deed="data_house.record_many", subject=batch or source,
            detail={"source": source, "written": written},
        )  # fmt: skip
    return written


def _already(house, known):
    in_force = [old for old in known if old.from_on is None or (house.from_on and old.from_on <= house.from_on)]
    same = ("exists", "has_decree", "full", "funds")
    return bool(in_force) and all(getattr(house, name) == getattr(in_force[-1], name) for name in same)


@transaction.atomic
def assess_data_house(*, by, at, house, on, found, source, evidence=None, batch=None):
    """A self-assessment with the class that the rule gives it; empty when none is reached."""
    found = dict(check_found(found))
    house_class = data_house_class(found)
    assessment = DataHouseAssessment(
        house=house, on=on, found=found, computed_class=house_class or "", evidence=evidence, source=source, batch=batch
    )
    return add(assessment, by=by, at=at, deed="data_house.assess", reached=str(assessment.computed_class))


@transaction.atomic
def record_activities(*, by, at, source, batch, rows):
    """What agencies did: rows = (village code, agency number, on, title). Gives how many were added; the same agency,
    day and title in the same village is one activity."""
    rows, written = iter(rows), 0
    entry = {"recorded_at": at, "recorded_by": by.name, "source": source, "batch": batch}
    while chunk := list(islice(rows, CHUNK)):
        codes = [row[0] for row in chunk]
        require_all(by, codes)
        _check_agencies(chunk)
        known = set(
            AgencyActivity.objects.standing()
            .filter(village__in=codes, on__in={row[2] for row in chunk})
            .values_list("village_id", "agency", "on", "title")
        )
        fresh = [row for row in dict.fromkeys(tuple(row) for row in chunk) if row not in known]
        AgencyActivity.objects.bulk_create(
            AgencyActivity(village_id=code, agency=agency, on=on, title=title, **entry)
            for code, agency, on, title in fresh
        )
        written += len(fresh)
    if written:
        audit.record(
            by=by, at=at, deed="activities.record", subject=batch or source,
            detail={"source": source, "written": written},
        )  # fmt: skip
    return written


def _check_agencies(rows):
    for _code, agency, *_rest in rows:
        if agency not in agencies():
            raise NotValid("Instansi nomor %(number)s tidak ada; nomornya 1 sampai 37.", number=agency)
