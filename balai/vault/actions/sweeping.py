"""Seals every value again that is behind the keys in force: in small transactions, so that people work meanwhile.

Nothing is noted down about how far it came: a row that is behind shows it by itself. Whatever ends a sweep, the next
one goes on where this one stopped.
"""

from django.db import transaction

from balai.access.models import unscoped
from balai.vault.models import CannotOpen, blind, key_files, keyring, opened_text, sealed_columns, text_is_behind

BATCH = 500


class Sweep:
    """What a sweep did: `done` rows sealed again, `closed` values that could not be opened and stay as they are."""

    def __init__(self, told):
        self.done, self.closed, self._told = 0, [], told

    def column(self, column):
        ring, tag = keyring(), next(iter(key_files("index")))
        last = None
        while True:
            with transaction.atomic():
                waiting = column.behind(ring.number, tag).order_by("pk")
                waiting = waiting if last is None else waiting.filter(pk__gt=last)
                rows = list(waiting.select_for_update().values_list("pk", column.field.attname)[:BATCH])
                for row_id, stored in rows:
                    self._row(column, ring, row_id, stored)
            if not rows:
                return
            last = rows[-1][0]
            self._told(self.done)

    def _row(self, column, ring, row_id, stored):
        try:
            text = column.text(row_id, stored)
        except CannotOpen:
            self.closed.append(f"{column}:{row_id}")
            return
        fresh = {column.field.attname: ring.sealed(text, row_id, column.table, column.field.column)}
        if column.field.blind:
            fresh[column.field.blind] = blind(text)
        column.model.objects.filter(pk=row_id).update(**fresh)
        self.done += 1

    def texts(self, where):
        ring = keyring()
        for row_id in list(where.rows().values_list("pk", flat=True)):
            with transaction.atomic():
                self._texts_of(where, ring, where.rows().select_for_update().filter(pk=row_id).first())

    def _texts_of(self, where, ring, row):
        held = getattr(row, where.column, {})
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


def sweep(*, texts=(), told=lambda done: None):
    """Passes over everything until nothing is left behind but what cannot be opened."""
    swept = Sweep(told)
    with unscoped("every sealed value is sealed again under the new key"):
        for column in sealed_columns():
            swept.column(column)
        for where in texts:
            swept.texts(where)
    return swept
