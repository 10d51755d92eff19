"""Who sits in a session: begun at sign-in, looked at in every request. Doors ask `request.actor`, which is set here."""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from balai.accounts.models import Account, Device, Lost, standing
from balai.accounts.rules import lifetimes

AGENT_LETTERS = 200


def by_token(request):
    """Asked for by a device itself: it speaks for no person, whoever may be signed in beside it."""
    return "Authorization" in request.headers or request.path == reverse("accounts:device_status")


def begin(request, *, assurance, device=""):
    """After `login`: what the session has to know from now on."""
    now = timezone.now().isoformat()
    request.session.update(
        {
            "assurance": assurance, "began_at": now, "seen_at": now, "device": str(device),
            "agent": request.headers.get("User-Agent", "")[:AGENT_LETTERS], "address": request.axes_ip_address or "",
        }
    )  # fmt: skip


def sit(request, at):
    """Sets the actor and the hats of the request; gives a page where the person may not go on."""
    account_id = request.session.get(SESSION_KEY)
    if account_id is None:
        return None
    if not request.user.is_authenticated:
        return _shut_out(request, account_id)
    stands = standing(request.user, request.session, at)
    if stands.lost in (Lost.IDLE, Lost.AT_MOST, Lost.DEVICE):
        request.session.flush()
        request.user = AnonymousUser()
        request.session["ended"] = stands.lost.value
        return None
    request.actor, request.hats = stands.actor, stands.hats
    if stands.lost is Lost.HAT:
        del request.session["hat"]
        return render(request, "accounts/hat_gone.html", status=403)
    _note(request, at)
    return None


def _shut_out(request, account_id):
    """The account was suspended, or its password changed elsewhere, which signs it out everywhere."""
    request.session.flush()
    request.user = AnonymousUser()
    account = Account.objects.filter(pk=account_id, suspended_at__isnull=False).first()
    return render(request, "accounts/suspended.html", {"account": account}, status=403) if account else None


def _note(request, at):
    session = request.session
    if request.hats and "hat" not in session:
        session["hat"] = request.hats[0].key
    seen_at = session.get("seen_at")
    if seen_at and at - parse_datetime(seen_at) < lifetimes.NOTED_EVERY:
        return
    session["seen_at"] = at.isoformat()
    if session.get("device"):
        Device.objects.filter(pk=session["device"]).update(seen_at=at)
