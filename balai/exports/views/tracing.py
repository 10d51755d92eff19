"""The breach desk: from which export something comes that was found outside. Names and numbers are sent in the
body."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.rules.deeds import DEEDS
from balai.access.views import by_method, door
from balai.exports import actions
from balai.exports.inputs import TraceForm
from balai.exports.rules import SHEETS
from balai.privacy.views.wording import officers
from balai.regions.models import Place

WRONG = 422


@door(Permission.AUDIT_READ)
def ask(request):
    return render(request, "exports/origin.html", {"form": TraceForm()})


@door(Permission.AUDIT_READ, methods=("POST",))
def answer(request):
    form = TraceForm(request.POST)
    if not form.is_valid():
        return render(request, "exports/origin.html", {"form": form}, status=WRONG)
    found = actions.trace_export(by=request.actor, at=timezone.now(), found=form.cleaned_data["found"])
    return render(request, "exports/origin.html", {"form": form, "asked": True, "origins": _told(found)})


origin = by_method(get=ask, post=answer)


def _told(origins):
    entries = [entry for one in origins for entry in one.entries]
    names = officers({entry.by for entry in entries})
    places = Place.objects.in_bulk({entry.region for entry in entries})
    return [
        {
            "origin": one, "sheet": SHEETS.get(one.asked.detail.get("sheet")) if one.asked else None,
            "asked_by": names.get(one.asked.by, one.asked.by) if one.asked else "",
            "rows": [
                (entry, DEEDS.get(entry.deed, entry.deed), names.get(entry.by, entry.by), places.get(entry.region))
                for entry in one.entries
            ],
        }
        for one in origins
    ]  # fmt: skip
