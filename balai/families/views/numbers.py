"""Looking for a number. It comes in the body of a request only, never in an address."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import by_method, door
from balai.families.actions import search_number
from balai.families.inputs import NumberForm
from balai.families.models import Family
from balai.families.views import showing

READS = (Matter.NAMES, Matter.NUMBER)


@door(Permission.FAMILY_VIEW, reads=READS)
def ask(request):
    showing.register_of(request.actor)
    return render(request, "families/look_up.html", {"form": NumberForm(), "here": "families"})


@door(Permission.FAMILY_VIEW, methods=("POST",), reads=READS)
def answer(request):
    """Unknown and out of scope are one answer: same status, same length, and the same work done for it."""
    showing.register_of(request.actor)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return render(request, "families/look_up.html", {"form": form, "here": "families"}, status=422)
    given = form.cleaned_data
    rows = search_number(by=request.actor, at=timezone.now(), kind=given["kind"], written=given["number"])
    told = list(Family.objects.told().filter(pk__in=[family.pk for family in rows]))
    names = showing.place_names({family.region for family in told})
    context = {
        "form": NumberForm(initial={"kind": given["kind"]}), "asked": True, "here": "families",
        "families": [(family, names[family.region]) for family in told],
        "invented": any(family.invented for family in told),
    }  # fmt: skip
    return render(request, "families/look_up.html", context)


look_up = by_method(get=ask, post=answer)
