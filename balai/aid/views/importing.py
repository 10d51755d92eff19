"""Aid of a village sent in as a file: shown line by line first, then applied in one go, and taken back in one go.

Between the two nothing is stored: the page carries keys and facts, never numbers or names, signed and for an hour. A
worker applies them.
"""

import json
from uuid import UUID

from django.core import signing
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission, Right
from balai.access.views import POST, by_method, door, found, seen
from balai.accounts.jobs import ask as ask_for
from balai.aid import actions, jobs
from balai.aid.actions.planning import OUTCOMES, Outcome, plan_aid
from balai.aid.inputs import files, forms
from balai.aid.models import AidFile
from balai.aid.views import telling
from balai.aid.views.recording import spoken
from balai.base.errors import NotAllowed, NotValid
from balai.base.words import Said
from balai.families.models import Family
from balai.families.views import showing

AN_HOUR = 3600
READS = (Matter.NAMES, Matter.NUMBER, Matter.WELFARE)
WRITES = {"methods": POST, "reads": READS}


def _place(request, code):
    telling.need(request.actor, Matter.WELFARE, Right.WRITE)
    place = found(showing.villages_here(request.actor), pk=code)
    if request.actor.role.assigned or not request.actor.covers(code):
        raise NotAllowed("Daftar bantuan sedesa dimasukkan oleh kader desa atau petugas.")
    return place


@door(Permission.FAMILY_EDIT, reads=READS)
def ask(request, code):
    return _form_page(request, _place(request, code), forms.AidFileForm())


@door(Permission.FAMILY_EDIT, **WRITES)
def look(request, code):
    place, form = _place(request, code), forms.AidFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, place, form)
    try:
        sent, content = form.cleaned_data["berkas"], form.cleaned_data["berkas"].read()
        table = files.read_table(sent.name, content, form.named(), files.MOST_AID)
        beside = _beside(table, form.cleaned_data)
        plans = plan_aid(table.lines, code, beside, timezone.localdate())
    except NotValid as problem:
        form.add_error("berkas", spoken(problem))
        return _form_page(request, place, form)
    families = {plan.family for plan in plans if plan.family}
    seen(request, deed="aid.look", region=code, subjects=families)
    return _result_page(request, place, plans, table=table, rows=_signed(request, code, plans))


def _beside(table, given):
    """What the form says goes before what stands beside the table."""
    known = files.programme_beside(table.about)
    return files.Programme(
        given["programme"] or known.code, given["from_on"] or known.from_on, given["until_on"] or known.until_on
    )


@door(Permission.FAMILY_EDIT, **WRITES)
def apply(request, code):
    place = _place(request, code)
    try:
        rows = signing.loads(request.POST.get("rows", ""), salt=_salt(request, code), max_age=AN_HOUR)
    except signing.BadSignature:
        said = _("Hasil pemeriksaan ini sudah lewat satu jam atau bukan milik Anda. Unggah lagi berkasnya.")
        return _form_page(request, place, forms.AidFileForm(), problem=said)
    name = jobs.kept(json.dumps(rows).encode(), "bantuan.json")
    row = actions.take_in_aid(by=request.actor, at=timezone.now(), village=code, file=name, total=len(rows))
    ask_for(jobs.apply_aid, by=request.actor, file=row.pk)
    return redirect("aid:file", code=code, pk=row.pk)


@door(Permission.FAMILY_EDIT, reads=READS)
def file(request, code, pk):
    """How far it is; then what came of it, and the way back."""
    place = _place(request, code)
    row = found(AidFile.objects.filter(region=place.pk), pk=pk)
    context = {"place": place, "row": row, "said": row.said and spoken(Said(*row.said)), "here": "families"}
    return render(request, "aid/imported.html", context)


@door(Permission.FAMILY_EDIT, **WRITES)
def undo(request, code):
    place = _place(request, code)
    try:
        batch = UUID(request.POST.get("batch", ""))
    except ValueError:
        raise NotValid("Berkas yang akan dicabut tidak dikenal. Buka lagi halaman impornya.") from None
    actions.undo_aid_file(by=request.actor, at=timezone.now(), village=place.pk, batch=batch)
    return redirect("aid:village", code=code)


def _form_page(request, place, form, problem=""):
    context = {"place": place, "form": form, "problem": problem, "here": "families"}
    return render(request, "aid/import.html", context, status=422 if problem or form.errors else 200)


def _result_page(request, place, plans, table, rows):
    called = dict(Family.objects.told().filter(pk__in={plan.family for plan in plans}).values_list("pk", "called"))
    shown = [(plan, OUTCOMES[plan.outcome], called.get(plan.family, ""), _programme(plan)) for plan in plans]
    counts = [(OUTCOMES[one], sum(plan.outcome is one for plan in plans)) for one in Outcome]
    context = {
        "place": place, "plans": shown, "counts": counts, "rows": rows, "here": "families", "left": table.left,
        "taken": [(part.label, heading) for part, heading in table.taken.items()],
        "todo": any(plan.outcome is Outcome.NEW for plan in plans),
    }  # fmt: skip
    return render(request, "aid/import_result.html", context)


def _programme(plan):
    return forms.programme_name(plan.facts.programme) if plan.facts else ""


def _signed(request, code, plans):
    rows = [jobs.plain(plan) for plan in plans if plan.outcome is Outcome.NEW]
    return signing.dumps(rows, salt=_salt(request, code), compress=True)


def _salt(request, code):
    return f"balai.aid:{request.actor.account}:{code}"


importing = by_method(get=ask, post=look)
