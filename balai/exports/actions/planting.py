"""Which invented family goes into a file, and the texts by which it is known again."""

from itertools import count

from django.utils import timezone

from balai.exports.rules import canaries
from balai.families.models import IdentityNumber, Person
from balai.families.rules import NumberKind
from balai.vault.models import Canary, derived


def planted(export, rows, at):
    """The cells of the rows (village, family, cells) and, where anything would tell it again, of one row more."""
    if not canaries.can_be_planted(export.known_columns):
        return (cells for _village, _family, cells in rows)
    spot = canaries.Draw.of(derived(f"spot {export.pk}")).below(max(export.rows, 1))
    return canaries.among(rows, spot, lambda village, beside: _plant(export, village, beside, at))


def _plant(export, village, beside, at):
    """The same at every try, unless somebody bears its name."""
    on = timezone.localtime(at).date()
    seeds = (derived(f"canary {export.pk} {number}") for number in count())
    drawn = (canaries.invented(seed, export.sheet, village, beside, on) for seed in seeds)
    cells = next(one for one in drawn if not _is_anybody(export, one, village))
    texts = canaries.marks(cells, village, export.known_columns)
    Canary.objects.plant(export.pk, texts, at)
    return cells


def _is_anybody(export, cells, village):
    """Another canary, somebody of the village, or a number that somebody mistyped into the very same."""
    names = {name for name in (cells.get("name"), cells.get("called")) if name}
    texts = canaries.marks(cells, village, export.known_columns)
    numbers = IdentityNumber.objects.with_number
    return (
        bool(set(Canary.objects.planted(texts).values()) - {export.pk})
        or any(Person.objects.within(village).filter(name__iexact=name).exists() for name in names)
        or numbers(NumberKind.NIK, cells["nik_full"]).exists()
        or numbers(NumberKind.KK, cells["card_full"]).exists()
    )
