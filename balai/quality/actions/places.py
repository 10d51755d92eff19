"""RT, RW and dusun of a village: added, named, ended. Nobody who is at home or works there is left without a place."""

from django.db import transaction

from balai.access.rules import Permission, require
from balai.accounts.models import Grant
from balai.base.errors import NotValid, Refused
from balai.facilities.models import Facility
from balai.families.actions.writing import day
from balai.families.models import Family
from balai.quality.rules.places import KINDS, called
from balai.regions import actions

SOURCE = "register"


@transaction.atomic
def add_place(*, by, at, village, kind, name, above=""):
    if kind not in KINDS:
        raise NotValid("Pilih RT, RW, atau dusun.")
    return actions.add_place_below(
        by=by, at=at, village=village, kind=kind, name=called(kind, name), parent=above, from_on=day(at), source=SOURCE
    )


@transaction.atomic
def rename_place(*, by, at, place, name):
    return actions.rename_place_below(
        by=by, at=at, code=place.pk, name=called(place.kind, name), on=day(at), source=SOURCE
    )


@transaction.atomic
def end_place(*, by, at, place):
    """Gives the place, or None where it was added today by mistake and is gone."""
    require(by, Permission.FAMILY_VIEW, place.pk)  # who sees no families cannot say that there are none
    families = Family.objects.visible_to(by).living_here().filter(region=place.pk).count()
    if families:
        raise Refused(
            "%(count)d keluarga masih tercatat di %(place)s. Pindahkan dahulu.", count=families, place=place.name
        )
    if Grant.objects.open(day(at)).filter(region=place.pk).exists():
        raise Refused("Masih ada petugas atau kader yang bertugas di %(place)s.", place=place.name)
    if Facility.objects.open_now().filter(region=place.pk).exists():
        raise Refused("Masih ada fasilitas yang melayani %(place)s.", place=place.name)
    return actions.end_place_below(by=by, at=at, code=place.pk, on=day(at), reason=SOURCE)


@transaction.atomic
def reopen_place(*, by, at, place):
    return actions.reopen_place_below(by=by, at=at, code=place.pk)
