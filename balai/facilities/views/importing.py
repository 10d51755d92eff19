"""A list of facilities sent in as a file: shown row by row first, then applied in one go.

Between the two nothing is stored: the page carries the rows, signed and for an hour, back to the one who sent them.
"""

from dataclasses import asdict
from datetime import date

from django.core import signing
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door
from balai.base.errors import NotValid
from balai.facilities import actions, rules
from balai.facilities.actions.planning import planned
from balai.facilities.inputs import read_facilities
from balai.facilities.models import Facility
from balai.facilities.views.editing import here, spoken

AN_HOUR = 3600


@door(Permission.VILLAGE_EDIT)
def ask(request, code):
    return render(request, "facilities/import.html", {"place": here(request, code)})


@door(Permission.VILLAGE_EDIT, methods=POST)
def look(request, code):
    place, sent = here(request, code), request.FILES.get("berkas")
    try:
        if sent is None:
            raise NotValid("Pilih dahulu berkasnya.")
        reads = read_facilities(sent.name, sent.read(), code, timezone.localdate())
    except NotValid as problem:
        return _ask_again(request, place, problem)
    plans = planned(reads, list(Facility.objects.within(code).open_now()))
    return _page(request, place, plans, rows=_signed(request, code, reads))


@door(Permission.VILLAGE_EDIT, methods=POST)
def apply(request, code):
    place = here(request, code)
    try:
        sent = signing.loads(request.POST.get("rows", ""), salt=_salt(request, code), max_age=AN_HOUR)
    except signing.BadSignature:
        late = NotValid("Hasil pemeriksaan ini sudah lewat satu jam atau bukan milik Anda. Unggah lagi berkasnya.")
        return _ask_again(request, place, late)
    reads = [_opened(row) for row in sent]
    plans = actions.apply_facilities(by=request.actor, at=timezone.now(), village=code, reads=reads)
    return _page(request, place, plans, applied=True)


def _ask_again(request, place, problem):
    context = {"place": place, "problem": spoken(problem)}
    return render(request, "facilities/import.html", context, status=problem.status)


def _page(request, place, plans, **more):
    counts = [(rules.OUTCOMES[one], sum(plan.outcome is one for plan in plans)) for one in rules.Outcome]
    todo = any(plan.outcome in (rules.Outcome.NEW, rules.Outcome.CHANGED) for plan in plans)
    shown = [(plan, rules.OUTCOMES[plan.outcome], [_told(*change) for change in plan.changes]) for plan in plans]
    context = {"place": place, "plans": shown, "counts": counts, "todo": todo, **more}
    return render(request, "facilities/import_result.html", context)


def _told(field, before, after):
    """(column, before, after) as a person reads them."""
    return rules.COLUMN_OF[field], _plain(field, before), _plain(field, after)


def _plain(field, value):
    if value in (None, "", []):
        return gettext("belum diisi")
    if field == "services":
        return ", ".join(gettext(rules.Service(one).label) for one in value)
    if isinstance(value, bool):
        return gettext("ya") if value else gettext("tidak")
    return value


def _signed(request, code, reads):
    rows = [[one.line, asdict(one.facts) | {"opened_on": str(one.facts.opened_on or "")}] for one in reads if one.facts]
    return signing.dumps(rows, salt=_salt(request, code), compress=True)


def _opened(row):
    line, known = row
    day = known["opened_on"]
    known |= {"services": tuple(known["services"]), "opened_on": date.fromisoformat(day) if day else None}
    return rules.Read(line, rules.Facts(**known), known["name"])


def _salt(request, code):
    return f"balai.facilities:{request.actor.account}:{code}"


importing = by_method(get=ask, post=look)
