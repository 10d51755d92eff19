"""Looking for a family by name or address in all of one's region, or in a part of it. What is looked for comes in the
body of a request only."""

from django.shortcuts import render

from balai.access.rules import Matter, Permission
from balai.access.views import by_method, door, seen
from balai.families.inputs import SearchForm
from balai.families.models import Family, find_families
from balai.families.views import showing

READS = (Matter.NAMES, Matter.NUMBER)
MOST = 50


@door(Permission.FAMILY_VIEW, reads=READS)
def ask(request):
    showing.register_of(request.actor)
    return _page(request, SearchForm(places=_places(request.actor)))


@door(Permission.FAMILY_VIEW, methods=("POST",), reads=READS)
def answer(request):
    showing.register_of(request.actor)
    form = SearchForm(request.POST, places=_places(request.actor))
    if not form.is_valid():
        return _page(request, form, status=422)
    text, code = form.cleaned_data["cari"], form.cleaned_data["di"]
    found = find_families(code, text, MOST + 1)
    wanted = list(found)[:MOST]
    told = {family.pk: family for family in Family.objects.filter(pk__in=wanted).unrestricted().told()}
    names = showing.place_names({family.region for family in told.values()})
    families = [(told[pk], names[told[pk].region], found[pk]) for pk in wanted if pk in told]
    seen(request, deed="family.search", region=code or request.actor.ranges[0][0], subjects=list(told))
    return _page(request, form, asked=True, sought=text, families=families, more=len(found) > MOST)


search = by_method(get=ask, post=answer)


def _page(request, form, status=200, **more):
    invented = any(family.invented for family, *_rest in more.get("families", ()))
    context = {"form": form, "here": "families", "most": MOST, "invented": invented, **more}
    return render(request, "families/search.html", context, status=status)


def _places(actor):
    return showing.kecamatan(showing.villages_here(actor))
