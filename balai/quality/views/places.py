"""RT, RW and dusun of a village: which there are, how many families each has; one added, renamed, ended."""

from collections import Counter

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found
from balai.base.errors import NotValid, Refused
from balai.families.inputs import CSRF_FIELD, only, told
from balai.families.models import Family
from balai.families.views import showing
from balai.quality import actions
from balai.quality.inputs import PlaceForm, RenameForm
from balai.quality.rules.places import KINDS, Row, standing
from balai.regions.models import Place

READS = (Matter.NAMES,)
WRITES = {"methods": POST, "reads": READS}
WRONG = 422


def may_name(actor, code):
    return actor.may(Permission.VILLAGE_EDIT) and actor.covers(code)


def _village(request, code):
    place = found(showing.villages_here(request.actor), pk=code)
    return found(Place.objects.filter(pk=place.pk) if may_name(request.actor, code) else Place.objects.none(), pk=code)


def _below(village):
    return Place.objects.within(village.pk).filter(kind__in=KINDS).exclude(pk=village.pk)


def _chosen(request, village):
    """The place that the form names."""
    only(request.POST, {CSRF_FIELD, "tempat", "name"})
    place = _below(village).filter(pk=request.POST.get("tempat", "")).first()
    if place is None:
        raise NotValid("Pilih tempatnya dari daftar.")
    return place


@door(Permission.VILLAGE_EDIT, reads=READS)
def show(request, code):
    village = _village(request, code)
    return _page(request, village, _form(village))


@door(Permission.VILLAGE_EDIT, **WRITES)
def add(request, code):
    village = _village(request, code)
    form = _form(village, request.POST)
    if form.is_valid():
        made = _tried(form, lambda: actions.add_place(**_who(request), village=village.pk, **form.cleaned_data))
        if made:
            return _page(request, village, _form(village), added=made)
    return _page(request, village, form, WRONG)


@door(Permission.VILLAGE_EDIT, reads=READS)
def ask_name(request, code):
    village = _village(request, code)
    place = found(_below(village).today(), pk=request.GET.get("tempat", ""))
    return _name_page(request, village, place, RenameForm(initial={"name": place.name, "tempat": place.pk}))


@door(Permission.VILLAGE_EDIT, **WRITES)
def give_name(request, code):
    village = _village(request, code)
    place, form = _chosen(request, village), RenameForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        if _tried(form, lambda: actions.rename_place(**_who(request), place=place, name=name)):
            return _page(request, village, _form(village), renamed=Place.objects.get(pk=place.pk))
    return _name_page(request, village, place, form, WRONG)


@door(Permission.VILLAGE_EDIT, **WRITES)
def end(request, code):
    village = _village(request, code)
    place = _chosen(request, village)
    return _done(request, village, lambda: {"gone": place, "ended": actions.end_place(**_who(request), place=place)})


@door(Permission.VILLAGE_EDIT, **WRITES)
def reopen(request, code):
    village = _village(request, code)
    place = _chosen(request, village)
    return _done(request, village, lambda: {"reopened": actions.reopen_place(**_who(request), place=place)})


def _who(request):
    return {"by": request.actor, "at": timezone.now()}


def _form(village, data=None):
    above = _below(village).today().exclude(kind="rt").order_by("kind", "name", "pk")
    return PlaceForm(data, above=list(above.values_list("pk", "name")))


def _tried(form, deed):
    """What the action gave; None where it refused, which the form then says."""
    try:
        return deed()
    except (Refused, NotValid) as problem:
        form.add_error("name", told(problem))
        return None


def _done(request, village, deed):
    """The page after a deed without a form; a refusal is said on it."""
    try:
        given = deed()
    except (Refused, NotValid) as problem:
        return _page(request, village, _form(village), problem.status, problem=told(problem))
    return _page(request, village, _form(village), **given)


def _page(request, village, form, status=200, **more):
    rows = Family.objects.living_here().within(village.pk).order_by().values_list("region", flat=True)
    families = Counter(rows)
    places = [Row(*one) for one in _below(village).today().values_list("pk", "kind", "name", "parent")]
    over = _below(village).filter(valid_to__isnull=False).order_by("-valid_to", "name", "pk")
    context = {
        "place": village, "form": form, "places": standing(places, village.pk, families), "over": over,
        "without": families[village.pk], "may_edit": showing.may_edit(request.actor), "here": "families", **more,
    }  # fmt: skip
    return render(request, "quality/places.html", context, status=status)


def _name_page(request, village, place, form, status=200):
    context = {"place": village, "one": place, "form": form, "here": "families"}
    return render(request, "quality/rename.html", context, status=status)


places = by_method(get=show, post=add)
name = by_method(get=ask_name, post=give_name)
