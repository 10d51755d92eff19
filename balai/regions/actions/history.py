"""What happens to places over time: dated events, never overwritten rows."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.regions import rules
from balai.regions.actions.below import _carry_below
from balai.regions.actions.tree import add_alias
from balai.regions.models import Change, Place

CREATING = {rules.ChangeKind.RECODED, rules.ChangeKind.SPLIT, rules.ChangeKind.MERGED}
ENDING = {rules.ChangeKind.RECODED, rules.ChangeKind.MERGED}


@transaction.atomic
def record_change(*, by, at, kind, code, on, source, new="", name="", certain=True):
    """Records that the place `code` was renamed, recoded, split or merged on a day.

    RENAMED takes `name`; the others take `new`, the code it became or gave birth to, which is made (with `name`, or the
    old one's name) where it is not there yet. Recoded and merged places end that day; a split one goes on: what is
    left of it keeps its code, as decrees have it. Use `end_place` where it does not.
    """
    require(by, Permission.REGIONS_EDIT, code)
    old = Place.objects.known(code)
    _must_stand(old, on)
    name = " ".join(name.split())
    if kind == rules.ChangeKind.RENAMED:
        change = _rename(old, name, on=on, source=source)
        add_alias(by=by, at=at, code=old.code, name=change.old_name, source=source)
    elif kind in CREATING:
        require(by, Permission.REGIONS_EDIT, new)
        change = _lead(old, new, name or old.name, kind=kind, on=on, source=source)
    else:
        raise NotValid("Jenis perubahan “%(kind)s” tidak dapat dicatat di sini.", kind=str(kind))
    change.certain = certain
    change.save()
    record(
        by=by, at=at, deed=f"regions.{kind}", subject=old.code, region=old.code,
        detail={"on": str(on), "new": new, "name": name, "source": source},
    )  # fmt: skip
    return change


@transaction.atomic
def end_place(*, by, at, code, on, reason):
    """Ends a place that nothing follows. `on` is the first day on which it no longer exists."""
    require(by, Permission.REGIONS_EDIT, code)
    place = Place.objects.known(code)
    _must_stand(place, on)
    refuse_standing(str(place), place.children.on(on))
    ended(place, by=by, at=at, on=on, reason=reason)
    return place


def refuse_standing(name, below):
    standing = below.count()
    if standing:
        raise Refused(
            "%(place)s masih punya %(count)d tempat di bawahnya. Akhiri dahulu yang di bawah.",
            place=name, count=standing,
        )  # fmt: skip


def ended(place, *, by, at, on, reason):
    """Ends it that day, with the change and the entry in the trail."""
    _end(place, on)
    Change.objects.create(
        kind=rules.ChangeKind.ENDED, on=on, old=place, old_name=place.name, certain=True, source=reason
    )
    record(
        by=by, at=at, deed="regions.end", subject=place.code, region=place.code,
        detail={"on": str(on), "reason": reason},
    )  # fmt: skip


def _must_stand(place, on):
    if place.valid_to is not None:
        raise Refused("%(place)s sudah berakhir pada %(on)s.", place=str(place), on=place.valid_to)
    if place.valid_from is not None and on <= place.valid_from:
        raise NotValid("%(place)s baru ada sejak %(on)s. Pilih hari sesudahnya.", place=str(place), on=place.valid_from)


def _rename(place, name, *, on, source):
    if not rules.search_form(name) or name == place.name:
        raise NotValid("Tulis nama baru %(place)s.", place=str(place))
    former = place.name
    place.name, place.search_name = name, rules.search_form(name)
    place.save(update_fields=["name", "search_name"])
    return Change(kind=rules.ChangeKind.RENAMED, on=on, old=place, new=place, old_name=former, new_name=name,
                  source=source)  # fmt: skip


def _lead(old, code, name, *, kind, on, source):
    new = Place.objects.filter(pk=code).first() or _successor(old, code, name, on=on, source=source)
    if new == old or Change.objects.filter(old=old, new=new).exists():
        raise Refused("Perubahan %(old)s ke %(new)s sudah tercatat.", old=str(old), new=str(new))
    if kind in ENDING:
        _move_below(old, new, kind=kind, on=on, source=source)
        _end(old, on)
    return Change(kind=kind, on=on, old=old, new=new, old_name=old.name, new_name=new.name, source=source)


def _successor(old, code, name, *, on, source):
    """A new place of the same level. Its parent has to be there: places are made from the top down."""
    if old.level == rules.Level.BELOW or rules.dotted(code) != code or rules.level_of(code) != old.level:
        raise NotValid("“%(code)s” bukan kode untuk wilayah setingkat %(place)s.", code=code, place=str(old))
    parent = Place.objects.today().filter(pk=rules.parent_of(code)).first()
    if parent is None and old.level != rules.Level.PROVINCE:
        raise NotValid("Wilayah atasan %(parent)s belum ada. Catat dahulu yang di atas.", parent=rules.parent_of(code))
    return Place.objects.create(
        code=code, level=old.level, kind=rules.kind_of(code, name), name=name, search_name=rules.search_form(name),
        parent=parent, valid_from=on, source=source,
    )  # fmt: skip


def _move_below(old, new, *, kind, on, source):
    """RT, posyandu and the like go with their village; in a merger their numbers would meet, so people decide."""
    below = Place.objects.within(old.code).on(on).filter(level=rules.Level.BELOW)
    if kind == rules.ChangeKind.RECODED:
        _carry_below({old.code: new.code}, on=on, source=source)
    elif below.exists():
        raise Refused(
            "%(place)s masih punya %(count)d tempat di bawahnya. Akhiri atau catat ulang dahulu.",
            place=str(old), count=below.count(),
        )  # fmt: skip


def _end(place, on):
    place.valid_to = on
    place.save(update_fields=["valid_to"])
