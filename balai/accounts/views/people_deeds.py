"""What an officer does with one person. Each refusal of a rule comes back onto the page, with what was typed."""

import secrets

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door, found
from balai.accounts import actions
from balai.accounts.inputs import people as forms
from balai.accounts.models.hats import last_day
from balai.accounts.models.people import people_of
from balai.accounts.models.reviewing import reviews
from balai.accounts.rules import codes, naming
from balai.accounts.views.people import named, person_in_scope, person_page
from balai.base.errors import NotValid, Refused


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
    return render(request, "accounts/people/slips.html", known)


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
    return render(request, f"accounts/people/{page}.html", known, status=422 if form.errors else 200)


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
    given["username"] = given["username"] or naming.free_username(given["name"])
    return actions.create_account(by=request.actor, at=timezone.now(), **given)
