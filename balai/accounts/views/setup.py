"""Coming in with a one-time code: an invitation or a forgotten password, and the first start."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import STRANGER, operator
from balai.access.views import POST, by_method, public
from balai.accounts import actions
from balai.accounts.models import Account, OneTimeCode
from balai.accounts.rules import codes, own
from balai.accounts.views.guessing import may_try, note_failure
from balai.accounts.views.sitting import begin
from balai.base.errors import NotValid, Problem
from balai.base.words import Said, sentence

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OPERATOR = "persiapan"
UNKNOWN = sentence("Nama akun dan kode ini tidak cocok. Periksa keduanya; bila tetap tidak cocok, mintalah kode baru.")


@public()
def ask_invitation(request):
    return render(request, "accounts/invitation.html", {"typed": {}})


@public(methods=POST)
def accept_invitation(request):
    at = timezone.now()
    typed = {"akun": request.POST.get("akun", ""), "kode": codes.tidy(request.POST.get("kode", ""))}
    try:
        may_try(request, at)
        code = actions.try_code(
            by=STRANGER, at=at, username=typed["akun"], code_hash=codes.digest(typed["kode"], settings.SECRET_KEY)
        )
        if code is None or not code.account.is_active:
            note_failure(request)
            raise NotValid(UNKNOWN)
        account = actions.accept_invitation(by=own.oneself(code.account_id), at=at, code=code, password=_twice(request))
    except Problem as problem:
        return render(
            request,
            "accounts/invitation.html",
            {"typed": typed, "problem": Said(problem.message, problem.params)},
            status=problem.status,
        )
    _come_in(request, account, "invitation", at)
    return redirect("accounts:home")


invitation = by_method(get=ask_invitation, post=accept_invitation)


def _twice(request):
    password = request.POST.get("baru", "")
    if password != request.POST.get("ulang", ""):
        raise NotValid("Kedua kata sandi tidak sama. Tulis kata sandi yang sama dua kali.")
    return password


def _come_in(request, account, way, at):
    """A code is one factor: whoever has a second one is asked for it at the door."""
    if account.authenticator_set.exists():
        return
    request.session.flush()
    login(request, account, backend=BACKEND)
    begin(request, assurance=1)
    actions.note_sign_in(by=own.oneself(account.pk), at=at, account=account, way=way)


@public()
def ask_setup(request):
    _must_be_empty()
    return render(request, "accounts/setup.html", {"typed": {}})


@public(methods=POST)
def save_setup(request):
    _must_be_empty()
    at = timezone.now()
    typed = {name: request.POST.get(name, "") for name in ("kode", "nama", "akun")}
    try:
        may_try(request, at)
        account = actions.set_up(
            by=operator(OPERATOR), at=at, code=_setup_code(request, typed["kode"]), username=typed["akun"],
            name=typed["nama"], password=_twice(request),
        )  # fmt: skip
    except Problem as problem:
        return render(
            request,
            "accounts/setup.html",
            {"typed": typed, "problem": Said(problem.message, problem.params)},
            status=problem.status,
        )
    _come_in(request, account, "setup", at)
    return redirect("accounts:second_factor")


setup = by_method(get=ask_setup, post=save_setup)


def _must_be_empty():
    if Account.objects.exists():
        raise Http404


def _setup_code(request, typed):
    code = OneTimeCode.objects.filter(
        purpose=codes.Purpose.SETUP, code_hash=codes.digest(typed, settings.SECRET_KEY)
    ).first()
    if code is None:
        note_failure(request)
        raise NotValid("Kode persiapan ini tidak dikenal. Periksa lagi, atau jalankan “balai accounts setup-code”.")
    return code
