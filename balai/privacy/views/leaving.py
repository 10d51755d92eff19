"""Erasing the account of somebody who left: asked with a reason, told that there is no way back."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door, found
from balai.accounts.models.people import people_of
from balai.base.errors import NotValid, Refused
from balai.privacy import actions
from balai.privacy.views.cases import write_ledger
from balai.privacy.views.desk import said


@door(Permission.RIGHTS_DECIDE)
def ask(request, pk):
    return _page(request, _account(request, pk))


@door(Permission.RIGHTS_DECIDE, methods=POST)
def erase(request, pk):
    account, reason = _account(request, pk), request.POST.get("alasan", "")
    try:
        if "yakin" not in request.POST:
            raise NotValid("Centang bahwa penghapusan tidak dapat dibatalkan.")
        actions.erase_account(by=request.actor, at=timezone.now(), account=account, reason=reason)
    except (NotValid, Refused) as problem:
        return _page(request, account, error=said(problem), reason=reason, status=problem.status)
    transaction.on_commit(write_ledger)
    return redirect("staff:person", pk=pk)


def _account(request, pk):
    return found(people_of(request.actor, timezone.localdate()), pk=pk)


def _page(request, account, status=200, **known):
    return render(request, "privacy/leaving.html", {"account": account, **known}, status=status)


leaving = by_method(get=ask, post=erase)
