"""Finding a place by name or code."""

from django.shortcuts import render

from balai.access.views import public
from balai.regions.models import Place
from balai.reports.views import places

SUGGESTED, LISTED, LONGEST = 8, 50, 80


@public()
def search(request):
    """Suggestions while somebody types (htmx), else the page with all that was found."""
    sought = request.GET.get("q", "").strip()[:LONGEST]
    typing = "HX-Request" in request.headers
    found = Place.objects.search(sought, limit=SUGGESTED if typing else LISTED) if sought else []
    context = {"sought": sought, "found": [result(place) for place in found], "here": "search"}
    response = render(request, "reports/_found.html" if typing else "reports/search.html", context)
    response["Vary"] = "HX-Request"
    return response


def result(place):
    above, step = [], place.parent
    while step is not None:
        above.append(step.name)
        step = step.parent
    return place, places.full_name(place), ", ".join(above), places.address(place.code[: places.VILLAGE_CODE])
