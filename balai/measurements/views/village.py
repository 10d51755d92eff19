"""The under-fives of a village: who was weighed this month, and how each of them stands."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import door, found, seen
from balai.families.models import Family
from balai.families.views.showing import homes, place_names, villages_here
from balai.measurements import rules
from balai.measurements.inputs import ListForm
from balai.measurements.models import under_fives
from balai.measurements.rules import Gain
from balai.measurements.views import showing

PAGE = 50
ONLY = {
    "belum": lambda one: one.weighed is None,
    "t": lambda one: one.last is not None and one.last.result.gain is Gain.NOT_GAINED,
    "merah": lambda one: one.last is not None and one.last.result.below_red,
    "pendek": lambda one: one.last is not None and showing.is_short(one.last),
    "janggal": lambda one: one.last is not None and bool(one.last.result.odd),
}


@door(Permission.FAMILY_VIEW, reads=showing.READS)
def village(request, code):
    showing.need(request.actor)
    place, on = found(villages_here(request.actor), pk=code), timezone.localdate()
    form = ListForm(request.GET, places=homes(request.actor, place))
    asked = form.asked()
    everybody = showing.standings(list(under_fives(asked["tempat"] or code, on).order_by("name", "pk")), on)
    wanted = [one for one in everybody if ONLY[asked["hanya"]](one)] if asked["hanya"] else everybody
    page = Paginator(wanted, PAGE).get_page(request.GET.get("halaman"))
    children = [one.child for one in page.object_list]
    families = {child.family_id for child in children}
    seen(request, deed="measurement.list", region=code, subjects={*families, *(child.pk for child in children)})
    where = place_names({child.region for child in children})
    context = {
        "place": place, "form": form, "page": page, "on": on,
        "rows": [(one, where[one.child.region]) for one in page.object_list],
        "sums": rules.summed(len(everybody), [one.weighed.result for one in everybody if one.weighed]),
        "narrowed": any(asked.values()), "may_write": showing.may_write(request.actor), "here": "families",
        "month": f"{on:%Y-%m}",
        "invented": Family.objects.filter(pk__in=families, invented=True).exists(),
    }  # fmt: skip
    return render(request, "measurements/village.html", context)
