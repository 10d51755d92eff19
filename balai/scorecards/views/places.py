"""Finding the place that an address names, for somebody who may see its figures."""

from dataclasses import dataclass

from balai.access.views import NotFound, found
from balai.base.words import Said
from balai.regions.models import Place
from balai.regions.rules import Level, called
from balai.scorecards.rules.book import PROGRAMMES
from balai.scorecards.rules.seeing import KABUPATEN, touches
from balai.scorecards.views.reading import NATION
from balai.villages.models import KampungKB

INDONESIA = Said("Indonesia")
VILLAGE = 13  # letters of its code


@dataclass(frozen=True)
class Here:
    """A place with those that hold it, from the nation down; `code` is the region of its results."""

    place: Place | None
    above: tuple
    code: str

    @property
    def name(self):
        return name_of(self.place)

    @property
    def level(self):
        return self.place.level if self.place else 0

    @property
    def told(self):
        """What each page of a place tells its template."""
        within = KampungKB.objects.within(self.place.pk if self.place else "")
        return {
            "place": self.place, "place_name": self.name, "trail": self.above, "here": "scorecards",
            "invented": within.filter(invented=True).exists(),
        }  # fmt: skip

    @property
    def lineage(self):
        """(region, name) of the larger places, the nearest first, the nation last."""
        nearest = [(place.pk, name_of(place)) for place in reversed(self.above)]
        return [*nearest, (NATION, INDONESIA)] if self.place else []


def name_of(place):
    return called(place.kind, place.name) if place else INDONESIA


def nation():
    return Here(None, (), NATION)


def here(actor, code, *, village):
    """The place in scope. Figures below a kabupaten are for those whose region holds it or lies in it."""
    place = found(Place.objects.official(), pk=code)
    if (place.level == Level.VILLAGE) is not village or (len(code) > KABUPATEN and not touches(actor, code)):
        raise NotFound
    parts = code.split(".")
    lineage = [".".join(parts[:count]) for count in range(1, len(parts))]
    return Here(place, tuple(Place.objects.filter(pk__in=lineage).order_by("pk")), code)


def children(actor, here):
    """(places, whether they are villages): provinces, kabupaten, or the villages of which the figures may be seen."""
    if here.level < Level.KABUPATEN:
        rows = Place.objects.today().filter(level=here.level + 1).order_by("pk")
        return list(rows.filter(parent=here.place) if here.place else rows), False
    rows = Place.objects.today().villages().within(here.code).select_related("parent").order_by("pk")
    return [place for place in rows if touches(actor, place.pk)], True


def programme(request):
    """The programme that the address asks for, the first one without any."""
    asked = request.GET.get("program") or next(iter(PROGRAMMES))
    if asked not in PROGRAMMES:
        raise NotFound
    return asked


def period(request, periods):
    """The month that the address asks for, the newest one without any; None where there is nothing yet."""
    asked = request.GET.get("periode")
    if asked and asked not in periods:
        raise NotFound
    return asked or next(iter(periods), None)
