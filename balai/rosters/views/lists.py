"""What can be imported, what was, and a list that comes in."""

import os
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door, found
from balai.accounts.jobs import ask
from balai.base.cells import MEDIA_TYPES
from balai.base.errors import Problem
from balai.families.models import villages_of
from balai.regions.models import Place
from balai.rosters import actions, jobs
from balai.rosters.inputs import forms, sheets
from balai.rosters.models import Roster
from balai.rosters.rules.states import State
from balai.rosters.views import telling
from balai.sheets.inputs.files import must_be_readable, suffix_of
from balai.sheets.rules.layouts import LAYOUTS

SHOWN = 50
WRONG = 422


@door(Permission.IMPORT_APPLY)
def start(request):
    rosters = list(Roster.objects.visible_to(request.actor).newest_first()[:SHOWN])
    names = Place.objects.in_bulk({one.region for one in rosters})
    context = {
        "kinds": [telling.kind_name(key) for key in LAYOUTS], "here": "imports",
        "rosters": [(one, names.get(one.region), telling.kind_name(one.kind)) for one in rosters],
        "villages": villages_of(request.actor).order_by("name")[:SHOWN],
    }  # fmt: skip
    return render(request, "rosters/start.html", context)


@door(Permission.IMPORT_APPLY)
def template(request):
    response = HttpResponse(sheets.template(), content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = 'attachment; filename="templat-penduduk.xlsx"'
    return response


@door(Permission.IMPORT_APPLY)
def ask_file(request, code):
    return _upload_page(request, code, forms.FileForm())


@door(Permission.IMPORT_APPLY, methods=POST)
def take_file(request, code):
    place = found(villages_of(request.actor), pk=code)
    form = forms.FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return redirect("rosters:roster", pk=_taken(request, place, form.cleaned_data["file"]).pk)
        except Problem as problem:
            forms.refuse(form, problem)
    return _upload_page(request, code, form, WRONG)


upload = by_method(get=ask_file, post=take_file)


def _upload_page(request, code, form, status=200):
    place = found(villages_of(request.actor), pk=code)
    context = {"place": place, "form": form, "kinds": [telling.kind_name(key) for key in LAYOUTS], "here": "imports"}
    return render(request, "rosters/upload.html", context, status=status)


def _taken(request, place, file):
    """The file lies under a name of ours until it has been read."""
    suffix = suffix_of(file.name)
    must_be_readable(file, suffix)
    name = f"{uuid4()}{suffix}"
    handle = os.open(jobs.folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for part in file.chunks():
            out.write(part)
    roster = actions.take_in(by=request.actor, at=timezone.now(), village=place.pk, file=name)
    ask(jobs.read_roster, by=request.actor, roster=roster.pk)
    return roster


@door(Permission.IMPORT_APPLY)
def ask_columns(request, pk):
    roster = _unknown(request, pk)
    return _columns_page(request, roster, forms.ColumnsForm(**_heading(roster)))


@door(Permission.IMPORT_APPLY, methods=POST)
def choose_columns(request, pk):
    roster = _unknown(request, pk)
    form = forms.ColumnsForm(request.POST, **_heading(roster))
    if form.is_valid():
        given = {"places": form.places(), "name": form.cleaned_data["called"]}
        try:
            actions.choose_columns(by=request.actor, at=timezone.now(), roster=roster, **given)
        except Problem as problem:
            forms.refuse(form, problem)
        else:
            ask(jobs.read_roster, by=request.actor, roster=roster.pk)
            return redirect("rosters:roster", pk=pk)
    return _columns_page(request, roster, form, WRONG)


columns = by_method(get=ask_columns, post=choose_columns)


def _unknown(request, pk):
    return found(Roster.objects.visible_to(request.actor), pk=pk, state=State.UNKNOWN)


def _heading(roster):
    return {name: roster.headings[0][name] for name in ("heads", "places")}


def _columns_page(request, roster, form, status=200):
    return render(request, "rosters/columns.html", {"roster": roster, "form": form, "here": "imports"}, status=status)
