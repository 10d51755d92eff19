"""An officer decides about one family, from its page."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found, seen
from balai.base.errors import NotValid, Refused
from balai.families.inputs import CSRF_FIELD, only
from balai.families.views.family import one
from balai.quality import actions, inputs
from balai.quality.models import standing

READS = (Matter.NAMES,)


@door(Permission.FAMILY_VERIFY, methods=POST, reads=READS)
def verify(request, pk):
    only(request.POST, {CSRF_FIELD, "entry"})
    family = one(request, pk)
    try:
        entry = inputs.whole(request.POST.get("entry", ""))
    except ValueError:
        raise NotValid("Formulir ini sudah usang. Buka lagi halaman keluarganya.") from None
    actions.verify(by=request.actor, at=timezone.now(), family=family, entry=entry)
    return redirect("families:family", pk=pk)


@door(Permission.FAMILY_VERIFY, methods=POST, reads=READS)
def undo(request, pk):
    only(request.POST, {CSRF_FIELD})
    actions.undo(by=request.actor, at=timezone.now(), families=[one(request, pk).pk])
    return redirect("families:family", pk=pk)


@door(Permission.FAMILY_VERIFY, reads=READS)
def ask_reason(request, pk):
    family = found(standing(_rows(request, pk)), pk=pk)
    return _form_page(request, family, inputs.SendBackForm(initial={"entry": family.entry}))


@door(Permission.FAMILY_VERIFY, methods=POST, reads=READS)
def send_back(request, pk):
    family = found(standing(_rows(request, pk)), pk=pk)
    form = inputs.SendBackForm(request.POST)
    if not form.is_valid():
        return _form_page(request, family, form)
    try:
        actions.send_back(by=request.actor, at=timezone.now(), family=family, **form.cleaned_data)
    except (NotValid, Refused) as problem:
        form.add_error(None, _(problem.message) % problem.params if problem.params else _(problem.message))
        return _form_page(request, family, form)
    return redirect("families:family", pk=pk)


sending_back = by_method(get=ask_reason, post=send_back)


def _rows(request, pk):
    row = one(request, pk)
    return type(row).objects.filter(pk=row.pk)


def _form_page(request, family, form):
    seen(request, deed="quality.form", region=family.region, subjects=[family.pk])
    called = type(family).objects.filter(pk=family.pk).told().values_list("called", flat=True).first()
    context = {"family": family, "called": called, "form": form, "here": "quality", "invented": family.invented}
    return render(request, "quality/send_back.html", context, status=422 if form.errors else 200)
