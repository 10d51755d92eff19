"""Seals every value again that is behind the keys in force: in small transactions, so that people work meanwhile.

Nothing is noted down about how far it came: a row that is behind shows it by itself. Whatever ends a sweep, the next
one goes on where this one stopped.
"""

from django.db import connection, transaction

from balai.access.models import unscoped
from balai.vault.models import CannotOpen, blind_all, key_files, keyring, opened_text, sealed_columns, text_is_behind

BATCH = 500


class Sweep:
    """What a sweep did: `done` values sealed again, `closed` those that could not be opened and stay as they are."""

    def __init__(self, told):
        self.done, self.closed, self._told = 0, [], told

    def column(self, column):
        ring, tag, last = keyring(), next(iter(key_files("index"))), None
        change = _change(column)
        while True:
            with transaction.atomic():
                waiting = column.behind(ring.number, tag).order_by("pk")
                waiting = waiting if last is None else waiting.filter(pk__gt=last)
                rows = list(waiting.select_for_update().values_list("pk", column.field.attname)[:BATCH])
                fresh = list(self._fresh(column, ring, rows))
                if fresh:
                    with connection.cursor() as cursor:  # a tenth of the time of so many updates
                        cursor.executemany(change, fresh)
            if not rows:
                return
            last = rows[-1][0]
            self.done += len(fresh)
            self._told(self.done)

    def _fresh(self, column, ring, rows):
        """Parameters of `_change` for each row that opens."""
        for row_id, stored in rows:
            try:
                text = column.text(row_id, stored)
            except CannotOpen:
                self.closed.append(f"{column}:{row_id}")
                continue
            values = [ring.sealed(text, row_id, column.table, column.field.column)]
            if column.field.blind:
                values += blind_all([text])  # a number, or any text that is found as it stands
            fields = (*_changed(column), column.model._meta.pk)
            yield [
                field.get_db_prep_save(value, connection)
                for field, value in zip(fields, [*values, row_id], strict=True)
            ]

    def texts(self, where):
        ring = keyring()
        for row_id in list(where.rows().values_list("pk", flat=True)):
            with transaction.atomic():
                for row in where.rows().select_for_update().filter(pk=row_id):
                    self._texts_of(where, ring, row)

    def _texts_of(self, where, ring, row):
        held = getattr(row, where.column)
        behind = [name for name in where.names if text_is_behind(held.get(name, ""), ring.number)]
        for name in behind:
            try:
                held[name] = ring.sealed_text(opened_text(held[name], where.purpose), where.purpose)
            except CannotOpen:
                self.closed.append(f"{where.model}.{name}:{row.pk}")
            else:
                self.done += 1
        if behind:
            row.save(update_fields=[where.column])


def _changed(column):
    blind_field = [column.model._meta.get_field(column.field.blind)] if column.field.blind else []
    return [column.field, *blind_field]


def _change(column):
    """The statement that puts a row's sealed value and blind index."""
    quoted = connection.ops.quote_name
    values = ", ".join(f"{quoted(field.column)} = %s" for field in _changed(column))
    return f"UPDATE {quoted(column.table)} SET {values} WHERE {quoted(column.model._meta.pk.column)} = %s"  # noqa: S608


def sweep(*, texts=(), told=lambda done: None):
    """Passes over everything sealed; what is left behind afterwards cannot be opened."""
    swept = Sweep(told)
    with unscoped("every sealed value is sealed again under the new key"):
        for column in sealed_columns():
            swept.column(column)
        for where in texts:
            swept.texts(where)
    return swept
