"""Who stands behind a figure of a village: those counted, or those it is counted of."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from balai.access.rules import Matter, Permission
from balai.access.views import NotFound, door, seen
from balai.base.errors import NotAllowed
from balai.families.models import Family, Person
from balai.families.views import showing
from balai.scorecards.rules.seeing import matters_of, may_list, reads_rows
from balai.scorecards.views import places
from balai.scorecards.views.reading import known
from balai.snapshot.actions.behind import behind as behind_figure

SIDES = {"terhitung": 0, "penyebut": 1}  # counted; among whom
PAGE = 50


@door(Permission.FAMILY_VIEW, reads=(Matter.NAMES,))
def behind(request, code, indicator):
    entry, side = known().get(indicator), request.GET.get("sisi", "terhitung")
    if entry is None or side not in SIDES:
        raise NotFound
    if not reads_rows(request.actor, entry.table):
        raise NotAllowed("Peran Anda tidak membuka data keluarga di balik angka ini.")
    here = places.here(request.actor, code, village=True)
    if not may_list(request.actor, code, entry.table):
        raise NotFound
    keys = behind_figure(by=request.actor, code=code, figure=indicator, on=timezone.localdate())[SIDES[side]]
    families = Family.objects.unrestricted().filter(pk__in={family for family, _member in keys})
    page = Paginator(families.told().order_by("region", "called", "pk"), PAGE).get_page(request.GET.get("halaman"))
    shown = list(page.object_list)
    names = showing.place_names({family.region for family in shown})
    members = named(keys, shown)
    seen(request, deed="scorecard.list", region=code, subjects=[family.pk for family in shown],
         matters=matters_of(entry.table))  # fmt: skip
    context = {
        **here.told, "entry": entry,
        "name": entry.name(get_language()), "side": side, "page": page,
        "rows": [(family, names[family.region], members.get(family.pk, ())) for family in shown],
        "invented": any(family.invented for family in shown), "on": timezone.localdate(),
    }  # fmt: skip
    return render(request, "scorecards/behind.html", context)


def named(keys, families):
    """Family's id to the names of those of its members who stand behind the figure."""
    wanted, here = {member for _family, member in keys if member}, {family.pk for family in families}
    people = Person.objects.unrestricted().filter(pk__in=wanted, family__in=here).order_by("name", "pk")
    found = {}
    for family, name in people.values_list("family", "name"):
        found.setdefault(family, []).append(name)
    return found
