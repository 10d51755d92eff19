"""My villages, and the families of a village."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import by_method, door, found, seen
from balai.families.inputs import FilterForm, NumberForm, SearchForm
from balai.families.models import Family, Person
from balai.families.views import showing

PAGE = 50
READS = (Matter.NAMES, Matter.NUMBER)
ORDERS, NARROWING = ("rt", "ubah"), ("cari", "di", "hanya", "halaman")


@door(Permission.FAMILY_VIEW, reads=(Matter.NAMES,))
def villages(request):
    """How many families and people there are in each of my villages."""
    here = showing.villages_here(request.actor)
    places = list(here.order_by("pk"))
    families = showing.register_of(request.actor).living_here().unrestricted().by_village()
    people = Person.objects.living_here().unrestricted().by_village()
    rows = [(place, families.get(place.pk, 0), people.get(place.pk, 0)) for place in places]
    seen(request, deed="family.count", region=request.actor.ranges[0][0], subjects=[])
    context = {
        "rows": rows, "families": sum(families.values()), "people": sum(people.values()), "here": "families",
        "number_form": NumberForm(), "search_form": SearchForm(places=showing.kecamatan(here)),
    }  # fmt: skip
    return render(request, "families/villages.html", context)


@door(Permission.FAMILY_VIEW, reads=READS)
def show_village(request, code):
    return _village(request, code, {name: request.GET.get(name, "") for name in ("halaman", "urut")})


@door(Permission.FAMILY_VIEW, methods=("POST",), reads=READS)
def search_village(request, code):
    """Names and addresses are asked for in the body: an address of a page is kept in too many places."""
    page = _village(request, code, request.POST)
    address, order = reverse("families:village", args=[code]), request.POST.get("urut", "")
    if order in ORDERS:
        address = f"{address}?urut={order}"
    if "HX-Request" not in request.headers and not any(request.POST.get(name) for name in NARROWING):
        return redirect(address)
    page["HX-Replace-Url"] = address
    return page


village = by_method(get=show_village, post=search_village)


def _village(request, code, data):
    place = found(showing.villages_here(request.actor), pk=code)
    form = FilterForm(data, places=showing.homes(request.actor, place))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = _narrowed(showing.register_of(request.actor).living_here().unrestricted().within(code), asked)
    order = asked.get("urut", "")
    page = Paginator(rows.in_list(order).values_list("pk", flat=True), PAGE).get_page(asked.get("halaman"))
    families = list(Family.objects.filter(pk__in=list(page.object_list)).told().in_list(order))
    seen(request, deed="family.list", region=code, subjects=[family.pk for family in families])
    context = {
        "place": place, "page": page, "families": _with_cards(families), "here": "families", "form": form,
        "sought": asked.get("cari", ""), "narrowed": any(asked.get(name) for name in ("cari", "di", "hanya")),
        "order": order, "invented": any(family.invented for family in families), "number_form": NumberForm(),
        "may_enter": showing.may_enter(request.actor),
    }  # fmt: skip
    return render(request, "families/village.html", context)


def _narrowed(rows, asked):
    if asked.get("cari"):
        rows = rows.search(asked["cari"])
    if asked.get("di"):
        rows = rows.within(asked["di"])
    only_those = {"balita": lambda: rows.with_under_fives(timezone.localdate()), "nik": rows.without_nik}
    return only_those.get(asked.get("hanya"), lambda: rows)()


def _with_cards(families):
    cards = showing.cards_of(families)
    names = showing.place_names({family.region for family in families})
    return [(family, names[family.region], cards.get(family.pk, "")) for family in families]
