"""The desk of the second officer."""

from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import door, found
from balai.base.errors import NotValid
from balai.exports import actions
from balai.exports.inputs import JudgeForm
from balai.exports.jobs import begin
from balai.exports.models import Export
from balai.exports.views import showing
from balai.exports.views.lists import page

WRONG = 422


@door(Permission.EXPORT_APPROVE)
def desk(request):
    waiting = showing.told(Export.objects.waiting_for(request.actor))
    return render(request, "exports/desk.html", {"exports": waiting, "here": "exports"})


@door(Permission.EXPORT_APPROVE, methods=("POST",))
def judge(request, pk):
    export = found(Export.objects.visible_to(request.actor), pk=pk)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return page(request, export, form=form, status=WRONG)
    acted = {"by": request.actor, "at": timezone.now(), "export": export}
    if form.cleaned_data["judgement"] == "approve":
        begin(actions.approve_export(**acted))
        return redirect("exports:desk")
    try:
        actions.refuse_export(**acted, reason=form.cleaned_data["reason"])
    except NotValid as problem:
        form.add_error("reason", showing.spoken(problem))
        return page(request, export, form=form, status=problem.status)
    return redirect("exports:desk")
