"""A family enters the register and is corrected. What happens in its life is told by events."""

from dataclasses import replace

from django.db import transaction

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
from balai.families.models import VILLAGE_CODE, Family, carried


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
def correct_family(*, by, at, family, address, since_on, card="", region=None):
    """`card` replaces the KK number; empty leaves it. `region`: the place of the same village that should have stood
    there from the beginning; who moved is told by an event."""
    family = held(by, family)
    require(by, Permission.FAMILY_EDIT, family.region)
    not_later(since_on, at)
    values = {"address": rules.one_line(address), "since_on": since_on}
    if region:
        values["region"] = _beside(by, family, region)
    found = changed(family, values)
    family.save(update_fields=list(values))
    if "region" in found:
        carry(family)
    number = change_number(number=known_number(card), family=family, person=None, by=by, at=at)
    if number:
        found["kk"] = number
    record_change(
        families=[family.pk], by=by, at=at, deed="family.correct", subject=family.pk, region=family.region,
        changes=found, subjects=[family.pk],
    )  # fmt: skip
    return family


def _beside(by, family, region):
    require(by, Permission.FAMILY_EDIT, region)
    if home(region)[:VILLAGE_CODE] != family.region[:VILLAGE_CODE]:
        raise NotValid("Tempat itu di desa lain. Bila keluarga ini pindah, catat sebagai peristiwa.")
    return region


def carry(family):
    """Whatever is kept of the family and its people, in every room, is where the family is now. Whoever may move the
    family need not see all of that: a kader moves it and reads no list of the poor."""
    with unscoped("rows of a family that moves"):
        for rows in carried(family):
            rows.update(region=family.region)


def not_later(on, at):
    if on and on > day(at):
        raise NotValid("Tanggal ini belum terjadi. Periksa tahunnya.")
