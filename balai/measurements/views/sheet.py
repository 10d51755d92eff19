"""The sheet of a posyandu's day: every child of a place on one page, each row saved by itself."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from balai.access.rules import Permission, Right
from balai.access.views import by_method, door, found, seen
from balai.families.models import VILLAGE_CODE, Family
from balai.families.views.showing import homes, villages_here
from balai.measurements import actions, rules
from balai.measurements.inputs import Sheet, SheetForm, posted
from balai.measurements.models import Measurement, under_fives
from balai.measurements.views import showing
from balai.measurements.views.recording import WRITES, done

PAGE = 50


@door(Permission.FAMILY_EDIT, reads=showing.READS)
def ask(request, code):
    place, page, sheet = _sheet(request, code, request.GET)
    return _page(request, place, page, sheet)


@door(Permission.FAMILY_EDIT, **WRITES)
def save(request, code):
    place, page, sheet = _sheet(request, code, request.POST, request.POST)
    saved = [row for row in sheet.filled() if sheet.day and done(row, _deed(request, row.child))]
    if not sheet.day or len(saved) < len(sheet.filled()) or not saved:
        return _page(request, place, page, sheet, saved, status=422)
    asked = {"tanggal": sheet.day.isoformat(), "tempat": sheet.head.cleaned_data["tempat"], "halaman": page.number,
             "tersimpan": len(saved)}  # fmt: skip
    return redirect(f"{reverse('measurements:sheet', args=[code])}?{urlencode(asked)}")


sheet = by_method(get=ask, post=save)


def _deed(request, child):
    def deed(**given):
        return actions.record_measurement(by=request.actor, at=timezone.now(), person=child, **given)

    return deed


def _sheet(request, code, asked, data=None):
    showing.need(request.actor, Right.WRITE)
    place, on = found(villages_here(request.actor), pk=code), timezone.localdate()
    given = {"tanggal": asked.get("tanggal") or on.isoformat(), "tempat": asked.get("tempat", "")}
    head = SheetForm(given, places=homes(request.actor, place), on=on)
    below = head.cleaned_data.get("tempat") if head.is_valid() else ""
    rows = under_fives(below or code, on).order_by("name", "pk")
    page = Paginator(rows, PAGE).get_page(asked.get("halaman"))
    if data is None:
        return place, page, Sheet(head, list(page.object_list), on=on)
    children = under_fives(code, on).filter(pk__in=posted(data)).order_by("name", "pk")
    return place, page, Sheet(head, list(children), on=on, data=data)


def _page(request, place, page, sheet, saved=(), status=200):
    on, children = timezone.localdate(), [row.child for row in sheet.rows]
    known = {}
    if sheet.day:
        measured = Measurement.objects.filter(person__in=[child.pk for child in children], measured_on=sheet.day)
        known = {row.person_id: row for row in measured}
    families = {child.family_id for child in children}
    seen(request, deed="measurement.form", region=place.pk, subjects={*families, *(child.pk for child in children)})
    wrong = [row for row in sheet.filled() if row not in saved] if sheet.rows and status != 200 else []
    told = request.GET.get("tersimpan", "")
    context = {
        "place": place, "page": page, "sheet": sheet, "here": "families", "wrong": wrong, "status": status,
        "rows": [
            (row, rules.age_of((on - row.child.born_on).days), known.get(row.child.pk) if row not in wrong else None)
            for row in sheet.rows
        ],
        "saved": len(saved) or (int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 0),
        "offers": any(row.offers for row in wrong), "is_empty": status != 200 and not wrong and not saved,
        "invented": Family.objects.filter(pk__in=families, invented=True).exists(), "village": place.pk[:VILLAGE_CODE],
    }  # fmt: skip
    return render(request, "measurements/sheet.html", context, status=status)
