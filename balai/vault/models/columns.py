"""Where sealed values are: found from the models themselves, so that no rotation forgets one."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Q

from balai.base.errors import Refused
from balai.vault import rules
from balai.vault.models.fields import SealedField
from balai.vault.models.keyring import opened


@dataclass(frozen=True)
class SealedColumn:
    """One SealedField of one model."""

    model: type[models.Model]
    field: SealedField

    def __str__(self):
        return f"{self.model._meta.db_table}.{self.field.column}"

    @property
    def table(self):
        return self.model._meta.db_table

    def rows(self):
        """Those with a value. Personal tables need `unscoped` around this."""
        return self.model.objects.exclude(**{self.field.attname: None})

    def under(self, number):
        """Rows sealed by that data key."""
        column = self.field.attname
        first, after = rules.key_prefix(number), rules.key_prefix(number + 1)
        return self.rows().filter(**{f"{column}__gte": first, f"{column}__lt": after})

    def samples(self, numbers):
        """(row, sealed value, blind index) of one row of each data key that sealed any."""
        wanted = ("pk", self.field.attname, self.field.blind or "pk")
        first = (self.under(number).values_list(*wanted).first() for number in numbers)
        return [sample for sample in first if sample]

    def newer(self, number):
        """Rows sealed by a later data key: after that number's there should be none."""
        return self.rows().filter(**{f"{self.field.attname}__gte": rules.key_prefix(number + 1)})

    def behind(self, number, tag):
        """Rows sealed by an older data key, or found by another index key than the one with that tag."""
        older = Q(**{f"{self.field.attname}__lt": rules.key_prefix(number)})
        if self.field.blind:
            older |= ~Q(**{f"{self.field.blind}__startswith": tag})
        return self.rows().filter(older)

    def lost(self, tags):
        """How many rows cannot be found by any index key with one of those tags."""
        if not self.field.blind:
            return 0
        known = Q()
        for tag in filter(None, tags):
            known |= Q(**{f"{self.field.blind}__startswith": tag})
        return self.rows().exclude(known).count() if known else self.rows().count()

    def text(self, row_id, stored):
        return opened(stored, row_id, self.table, self.field.column)

    def opens(self, row_id, stored):
        try:
            self.text(row_id, stored)
        except Refused:
            return False
        return True


@dataclass(frozen=True)
class SealedTexts:
    """Sealed texts inside a JSON column of a table that is not ours: which names in it, sealed for which purpose."""

    model: str
    column: str
    names: tuple[str, ...]
    purpose: str

    def rows(self):
        return apps.get_model(self.model).objects.order_by("pk")


def sealed_columns():
    found = [
        SealedColumn(model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedField)
    ]
    return sorted(found, key=str)
