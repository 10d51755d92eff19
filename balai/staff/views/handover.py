"""Handing over what an officer held to a successor; the answer is the list that both sign."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door
from balai.accounts.models.people import people_of
from balai.staff import actions
from balai.staff.actions.handover import passable
from balai.staff.inputs.forms import HandOverForm
from balai.staff.views.deeds import form_page, succeeded
from balai.staff.views.people import named, person_in_scope


@door(Permission.ACCOUNT_MANAGE)
def ask(request, pk):
    former = person_in_scope(request, pk)
    return _page(request, former, HandOverForm(people=_successors(request, former), initial={"on": _today()}))


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def hand_over(request, pk):
    former = person_in_scope(request, pk)
    form = HandOverForm(request.POST, people=_successors(request, former))
    done = succeeded(form, lambda given: actions.hand_over(by=request.actor, at=timezone.now(), former=former, **given))
    if done is None:
        return _page(request, former, form)
    named([new for _old, new in done.passed] + done.left)
    known = {"former": former, "done": done, "officer": request.user, **form.cleaned_data}
    return render(request, "staff/handed_over.html", known)


def _page(request, former, form):
    mine, left = passable(request.actor, former, _today())
    known = {"former": former, "mine": named(mine), "left": len(left)}
    return form_page(request, "handover", form, **known)


def _successors(request, former):
    rows = people_of(request.actor, _today()).filter(suspended_at=None)
    return rows.exclude(pk__in=[former.pk, request.actor.account]).order_by("name")


def _today():
    return timezone.localdate()


handover = by_method(get=ask, post=hand_over)
