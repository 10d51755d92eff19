"""Finding the place that an address names."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from balai.regions import rules
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.villages.models import KampungKB

VILLAGE_CODE = 13  # letters of a village's code; a place below it has more


def found(code):
    place = Place.objects.filter(pk=code).first()
    if place is None:
        raise Http404(code)
    return place


def elsewhere(request, code, level_is_village):
    """A redirect when the address is not the place's own: without dots, of the other kind of page, or retired."""
    if "." not in code and rules.dotted(code) not in (None, code):
        return redirect(address(rules.dotted(code)) + kept(request), permanent=True)
    place = found(code)
    if place.level > Level.VILLAGE:
        return redirect(address(code[:VILLAGE_CODE]))
    if (place.level == Level.VILLAGE) is not level_is_village:
        return redirect(address(code) + kept(request))
    return successor(request, place) if place.valid_to else None


def successor(request, place):
    """The page of what the place became, when that is one place."""
    codes = sorted(Place.objects.successors(place.code, timezone.localdate()) - {place.code})
    if len(codes) != 1:
        return None
    return redirect(f"{address(codes[0])}?dari={place.code}")


def address(code):
    """The page of a place by its code."""
    village = rules.level_of(code) == Level.VILLAGE
    return reverse("reports:village" if village else "reports:region", args=[code])


def kept(request):
    query = request.GET.urlencode()
    return f"?{query}" if query else ""


def trail(code):
    """The places above, from the province down."""
    parts = code.split(".")
    above = [".".join(parts[:count]) for count in range(1, len(parts))]
    return sorted(Place.objects.filter(pk__in=above), key=lambda place: place.code)


def full_name(place):
    """The name with the kind that it does not already carry."""
    if place is None:
        return pgettext("place", "Indonesia")
    name = rules.called(place.kind, place.name)
    return _(name.message) % name.params


def came_from(request, place):
    """The retired code that led here, when it really did."""
    old = Place.objects.filter(pk=request.GET.get("dari", "")[:24], valid_to__isnull=False).first()
    return old if old and place.code in Place.objects.successors(old.code, timezone.localdate()) else None


def any_invented(code):
    return KampungKB.objects.within(code).filter(invented=True).exists()


def became(place):
    """What a place that is gone became; None for a place that stands."""
    if place is None or place.valid_to is None:
        return None
    codes = Place.objects.successors(place.code, timezone.localdate()) - {place.code}
    return list(Place.objects.filter(pk__in=codes).order_by("code"))
