"""Asking for a file: first it is told how many persons it would be and who must agree."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from balai.access.rules import Matter, Permission
from balai.access.views import by_method, door
from balai.access.views.doors import NotFound
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.base.words import Said
from balai.exports import actions
from balai.exports.actions.asking import Wish, foresee, may_write_parquet, within_quota
from balai.exports.inputs import STEP, AskForm
from balai.exports.jobs import begin
from balai.exports.models import places_of
from balai.exports.rules import BY_SLUG, PERSONS_ALONE, State, purpose_of
from balai.exports.views import showing

WRONG = 422


@door(Permission.FAMILY_VIEW)
def ask(request, what):
    form = _form(request, what, initial={"region": request.GET.get("wilayah")})
    return _page(request, form)


@door(Permission.FAMILY_VIEW, methods=("POST",), reads=(Matter.NAMES,))
def answer(request, what):
    form = _form(request, what, request.POST)
    if not form.is_valid():
        return _page(request, form, status=WRONG)
    given = form.cleaned_data
    wish = Wish(form.sheet.key, given["region"], tuple(given["columns"]), form.filters(), given["format"])
    try:
        purpose_of(given["purpose"])
        if request.POST.get(STEP) != "ask":
            return _page(request, form, foreseen=foresee(by=request.actor, at=timezone.now(), wish=wish))
        export = actions.ask_export(
            by=request.actor, at=timezone.now(), wish=wish, purpose=given["purpose"], language=get_language()
        )
    except NotValid as problem:
        form.add_error("purpose", showing.spoken(problem))
        return _page(request, form, status=problem.status)
    except Refused as problem:
        return _page(request, form, problem=Said(problem.message, problem.params), status=problem.status)
    if export.known_state is State.WRITING:
        begin(export)
    return redirect("exports:one", pk=export.pk)


new = by_method(get=ask, post=answer)


def _form(request, what, *data, **more):
    showing.need_register(request.actor)
    if what not in BY_SLUG:
        raise NotFound
    sheet = BY_SLUG[what]
    if not sheet.open_to(request.actor):
        raise NotAllowed("Peran Anda tidak membuka daftar ini.")
    return AskForm(
        *data, sheet=sheet, columns=sheet.columns_for(request.actor), places=places_of(request.actor),
        parquet=may_write_parquet(request.actor), **more,
    )  # fmt: skip


def _page(request, form, foreseen=None, problem=None, status=200):
    context = {
        "form": form, "sheet": form.sheet, "foreseen": foreseen, "problem": problem, "here": "exports",
        "alone": PERSONS_ALONE, "too_many": foreseen and _too_many(foreseen),
    }  # fmt: skip
    return render(request, "exports/ask.html", context, status=status)


def _too_many(foreseen):
    try:
        within_quota(foreseen)
    except Refused as problem:
        return Said(problem.message, problem.params)
    return None
