from django.db import models

from balai.vault.rules import BLIND_LETTERS


class BlindField(models.CharField):
    """The keyed hash by which an exact number is found: compare it with `Model.blind__in = blinds(number)`."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", BLIND_LETTERS)
        super().__init__(*args, **kwargs)


class SealedField(models.BinaryField):
    """A sealed text. `blind` names the column of the same row that holds its blind index, if it has one.

    A rotation of keys finds every field of this kind by itself; `sealed` must have been told this table and column.
    """

    def __init__(self, *args, blind="", **kwargs):
        self.blind = blind
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"blind": self.blind} if self.blind else {})
