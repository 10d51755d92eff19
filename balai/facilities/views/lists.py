"""The facilities of a village, for everybody; and the list as a file."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Permission
from balai.access.views import public
from balai.base import cells
from balai.facilities import rules
from balai.facilities.models import Facility, villages_today


@dataclass(frozen=True)
class Shown:
    """A facility as the page tells it."""

    row: Facility
    kind: str
    services: tuple[str, ...]
    reason: str = ""


@public()
def village(request, code):
    place = _village(code)
    rows = list(Facility.objects.within(code).in_order())
    now = [_shown(row) for row in rows if row.closed_on is None]
    context = {
        "place": place, "inside": [one for one in now if not one.row.outside],
        "outside": [one for one in now if one.row.outside], "gone": [_shown(row) for row in rows if row.closed_on],
        "missing": rules.missing({one.row.kind for one in now}), "may_edit": may_edit(request.actor, code),
        "latest": max((timezone.localtime(row.recorded_at).date() for row in rows), default=None),
    }  # fmt: skip
    return render(request, "facilities/village.html", context)


@public()
def export(request, code, kind):
    place = _village(code)
    if kind not in cells.WRITERS:
        raise Http404(kind)
    rows = (_row(row) for row in Facility.objects.within(code).open_now().in_order())
    body = cells.WRITERS[kind]([_(column.value) for column in rules.Column], rows)
    response = HttpResponse(body, content_type=cells.MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="fasilitas-{place.pk}.{kind}"'
    return response


def may_edit(actor, code):
    """The actor of a page that is open to everybody may be a stranger."""
    settled = actor.account is not None and (not actor.role.second_factor or actor.assurance == 2)
    return settled and actor.may(Permission.VILLAGE_EDIT) and actor.covers(code)


def _village(code):
    """Of everybody's: no permission is asked for, so an unknown one is simply not there."""
    return get_object_or_404(villages_today(), pk=code)


def _shown(row):
    services = [_(rules.Service(one).label) for one in row.services]
    reason = _(rules.ClosedReason(row.closed_reason).label) if row.closed_reason else ""
    return Shown(row, _(rules.FacilityKind(row.kind).label), tuple(services), reason)


def _row(row):
    """In the order of the columns, so that the file may be mended and sent in again."""
    return [
        rules.FacilityKind(row.kind).label, row.name, row.region, row.address,
        "; ".join(rules.Service(one).label for one in row.services), "ya" if row.outside else "", row.travel_km,
        row.travel_minutes, row.latitude, row.longitude, row.opened_on and row.opened_on.isoformat(), row.source,
    ]  # fmt: skip
