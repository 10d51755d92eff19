"""The yearly round of a village: from the moment it is opened every family is due again."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.families.actions.writing import day
from balai.quality.models import Round, Verification
from balai.regions.models import Place


@transaction.atomic
def open_round(*, by, at, villages):
    """The round of the year, in those of the villages that have none yet; gives their number."""
    year = day(at).year
    known = set(Place.objects.today().villages().filter(pk__in=villages).values_list("pk", flat=True))
    if not known:
        raise NotValid("Pilih desa yang putarannya akan dibuka.")
    for village in sorted(known):
        require(by, Permission.FAMILY_VERIFY, village)
    known -= set(Round.objects.filter(year=year, village__in=known).values_list("village", flat=True))
    for village in sorted(known):
        Round.objects.create(village_id=village, year=year, opened_at=at, opened_by=by.name)
        record(by=by, at=at, deed="quality.round", subject=f"{year}", region=village)
    return len(known)


@transaction.atomic
def undo_round(*, by, at, village, year):
    """Takes back a round in which nothing was decided yet."""
    require(by, Permission.FAMILY_VERIFY, village)
    row = Round.objects.filter(village=village, year=year).first()
    if row is None:
        raise Refused("Putaran ini belum dibuka.")
    if Verification.objects.within(village).filter(decided_at__gte=row.opened_at, undone_at__isnull=True).exists():
        raise Refused("Dalam putaran ini sudah ada keluarga yang diputuskan, sehingga tidak dapat dibatalkan lagi.")
    row.delete()
    record(by=by, at=at, deed="quality.undo_round", subject=f"{year}", region=village)
