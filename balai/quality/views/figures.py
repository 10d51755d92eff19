"""How fresh and how complete the register is: kecamatan, village, question, and the families behind each figure."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.functions import Substr
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission
from balai.access.views import NotFound, door, found, seen
from balai.base.words import Said
from balai.families.models import Family
from balai.families.views import showing
from balai.quality.models import (
    BAND,
    FIELD,
    STATE,
    FieldCount,
    blocks_of,
    chosen,
    counted,
    doubts_of,
    field_counts,
    here,
    issues,
    standing,
    written_by,
)
from balai.quality.models.mending import NAMED
from balai.quality.rules import SMALL, Band, Issue, State, gathered, together
from balai.quality.views import telling
from balai.survey.rules import items

READS = (Matter.NAMES,)
KABUPATEN_CODE, KECAMATAN_CODE, VILLAGE_CODE, PAGE = 5, 8, 13, 50
MINE = "saya"


@dataclass(frozen=True)
class Line:
    """A question with its counts; an issue with its name."""

    name: str
    count: FieldCount | Issue
    choice: str


@door(Permission.FAMILY_VIEW, reads=READS)
def home(request):
    """By kecamatan where there are several; else, or for one that was chosen, by village."""
    villages, area = showing.villages_here(request.actor), request.GET.get("kecamatan", "")
    places = list(villages.filter(parent=area) if area else villages)
    if area and not places:
        raise NotFound
    areas = {place.parent_id: place.parent for place in places}
    by_area = not area and len(areas) > 1
    rows = Family.objects.within(area) if area else Family.objects.all()
    letters = KECAMATAN_CODE if by_area else VILLAGE_CODE
    sums = gathered(counted(rows, timezone.localdate(), area=Substr("region", 1, letters)))
    known = areas if by_area else {place.pk: place for place in places}
    seen(request, deed="quality.figures", region=area or request.actor.ranges[0][0], subjects=[])
    context = {
        "rows": [(known[code], sums.get(code)) for code in sorted(known)], "by_area": by_area, "here": "quality",
        "area": areas.get(area), "all": together(sums.values()), "small": SMALL,
        "doubted": area or _kabupaten(places),
    }  # fmt: skip
    return render(request, "quality/home.html", context)


def _kabupaten(places):
    """The code of the one that all of them lie in; empty where they lie in several."""
    found = {place.pk[:KABUPATEN_CODE] for place in places}
    return found.pop() if len(found) == 1 else ""


@door(Permission.FAMILY_VIEW, reads=READS)
def village(request, code):
    place, on, actor = found(showing.villages_here(request.actor), pk=code), timezone.localdate(), request.actor
    by_place = gathered(counted(here(code), on, place=F("region")))
    figures = together(by_place.values())
    seen(request, deed="quality.figures", region=code, subjects=[])
    names = showing.place_names(by_place)
    context = {
        "place": place, "all": figures, "small": SMALL, "here": "quality",
        "states": [(state, figures.states[state], STATE + state) for state in State],
        "bands": [(band, figures.bands[band], BAND + band) for band in Band],
        "places": [(names[region], one) for region, one in sorted(by_place.items())],
        "blocks": [(_(block.label), _lines(block, code, on)) for block in blocks_of(actor)],
        "writers": _writers(actor, code, on), "mine": MINE, "may_verify": telling.may_verify(actor, code),
    }  # fmt: skip
    return render(request, "quality/village.html", context)


def _lines(block, code, on):
    return [Line(_name(one.item), one, FIELD + one.item.key) for one in field_counts(block, code, on)]


def _name(item):
    return item.name((get_language() or "id")[:2])


def _writers(actor, code, on):
    """(who, figures): an officer sees those who work for the village, anybody else only what he wrote himself."""
    if telling.may_verify(actor, code):
        sums = gathered(counted(here(code), on, by=F("writer")))
        names = telling.names(actor, sums)
        called = [(names.get(writer) or _("Petugas server"), one) for writer, one in sums.items()]
        return sorted(called, key=lambda pair: pair[0])
    own = gathered(counted(written_by(here(code), actor.name), on, by=F("writer")))
    return [(_("Anda"), one) for one in own.values()]


@door(Permission.FAMILY_VIEW, reads=READS)
def mend(request, code):
    """What is best put right first."""
    place = found(showing.villages_here(request.actor), pk=code)
    lines = [
        Line(_name(one.item) if one.item else "", one, one.choice)
        for one in issues(code, timezone.localdate(), request.actor)
    ]
    seen(request, deed="quality.figures", region=code, subjects=[])
    return render(request, "quality/mend.html", {"place": place, "lines": lines, "here": "quality"})


@door(Permission.FAMILY_VIEW, reads=READS)
def behind(request, code):
    """The families behind a figure."""
    place, on, choice = found(showing.villages_here(request.actor), pk=code), timezone.localdate(), _choice(request)
    rows = _families(choice, code, on, request.actor)
    if rows is None:
        raise NotFound
    page = Paginator(standing(rows).told(), PAGE).get_page(request.GET.get("halaman"))
    families = list(page.object_list)
    names, missing = telling.place_names(families), telling.missing_in(families, request.actor, on)
    strange = doubts_of(families, request.actor, on)
    listed = [(telling.row(one, names, missing[one.pk]), strange.get(one.pk, ())) for one in families]
    seen(request, deed="quality.list", region=code, subjects=[family.pk for family in families])
    context = {
        "place": place, "page": page, "rows": listed, "choice": choice, "title": _title(choice), "here": "quality",
        "invented": any(family.invented for family in families),
    }  # fmt: skip
    return render(request, "quality/behind.html", context)


def _choice(request):
    return request.GET.get("isi", STATE + State.DRAFT)


def _families(choice, code, on, actor):
    return written_by(here(code), actor.name) if choice == MINE else chosen(choice, code, on, actor)


def _title(choice):
    """What the families of the choice have in common."""
    kind, _sign, name = choice.partition("-")
    if choice == MINE:
        return Said("Keluarga yang terakhir Anda tulis")
    if choice.startswith(STATE):
        return Said(State(name).label)
    if choice.startswith(BAND):
        return Said("Kunjungan terakhir: %(band)s", {"band": Said(Band(name).label)})
    if choice.startswith(FIELD):
        return Said("Belum diisi: %(name)s", {"name": _name(items()[name])})
    return next(said for named, said, _weight in NAMED if named == choice)
