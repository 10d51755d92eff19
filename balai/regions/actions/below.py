"""Places below the village: dusun, RW, RT, posyandu, dasa wisma."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.regions import rules
from balai.regions.models import Change, Place

NUMBERS = range(1, 10_000)
VILLAGE = len("76.05.03.2024")


@transaction.atomic
def add_place_below(*, by, at, village, kind, name, from_on, source, number=None, parent=""):
    """Adds a place below a village, under `parent` (a code below the same village) or the village itself.

    `number` is the one in its code and is never given twice; without it the next free one is taken. The number of an RT
    that begins anew in each RW belongs in its name.
    """
    require_naming(by, village)
    home = Place.objects.select_for_update().villages().today().filter(pk=rules.dotted(village)).first()
    if home is None:
        raise NotValid("“%(code)s” bukan kode desa atau kelurahan yang berlaku.", code=village)
    kind, name = _checked(kind, name)
    above = _parent(home, kind, parent) if parent else home
    if any(since is not None and from_on < since for since in (home.valid_from, above.valid_from)):
        raise NotValid("%(place)s belum ada pada %(on)s.", place=str(above), on=from_on)
    code = rules.below_code(home.code, kind, _number(home, kind, number))
    refuse_double(home.code, kind, name, above.code)
    place = Place.objects.create(
        code=code, level=rules.Level.BELOW, kind=kind, name=name, search_name=rules.search_form(name),
        parent=above, valid_from=from_on, source=source,
    )  # fmt: skip
    Change.objects.create(kind=rules.ChangeKind.NEW, on=from_on, new=place, new_name=name, certain=True, source=source)
    record(by=by, at=at, deed="regions.add", subject=code, region=home.code, detail={"kind": kind, "name": name})
    return place


def require_naming(by, code):
    """Who keeps the village's data names what is below it; else who keeps the tree."""
    require(by, Permission.VILLAGE_EDIT if by.may(Permission.VILLAGE_EDIT) else Permission.REGIONS_EDIT, code)


def refuse_double(village, kind, name, parent, but=None):
    """Two of a kind under the same place would not be told apart."""
    standing = Place.objects.within(village).today().filter(level=rules.Level.BELOW, kind=kind, parent=parent)
    wanted = rules.numbered(name)
    if any(rules.numbered(known) == wanted for known in standing.exclude(pk=but).values_list("name", flat=True)):
        raise Refused("%(name)s sudah ada di tempat itu.", name=name)


def _checked(kind, name):
    name = " ".join(name.split())
    if kind not in set(rules.BelowKind):
        raise NotValid("Jenis “%(kind)s” tidak dikenal. Pakai: %(kinds)s.", kind=kind, kinds=", ".join(rules.BelowKind))
    if not rules.search_form(name):
        raise NotValid("Tulis nama tempat, misalnya RT 01.")
    return rules.BelowKind(kind), name


def _parent(home, kind, code):
    parent = Place.objects.within(home.code).today().filter(pk=code, level=rules.Level.BELOW).first()
    if parent is None:
        raise NotValid("“%(code)s” bukan tempat di bawah %(village)s.", code=code, village=str(home))
    if not rules.may_stand_under(kind, parent.kind):
        raise NotValid("%(kind)s tidak dapat berada di bawah %(parent)s.", kind=str(kind), parent=parent.kind)
    return parent


def _number(home, kind, number):
    siblings = Place.objects.within(home.code).filter(level=rules.Level.BELOW, kind=kind)
    taken = {int(code.rpartition(".")[2][1:]) for code in siblings.values_list("pk", flat=True)}
    if number is None:
        return max(taken, default=0) + 1
    if number not in NUMBERS:
        raise NotValid("Nomor %(number)d di luar 1–9999.", number=number)
    if number in taken:
        raise Refused(
            "%(kind)s nomor %(number)d di %(village)s sudah ada atau pernah ada.",
            kind=str(kind), number=number, village=str(home),
        )  # fmt: skip
    return number


def _carry_below(villages, *, on, source):
    """Gives the places below re-coded villages (old code to new) their codes under the new ones."""
    rows = [
        place
        for old in villages
        for place in Place.objects.within(old).on(on).filter(level=rules.Level.BELOW).order_by("pk")
    ]
    became = villages | {place.code: villages[place.code[:VILLAGE]] + place.code[VILLAGE:] for place in rows}
    moved = [
        Place(
            code=became[place.code], level=place.level, kind=place.kind, name=place.name,
            search_name=place.search_name, parent_id=became[place.parent_id], valid_from=on, source=source,
        )
        for place in rows
    ]  # fmt: skip
    Place.objects.bulk_create(moved)
    Change.objects.bulk_create(
        Change(
            kind=rules.ChangeKind.RECODED, on=on, old=old, new=new, old_name=old.name, new_name=new.name,
            certain=True, source=source,
        )
        for old, new in zip(rows, moved, strict=True)
    )  # fmt: skip
    Place.objects.filter(pk__in=[place.pk for place in rows]).update(valid_to=on)
