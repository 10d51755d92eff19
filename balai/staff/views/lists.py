"""A list of cadres sent in as a file: shown row by row first, then applied in one go.

Between the two nothing is stored: the page carries the rows, signed and for an hour, back to the one who sent them.
"""

from dataclasses import astuple
from datetime import date

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door
from balai.accounts.models import Account
from balai.base.cells import MEDIA_TYPES
from balai.base.errors import NotValid
from balai.staff import actions
from balai.staff.actions.cadres import plan
from balai.staff.inputs.cadres import read_cadres, template
from balai.staff.inputs.forms import spoken
from balai.staff.rules.cadres import NAMES, Cadre, Kind
from balai.staff.views.deeds import invited, slips_page

AN_HOUR = 3600


@door(Permission.ACCOUNT_MANAGE)
def ask(request):
    return render(request, "staff/import.html")


@door(Permission.ACCOUNT_MANAGE)
def blank(request):
    response = HttpResponse(template(gettext), content_type=MEDIA_TYPES["xlsx"])
    response.headers["Content-Disposition"] = 'attachment; filename="templat-kader.xlsx"'
    return response


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def look(request):
    sent = request.FILES.get("berkas")
    try:
        if sent is None:
            raise NotValid("Pilih dahulu berkasnya.")
        rows = read_cadres(sent.name, sent.read())
    except NotValid as problem:
        return _ask_again(request, problem)
    readable = [row for row in rows if isinstance(row, Cadre)]
    return _page(request, plan(by=request.actor, at=timezone.now(), rows=rows), rows=_sealed(request, readable))


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def apply(request):
    rows = _opened(request)
    if rows is None:
        problem = NotValid("Hasil pemeriksaan ini sudah lewat satu jam atau bukan milik Anda. Unggah lagi berkasnya.")
        return _ask_again(request, problem)
    results = actions.apply_cadres(by=request.actor, at=timezone.now(), rows=rows)
    fresh = {result.account for result in results if result.kind is Kind.NEW}
    if not fresh:
        return _page(request, results, applied=True)
    return slips_page(request, invited(request, Account.objects.filter(pk__in=fresh).order_by("name")), results=results)


def _ask_again(request, problem):
    return render(request, "staff/import.html", {"problem": spoken(problem)}, status=problem.status)


def _page(request, results, **known):
    counts = [(NAMES[kind], sum(result.kind is kind for result in results)) for kind in Kind]
    todo = any(result.kind in (Kind.NEW, Kind.CHANGED) for result in results)
    known |= {"results": results, "names": NAMES, "counts": counts, "todo": todo}
    return render(request, "staff/import_result.html", known)


def _sealed(request, rows):
    plain = [[*astuple(row)[:6], *(str(day or "") for day in (row.from_on, row.to_on))] for row in rows]
    return signing.dumps(plain, salt=_salt(request), compress=True)


def _opened(request):
    try:
        rows = signing.loads(request.POST.get("rows", ""), salt=_salt(request), max_age=AN_HOUR)
    except signing.BadSignature:
        return None
    return [Cadre(*row[:6], *(date.fromisoformat(day) if day else None for day in row[6:])) for row in rows]


def _salt(request):
    return f"balai.cadres:{request.actor.account}"


importing = by_method(get=ask, post=look)
