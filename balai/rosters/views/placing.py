"""Families of a village whose RT is not known yet: a list, and the way to place some of them at once."""

from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found, seen
from balai.base.errors import NotValid
from balai.families.inputs import CSRF_FIELD, only
from balai.families.models import Family
from balai.families.views import showing
from balai.rosters import actions

PAGE = 100
READS = (Matter.NAMES,)
WRONG = 422


@door(Permission.FAMILY_EDIT, reads=READS)
def show(request, code):
    return _page(request, found(showing.villages_here(request.actor), pk=code))


@door(Permission.FAMILY_EDIT, methods=POST, reads=READS)
def place(request, code):
    only(request.POST, {CSRF_FIELD, "di", "keluarga"})
    village = found(showing.villages_here(request.actor), pk=code)
    region, chosen = request.POST.get("di", ""), _keys(request.POST.getlist("keluarga")[:PAGE])
    if region not in dict(_places(request, village)) or not chosen:
        return _page(request, village, status=WRONG, nothing=True)
    number = actions.place_families(by=request.actor, at=timezone.now(), families=chosen, region=region)
    return _page(request, village, placed=number)


unplaced = by_method(get=show, post=place)


def _keys(written):
    try:
        return [UUID(one) for one in written]
    except ValueError as wrong:
        raise NotValid("Pilih keluarga dari daftar ini.") from wrong


def _places(request, village):
    """Those below the village; it stands first itself."""
    return [(code, name) for code, name in showing.homes(request.actor, village) if code != village.pk]


def _page(request, village, status=200, **more):
    rows = Family.objects.unrestricted().unplaced(village.pk).order_by("address", "pk")
    page = Paginator(rows.values_list("pk", flat=True), PAGE).get_page(request.GET.get("halaman"))
    families = list(Family.objects.filter(pk__in=list(page.object_list)).told().order_by("address", "pk"))
    seen(request, deed="family.list", region=village.pk, subjects=[family.pk for family in families])
    context = {
        "place": village, "page": page, "families": families, "places": _places(request, village), "here": "families",
        "may_name": request.actor.may(Permission.VILLAGE_EDIT) and request.actor.covers(village.pk),
        "invented": any(family.invented for family in families), **more,
    }  # fmt: skip
    return render(request, "rosters/unplaced.html", context, status=status)
