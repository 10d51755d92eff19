"""One's own account: who am I, in which role, on which devices."""

from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    raise_if_reauthentication_required,
)
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door, found
from balai.accounts import actions
from balai.accounts.models import Enrolment, Session
from balai.accounts.rules import own
from balai.accounts.rules.words import PERMISSIONS
from balai.accounts.views.signin import factors
from balai.base.errors import NotAllowed, NotValid
from balai.base.words import Said
from balai.regions.models import Place


@door(settling=True)
def home(request):
    at = timezone.now()
    may = [PERMISSIONS[permission] for permission in Permission if request.actor.may(permission)]
    enrolments = Enrolment.objects.live(at).filter(account=request.user).order_by("made_at")
    known = {
        "may": may, "places": places(request.hats), "sessions": Session.objects.of(request.user, at),
        "this": request.session.session_key, "enrolments": enrolments, "factors": factors(request).count(),
        "on_device": bool(request.session.get("device")),
        "settled": not request.actor.role.second_factor or request.actor.assurance == 2,
    }  # fmt: skip
    return render(request, "accounts/home.html", known)


def places(hats):
    """Names of the regions of each hat: (hat, names)."""
    codes = {code for hat in hats for code in hat.regions if code}
    names = dict(Place.objects.filter(pk__in=codes).values_list("pk", "name"))
    return [(hat, [names.get(code, code) if code else "Indonesia" for code in hat.regions]) for hat in hats]


@door(methods=POST, settling=True)
def hat(request):
    chosen = request.POST.get("topi", "")
    if chosen not in {one.key for one in request.hats}:
        raise NotAllowed("Peran itu bukan milik Anda, atau sudah berakhir. Muat ulang halaman Anda.")
    if chosen != request.session.get("hat"):
        request.session["hat"] = chosen
        request.session.cycle_key()
    return redirect("accounts:home")


@door(settling=True)
def second_factor(request):
    known = {"factors": factors(request), "needed": any(one.role.second_factor for one in request.hats),
             "on_device": bool(request.session.get("device"))}  # fmt: skip
    return render(request, "accounts/second_factor.html", known)


@door(settling=True)
def ask_password(request):
    if not request.user.has_usable_password():
        raise NotAllowed("Akun Anda masuk dengan perangkat dan PIN. Untuk kata sandi, mintalah kode kepada petugas.")
    raise_if_reauthentication_required(request, app="balai.accounts")
    return render(request, "accounts/password.html")


@door(methods=POST, settling=True)
def save_password(request):
    if is_reauthentication_required(request, app="balai.accounts"):
        return redirect("accounts:password")  # not resumed later: the new password must not wait in the session
    new, again = request.POST.get("baru", ""), request.POST.get("ulang", "")
    try:
        if new != again:
            raise NotValid("Kedua kata sandi baru tidak sama. Tulis keduanya lagi.")
        actions.change_password(by=own.oneself(request.user.pk), at=timezone.now(), account=request.user, new=new)
    except NotValid as problem:
        return render(
            request, "accounts/password.html", {"problem": Said(problem.message, problem.params)}, status=problem.status
        )
    update_session_auth_hash(request, request.user)
    return redirect("accounts:home")


password = by_method(get=ask_password, post=save_password)


@door(methods=POST, settling=True)
def sessions(request):
    """Ends one of one's sessions, or all but this one."""
    actions.end_sessions(
        by=own.oneself(request.user.pk), at=timezone.now(), account=request.user,
        keep=request.session.session_key, handle=request.POST.get("sesi", ""),
    )  # fmt: skip
    return redirect("accounts:home")


@door(methods=POST, settling=True)
def leave_device(request, pk):
    at = timezone.now()
    enrolment = found(Enrolment.objects.live(at).filter(account=request.user), pk=pk)
    actions.revoke(by=own.oneself(request.user.pk), at=at, enrolment=enrolment)
    return redirect("accounts:home")
