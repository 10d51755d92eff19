"""What an officer does with one person. Each refusal of a rule comes back onto the page, with what was typed."""

import secrets

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door, found
from balai.accounts import actions
from balai.accounts.models.hats import last_day
from balai.accounts.rules import codes
from balai.base.errors import NotValid, Refused
from balai.staff.inputs import forms
from balai.staff.models.people import free_username
from balai.staff.views.people import person_in_scope, person_page


def invited(request, accounts):
    """[(account, its new code)]: the codes are shown on this answer and nowhere else."""
    slips, at = [], timezone.now()
    for account in accounts:
        code = codes.drawn(secrets.choice)
        actions.invite(by=request.actor, at=at, account=account, code_hash=codes.digest(code, settings.SECRET_KEY))
        slips.append((account, codes.shown(code)))
    return slips


def slips_page(request, slips, **known):
    known |= {"slips": slips, "hours": int(codes.LIFE[codes.Purpose.INVITATION].total_seconds() // 3600)}
    return render(request, "staff/slips.html", known)


def succeeded(form, deed):
    """What the deed gives with what the form holds; None when either says no, which then stands on the form."""
    if not form.is_valid():
        return None
    try:
        return deed(form.cleaned_data)
    except (NotValid, Refused) as problem:
        form.add_error(None, forms.spoken(problem))
        return None


def form_page(request, page, form, **known):
    known |= {"form": form, "places": forms.places_for(request.actor)}
    return render(request, f"staff/{page}.html", known, status=422 if form.errors else 200)


def usual_days(request):
    """From today and, where the officer's own grant ends, until then."""
    by, on = request.actor, timezone.localdate()
    region = by.ranges[0][0]
    return {"from_on": on, "to_on": last_day(by, region, on), "region": region if len(by.ranges) == 1 else ""}


@door(Permission.ACCOUNT_MANAGE)
def new(request):
    return form_page(request, "new", forms.PersonForm(by=request.actor, initial=usual_days(request)))


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def create(request):
    form = forms.PersonForm(request.POST, by=request.actor)
    account = succeeded(form, lambda given: _created(request, given))
    if account is None:
        return form_page(request, "new", form)
    return slips_page(request, invited(request, [account]))


def _created(request, given):
    given["username"] = given["username"] or free_username(given["name"])
    return actions.create_account(by=request.actor, at=timezone.now(), **given)


@door(Permission.ACCOUNT_MANAGE)
def ask_grant(request, pk):
    form = forms.GrantForm(by=request.actor, initial=usual_days(request))
    return form_page(request, "give", form, person=person_in_scope(request, pk))


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def give_grant(request, pk):
    account, form = person_in_scope(request, pk), forms.GrantForm(request.POST, by=request.actor)
    grant = succeeded(form, lambda given: actions.give(by=request.actor, at=timezone.now(), account=account, **given))
    return redirect("staff:person", pk=pk) if grant else form_page(request, "give", form, person=account)


@door(Permission.ACCOUNT_MANAGE)
def ask_move(request, pk):
    form = forms.MoveForm(by=request.actor, initial={"on": timezone.localdate()})
    return form_page(request, "move", form, person=person_in_scope(request, pk))


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def move(request, pk):
    account, form = person_in_scope(request, pk), forms.MoveForm(request.POST, by=request.actor)
    moved = succeeded(form, lambda given: actions.move(by=request.actor, at=timezone.now(), account=account, **given))
    return redirect("staff:people") if moved else form_page(request, "move", form, person=account)


@door(Permission.ACCOUNT_MANAGE)
def ask_correction(request, pk):
    account = person_in_scope(request, pk)
    kept = {"name": account.name, "phone": account.phone, "email": account.email}
    return form_page(request, "correct", forms.CorrectForm(initial=kept), person=account)


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def correct(request, pk):
    account, form = person_in_scope(request, pk), forms.CorrectForm(request.POST)
    done = succeeded(
        form, lambda given: (actions.correct_account(by=request.actor, at=timezone.now(), account=account, **given),)
    )
    return redirect("staff:person", pk=pk) if done else form_page(request, "correct", form, person=account)


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def invite(request, pk):
    account = person_in_scope(request, pk)
    try:
        return slips_page(request, invited(request, [account]), person=account)
    except Refused as problem:
        return person_page(request, account, problem)


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def suspend(request, pk):
    return _with_reason(request, pk, actions.suspend)


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def resume(request, pk):
    return _with_reason(request, pk, actions.resume)


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def end_grant(request, pk):
    account = person_in_scope(request, pk)
    grant, reason = _grant(request, account), request.POST.get("reason", "")
    return _answered(
        request, account, lambda: actions.end(by=request.actor, at=timezone.now(), grant=grant, reason=reason),
        ended=grant.pk, reason=reason,
    )  # fmt: skip


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def review(request, pk):
    account = person_in_scope(request, pk)
    chosen = {"regions": request.POST.getlist("regions"), "reason": request.POST.get("reason", "")}
    grant = _grant(request, account)
    return _answered(
        request, account, lambda: actions.resettle(by=request.actor, at=timezone.now(), grant=grant, **chosen)
    )


def _with_reason(request, pk, action):
    account, reason = person_in_scope(request, pk), request.POST.get("reason", "")
    return _answered(
        request, account, lambda: action(by=request.actor, at=timezone.now(), account=account, reason=reason),
        reason=reason,
    )  # fmt: skip


def _answered(request, account, deed, **typed):
    try:
        deed()
    except (NotValid, Refused) as problem:
        return person_page(request, account, problem, **typed)
    return redirect("staff:person", pk=account.pk)


def _grant(request, account):
    """An open grant of that person; one of somebody else is not found."""
    number = request.POST.get("grant", "")
    return found(account.grants.filter(ended_at=None), pk=int(number) if number.isdecimal() else 0)


create_person = by_method(get=new, post=create)
grant = by_method(get=ask_grant, post=give_grant)
moving = by_method(get=ask_move, post=move)
correction = by_method(get=ask_correction, post=correct)
