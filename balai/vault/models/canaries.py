"""What was invented for one file alone and planted in it, so that whoever finds the file learns where it came from.
Nobody of the register is here (docs/adr/0029)."""

import uuid

from django.db import models

from balai.access.models.trail import ADD_AND_CHANGE
from balai.vault.models.fields import BlindField, SealedField
from balai.vault.models.keyring import blind_all, keyring, text_blinds

AT_ONCE = 2_000  # SQLite takes no more than some thousands of parameters


class CanaryQuerySet(models.QuerySet):
    def planted(self, texts):
        """{text: the file it was planted in} of those among the texts that were."""
        if not self.exists():  # a list of residents asks for tens of thousands
            return {}
        index, found = text_blinds(set(texts)), {}
        wanted = sorted(index)
        for start in range(0, len(wanted), AT_ONCE):
            rows = self.filter(blind__in=wanted[start : start + AT_ONCE])
            found |= {index[blind]: source for blind, source in rows.values_list("blind", "source")}
        return found

    def plant(self, source, texts, at):
        """What is planted already stays."""
        fresh = {uuid.uuid4(): text for text in sorted(set(texts) - self.planted(texts).keys())}
        closed = keyring().sealed_all(fresh, self.model._meta.db_table, "sealed")
        rows = zip(fresh, closed, blind_all(fresh.values()), strict=True)
        return self.bulk_create(
            [Canary(id=pk, source=source, sealed=sealed, blind=blind, planted_at=at) for pk, sealed, blind in rows],
            ignore_conflicts=True,
        )


class Canary(models.Model):
    """One text by which a planted row is known again: a number, a code, or a name with what stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.UUIDField(help_text="the file, by its number")
    sealed = SealedField(blind="blind")
    blind = BlindField(unique=True)
    planted_at = models.DateTimeField()

    app_may = ADD_AND_CHANGE  # changed by a rotation of keys alone
    objects = CanaryQuerySet.as_manager()
