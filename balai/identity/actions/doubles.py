"""A family that was entered twice: one of the two entries ends. Who moves away or dies is told by an event."""

from django.db import transaction

from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.actions.families import not_later
from balai.families.actions.writing import NOT_HERE, changed, held, record_change
from balai.families.models import Family
from balai.families.rules import LeftReason


@transaction.atomic
def record_entered_twice(*, by, at, family, on):
    """Of the entry that ends; the other one stays as it is."""
    family = held(by, family)
    require(by, Permission.FAMILY_EDIT, family.region)
    not_later(on, at)
    if family.since_on and on < family.since_on:
        raise NotValid("Keluarga ini baru tinggal di sini setelah tanggal itu. Periksa tanggalnya.")
    found = changed(family, {"left_on": on, "left_reason": LeftReason.ENTERED_TWICE.value})
    family.save(update_fields=["left_on", "left_reason"])
    record_change(
        families=[family.pk], by=by, at=at, deed="family.leave", subject=family.pk, region=family.region,
        changes=found, subjects=[family.pk],
    )  # fmt: skip
    return family


@transaction.atomic
def undo_entered_twice(*, by, at, family):
    """It was a family of its own after all: it lives here as before."""
    row = Family.objects.visible_to(by).select_for_update().filter(pk=family.pk).first()
    if row is None:
        raise NotAllowed(NOT_HERE)
    require(by, Permission.FAMILY_EDIT, row.region)
    if row.left_reason != LeftReason.ENTERED_TWICE:
        raise Refused("Keluarga ini tidak tercatat sebagai dimasukkan dua kali.")
    found = changed(row, {"left_on": None, "left_reason": None})
    row.save(update_fields=["left_on", "left_reason"])
    record_change(
        families=[row.pk], by=by, at=at, deed="family.unleave", subject=row.pk, region=row.region, changes=found,
        subjects=[row.pk],
    )  # fmt: skip
    return row
