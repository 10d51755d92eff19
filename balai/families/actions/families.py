"""A family enters the register, is corrected, moves, leaves."""

from dataclasses import replace

from django.db import transaction

from balai.access.actions import record
from balai.access.models import unscoped
from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid
from balai.families import rules
from balai.families.actions.people import write_person
from balai.families.actions.writing import (
    change_number,
    changed,
    day,
    held,
    home,
    known_number,
    record_change,
    write_number,
)
from balai.families.models import Family, carried


@transaction.atomic
def add_family(*, by, at, region, people, address="", since_on=None, card="", invented=False):
    """`people`: PersonFacts, one of them the head. `card` is the KK number, if it is known."""
    require(by, Permission.FAMILY_EDIT, region)
    if by.role.assigned:
        raise NotAllowed("Keluarga baru dicatat oleh kader atau petugas; setelah itu dapat ditugaskan kepada Anda.")
    people = [replace(one, name=rules.one_line(one.name), nik=known_number(one.nik)) for one in people]
    rules.check(people, day(at))
    not_later(since_on, at)
    family = Family.objects.create(
        region=home(region), address=rules.one_line(address), since_on=since_on, invented=invented,
        made_at=at, made_by=by.name,
    )  # fmt: skip
    persons = [write_person(family=family, facts=facts, by=by, at=at) for facts in people]
    number = known_number(card)
    if number:
        write_number(number=number, family=family, person=None, by=by, at=at)
    record_change(
        families=[family.pk], by=by, at=at, deed="family.add", subject=family.pk, region=region,
        detail={"people": len(persons)}, subjects=[family.pk, *(person.pk for person in persons)],
    )  # fmt: skip
    return family


@transaction.atomic
def correct_family(*, by, at, family, address, since_on, card=""):
    """`card` replaces the KK number; empty leaves it."""
    family = held(by, family)
    require(by, Permission.FAMILY_EDIT, family.region)
    not_later(since_on, at)
    found = changed(family, {"address": rules.one_line(address), "since_on": since_on})
    family.save(update_fields=["address", "since_on"])
    number = change_number(number=known_number(card), family=family, person=None, by=by, at=at)
    if number:
        found["kk"] = number
    record_change(
        families=[family.pk], by=by, at=at, deed="family.correct", subject=family.pk, region=family.region,
        changes=found, subjects=[family.pk],
    )  # fmt: skip
    return family


@transaction.atomic
def move_family(*, by, at, family, region):
    """To another place: whoever moves it may edit both there and here. The rows change together, so that whoever had
    the family in scope by its old place has lost it with the next request."""
    family = held(by, family)
    before = family.region
    require(by, Permission.FAMILY_EDIT, before)
    require(by, Permission.FAMILY_EDIT, region)
    if home(region) == before:
        raise NotValid("Keluarga ini sudah tercatat di tempat itu.")
    people = list(family.people.values_list("pk", flat=True))
    family.region = region
    family.save(update_fields=["region"])
    carry(family)
    changes = {"region": (before, region)}
    told = {"by": by, "at": at, "subject": family.pk, "subjects": [family.pk, *people]}
    record_change(**told, families=[family.pk], deed="family.move", region=before, changes=changes)
    if not _same_village(before, region):
        record(**told, deed="family.arrive", region=region, changes=changes)
    return family


@transaction.atomic
def record_leaving(*, by, at, family, on, reason):
    family = held(by, family)
    require(by, Permission.FAMILY_EDIT, family.region)
    not_later(on, at)
    if family.since_on and on < family.since_on:
        raise NotValid("Keluarga ini baru tinggal di sini setelah tanggal itu. Periksa tanggalnya.")
    reason = rules.LeftReason(reason)
    found = changed(family, {"left_on": on, "left_reason": reason.value})
    family.save(update_fields=["left_on", "left_reason"])
    record_change(
        families=[family.pk], by=by, at=at, deed="family.leave", subject=family.pk, region=family.region,
        changes=found, subjects=[family.pk],
    )  # fmt: skip
    return family


def carry(family):
    """Whatever is kept of the family and its people, in every room, is where the family is now. Whoever may move the
    family need not see all of that: a kader moves it and reads no list of the poor."""
    with unscoped("rows of a family that moves"):
        for rows in carried(family):
            rows.update(region=family.region)


def not_later(on, at):
    if on and on > day(at):
        raise NotValid("Tanggal ini belum terjadi. Periksa tahunnya.")


def _same_village(one, other):
    return one.split(".")[:4] == other.split(".")[:4]
