"""Rows as they were, so that what was done can be undone: a row as JSON, and put back from it.

An image is {"table": "app.model", "pk": …, "before": {field: value} | None, "after": {field: value} | None}. `before`
is None where the row was made, `after` where it was removed; a row that was changed has only the fields that differ.
Images are put back in the reverse order of the writes, so that every state on the way is one that stood before.
"""

from datetime import date
from types import SimpleNamespace
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import F, Func

from balai.access.models import Scoped, unscoped
from balai.base.errors import Refused
from balai.vault.models.fields import SealedField
from balai.vault.models.keyring import blind, opened
from balai.vault.rules import CannotOpen

PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)  # as JSON takes them
DIGITS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))  # where the parts of a key begin, and how long they are
SAID_BY_SQLITE = {
    models.UUIDField: "||'-'||".join(f"substr(%(expressions)s,{first},{most})" for first, most in DIGITS),
    models.DateTimeField: "replace(%(expressions)s,' ','T')||'+00:00'",
}


class Strayed(Refused):
    """The row is no longer what the image left. `image` is that image, `fields` are what differs; none: it is gone."""

    def __init__(self, image, fields, message="", **params):
        given = message or "Data ini sudah berubah sesudahnya, sehingga tidak dapat dibatalkan lagi."
        super().__init__(given, **params)
        self.image, self.fields = image, fields


def taken(row):
    """All columns of a row but its key, as JSON takes them: days in ISO, keys as ids, sealed bytes in base64."""
    return {field.name: _plain(field, row) for field in row._meta.concrete_fields if not field.primary_key}


def taken_all(rows):
    """(key, what `taken` gives) of each row of a queryset; no row is made of it, for there may be thousands."""
    fields = rows.model._meta.concrete_fields
    names, key = [field.name for field in fields], rows.model._meta.pk.name
    told = [(field.name, field) for field in fields if not isinstance(field, PLAIN)]
    for values in rows.values_list(*map(as_said, fields)):
        columns = dict(zip(names, values, strict=True))
        for name, field in told:
            columns[name] = _said(field, columns[name])
        yield columns.pop(key), columns


def as_said(field):
    """The column as a query asks for it. A key or a moment SQLite itself brings into the form of `_said`: making an
    object of each, only to take it apart again, would cost more than all else of the reading."""
    kind = type(field.target_field if field.remote_field else field)
    if connection.vendor != "sqlite" or kind not in SAID_BY_SQLITE:
        return F(field.attname)
    return Func(field.attname, template=SAID_BY_SQLITE[kind], output_field=models.TextField())


def of_made(row):
    return _image(row, None, taken(row))


def of_removed(row):
    """To be taken before the row is deleted."""
    return _image(row, taken(row), None)


def of_changed(row, before):
    """`before` is what `taken` gave of the row; None where nothing differs."""
    after = taken(row)
    return None if before == after else of_columns(row._meta.label_lower, _plain(row._meta.pk, row), before, after)


def of_columns(table, key, before, after):
    """The image of a row of which all columns are known as they were and as they are; None: it was not, or is not."""
    if before is not None and after is not None:
        differing = [name for name in after if before[name] != after[name]]
        before, after = ({name: columns[name] for name in differing} for columns in (before, after))
    return {"table": table, "pk": key if isinstance(key, int | str) else str(key), "before": before, "after": after}


def put_back(image):
    """The row becomes what it was before. Strayed where it is no longer what the image left, or where a row that was
    made has meanwhile got others that hang on it."""
    put_all_back([image])


def put_all_back(images):
    """The last write first."""
    # Whoever undoes need not see all that was carried along with a family.
    with unscoped("a row is put back as it was"):
        for image in reversed(images):
            _put_back(image)


def _put_back(image):
    model = apps.get_model(image["table"])
    row = model.objects.select_for_update(of=("self",)).filter(pk=image["pk"]).first()
    fields = strayed(image, row)
    if fields is not None:
        raise Strayed(image, fields)
    if image["before"] is None:
        _take_away(image, row)
    elif image["after"] is None:
        key = model._meta.pk
        _filled(model(**{key.attname: key.to_python(image["pk"])}), image["before"]).save(force_insert=True)
    else:
        _filled(row, image["before"]).save(update_fields=list(image["before"]))


def is_as_left(image, columns):
    """Whether the columns, as `taken` gives them, are to the letter what the image left; where not, `strayed` tells."""
    after = image["after"]
    return after is not None and columns is not None and after.items() <= columns.items()


def strayed(image, row):
    """Fields in which the row differs from what the image left; None where it is as it was left."""
    after = image["after"]
    if row is None or after is None:
        return None if row is None and after is None else []
    told = {field.name: field for field in row._meta.concrete_fields}
    followed = {field.blind for field in told.values() if isinstance(field, SealedField)}
    return [name for name in after if name not in followed and not _same(told[name], row, after[name])] or None


def hanging(row):
    """Personal tables that hold rows with a key to this one. What only counts or shows goes with the row."""
    keys = (key for key in row._meta.related_objects if issubclass(key.related_model, Scoped))
    held = (key.related_model for key in keys if key.related_model.objects.filter(**{key.field.name: row.pk}).exists())
    return sorted({model._meta.label_lower for model in held})


def _take_away(image, row):
    held = hanging(row)
    if held:
        raise Strayed(
            image, held,
            "Sesudah itu sudah ada data lain yang dicatat bersamanya, sehingga tidak dapat dibatalkan lagi.",
        )  # fmt: skip
    row.delete()


def _image(row, before, after):
    return {"table": row._meta.label_lower, "pk": _plain(row._meta.pk, row), "before": before, "after": after}


def _plain(field, row):
    value = field.value_from_object(row)
    return value if value is None or isinstance(value, bool | int | str) else field.value_to_string(row)


def _said(field, value):
    """What `_plain` says of a row with this value."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, UUID | date):  # most of what is not yet plain; the fields themselves take their time
        return value.isoformat() if isinstance(value, date) else str(value)
    return field.value_to_string(SimpleNamespace(**{field.attname: value}))


def _value(field, plain):
    """The value that stood in the column."""
    value = field.to_python(plain)
    return bytes(value) if isinstance(value, memoryview) else value


def _filled(row, values):
    fields = {name: row._meta.get_field(name) for name in values}
    for name, field in fields.items():
        setattr(row, field.attname, _value(field, values[name]))
    for name, field in fields.items():
        if isinstance(field, SealedField) and field.blind in values and values[name] is not None:
            # the key of the index may have changed meanwhile
            setattr(row, field.blind, blind(_text(field, row, getattr(row, name))))
    return row


def _same(field, row, plain):
    found, kept = field.value_from_object(row), _value(field, plain)
    if isinstance(field, SealedField) and found is not None and kept is not None:
        return bytes(found) == kept or _opens_alike(field, row, found, kept)
    return found == kept


def _opens_alike(field, row, found, kept):
    """A number sealed anew, under a newer key, is still the same number."""
    try:
        return _text(field, row, found) == _text(field, row, kept)
    except CannotOpen:
        return False


def _text(field, row, stored):
    return opened(stored, row.pk, row._meta.db_table, field.column)
