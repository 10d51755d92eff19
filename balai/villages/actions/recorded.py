"""The one way in which a row of the registry is added or corrected."""

from enum import StrEnum

from django.db import transaction

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused

OWN_FIELDS = {"id", "lineage", "recorded_at", "recorded_by", "replaces"}


def kind_of(kinds: type[StrEnum], value):
    """`value` as a member of `kinds`; NotValid names the choices."""
    try:
        return kinds(value)
    except ValueError:
        raise NotValid(
            "“%(value)s” bukan pilihan. Pilihannya: %(choices)s.", value=value, choices=", ".join(kinds)
        ) from None


def check_dates(from_on, to_on):
    if from_on and to_on and to_on <= from_on:
        raise NotValid("Tanggal berakhir %(ends)s harus sesudah tanggal mulai %(starts)s.", starts=from_on, ends=to_on)


def require_all(by, codes):
    """May `by` edit all these villages? Their scope is a range, so the two ends tell."""
    for code in (min(codes), max(codes)):
        require(by, Permission.VILLAGE_EDIT, code)


def village_of(row):
    """Code of the village that a row belongs to."""
    if hasattr(row, "village_id"):
        return row.village_id
    return village_of(next(getattr(row, name) for name in ("kampung", "pokja", "house") if hasattr(row, name)))


def add(row, *, by, at, deed, **detail):
    """Saves a new row of the registry and its audit entry; call inside a transaction."""
    code = village_of(row)
    require(by, Permission.VILLAGE_EDIT, code)
    check_dates(getattr(row, "from_on", None), getattr(row, "to_on", None))
    for proof in (getattr(row, "evidence", None), getattr(row, "decree", None)):
        if proof and village_of(proof) != code:
            raise NotValid("Berkas atau dokumen itu milik desa lain.")
    row.recorded_at, row.recorded_by = at, by.name
    row.save(force_insert=True)
    audit.record(by=by, at=at, deed=deed, subject=row.pk, region=code, detail=detail)
    return row


def _check_choices(row):
    for field in row._meta.fields:
        choices = [value for value, _name in field.choices or ()]
        value = getattr(row, field.attname)
        if choices and value not in choices and not (field.blank and value == ""):
            raise NotValid(
                "“%(value)s” bukan pilihan. Pilihannya: %(choices)s.", value=value, choices=", ".join(choices)
            )


def _check_changes(model, changes):
    allowed = {field.name for field in model._meta.fields} - OWN_FIELDS
    unknown = ", ".join(sorted(set(changes) - allowed))
    if unknown or not changes:
        raise NotValid("Sebutkan apa yang dibetulkan; yang tidak bisa dibetulkan: %(names)s.", names=unknown or "–")
    return allowed


@transaction.atomic
def correct(*, by, at, row, **changes):
    """A new row that says it right and names the one it replaces. For a Kampung KB itself: registry.correct_kampung."""
    model = type(row)
    allowed = _check_changes(model, changes)
    row = model.objects.select_for_update().get(pk=row.pk)
    require(by, Permission.VILLAGE_EDIT, village_of(row))
    if model.objects.filter(replaces=row).exists():
        raise Refused("Catatan ini sudah dibetulkan sebelumnya. Betulkan catatan yang terbaru.")
    kept = {field.attname: getattr(row, field.attname) for field in model._meta.fields if field.name in allowed}
    new = model(**kept, lineage=row.lineage, replaces=row)
    for name, value in changes.items():
        setattr(new, name, value)
    _check_choices(new)
    return add(
        new, by=by, at=at, deed=f"{model._meta.model_name}.correct", replaces=str(row.pk), changed=sorted(changes)
    )
