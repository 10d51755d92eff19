"""Telephones with a PIN: enrolling, signing in and changing over on them, and what an officer does about them."""

import secrets

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import POST, by_method, door, found, public
from balai.accounts import actions
from balai.accounts.models import Device, Enrolment, OneTimeCode
from balai.accounts.models.people import people_of
from balai.accounts.rules import codes, own, pins
from balai.accounts.views.guessing import hashed_name, may_try, note_failure
from balai.accounts.views.sitting import begin
from balai.base.errors import NotValid, Problem, Refused
from balai.base.words import Said

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COOKIE_LIFE = int(pins.DEVICE_LIFE.total_seconds())


def token_of(request):
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind == "Bearer" else request.COOKIES.get(settings.DEVICE_COOKIE, "")


def people_on(request, at):
    """Those who may sign in on this device."""
    token = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    if not token:
        return Enrolment.objects.none()
    return Enrolment.objects.live(at).filter(device__in=Device.objects.live(at).holding(token)).order_by("made_at")


@public()
def ask_code(request):
    return render(request, "accounts/enrol.html", {"digits": pins.DIGITS})


@public(methods=POST)
def save_device(request):
    at = timezone.now()
    typed = codes.tidy(request.POST.get("kode", ""))
    try:
        may_try(request, at)
        code = _device_code(request, typed, at)
        pin = request.POST.get("pin", "")
        if pin != request.POST.get("ulang", ""):
            raise NotValid("Kedua PIN tidak sama. Tulis PIN yang sama dua kali.")
        token = request.COOKIES.get(settings.DEVICE_COOKIE, "")
        if not Device.objects.live(at).holding(token).exists():
            token = secrets.token_urlsafe(32)
        agent = request.headers.get("User-Agent", "")
        enrolment = actions.enrol(by=own.oneself(code.account_id), at=at, code=code, pin=pin, token=token, agent=agent)
    except Problem as problem:
        known = {"digits": pins.DIGITS, "problem": Said(problem.message, problem.params), "typed": typed}
        return render(request, "accounts/enrol.html", known, status=problem.status)
    response = redirect("accounts:pin")
    remember(response, token)
    _sit_down(request, enrolment)
    return response


enrol = by_method(get=ask_code, post=save_device)


def _device_code(request, typed, at):
    row = (
        OneTimeCode.objects.filter(
            purpose=codes.Purpose.DEVICE, code_hash=codes.digest(typed, settings.SECRET_KEY)
        )
        .select_related("account")
        .first()
    )  # fmt: skip
    if row is None or not row.account.is_active:
        note_failure(request)
        raise NotValid("Kode ini tidak dikenal. Periksa lagi hurufnya, atau mintalah kode baru kepada petugas.")
    return row


def remember(response, token):
    response.set_cookie(
        settings.DEVICE_COOKIE, token, max_age=COOKIE_LIFE, httponly=True, secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )  # fmt: skip


def _sit_down(request, enrolment):
    """The former person's session ends with its key; nothing of it is left to the next one."""
    request.session.flush()
    login(request, enrolment.account, backend=BACKEND)
    begin(request, assurance=2, device=enrolment.device_id)


@public()
def ask_pin(request):
    return _pin_page(request, timezone.now())


@public(methods=POST)
def check_pin(request):
    at = timezone.now()
    chosen = request.POST.get("siapa", "")
    enrolment = next((one for one in people_on(request, at) if str(one.pk) == chosen), None)
    if enrolment is None:
        return _pin_page(request, at, Refused("Pilih nama Anda dahulu, lalu tulis PIN Anda."))
    if actions.try_pin(
        by=own.oneself(enrolment.account_id), at=at, enrolment=enrolment, pin=request.POST.get("pin", "")
    ):
        _sit_down(request, enrolment)
        response = redirect("accounts:home")
        remember(response, request.COOKIES[settings.DEVICE_COOKIE])
        return response
    enrolment.refresh_from_db(fields=["wrong"])
    left = pins.TRIES - enrolment.wrong
    problem = (
        NotValid("PIN tidak cocok. Sisa percobaan: %(left)d.", left=left)
        if left > 0
        else Refused("PIN %(who)s terkunci setelah lima kali keliru. Temui petugas desa atau PKB untuk membukanya.",
                     who=enrolment.account.first_name)
    )  # fmt: skip
    return _pin_page(request, at, problem, chosen)


pin = by_method(get=ask_pin, post=check_pin)


def _pin_page(request, at, problem=None, chosen=""):
    people = list(people_on(request, at))
    known = {
        "people": people, "problem": problem and Said(problem.message, problem.params), "digits": pins.DIGITS,
        "chosen": chosen or (str(people[0].pk) if len(people) == 1 else ""),
    }  # fmt: skip
    return render(request, "accounts/pin.html", known, status=problem.status if problem else 200)


@public()
def device_status(request):
    """Whether a device may go on, for the application on it: {"ok": true}, or {"wipe": true} when it must forget."""
    token = token_of(request)
    if not token:
        return JsonResponse({"wipe": False, "ok": False}, status=401)
    at = timezone.now()
    device = Device.objects.live(at).holding(token).first()
    alive = device is not None and Enrolment.objects.live(at).filter(device=device).exists()
    response = JsonResponse({"ok": True} if alive else {"wipe": True})
    response.headers["Cache-Control"] = "no-store, private"
    return response


@door(Permission.ACCOUNT_VIEW)
def devices(request, pk):
    return _devices_page(request, _person(request, pk))


@door(Permission.DEVICE_ENROL, methods=POST)
def new_code(request, pk):
    """The code is shown on this answer and nowhere else."""
    person = _person(request, pk)
    code = codes.drawn(secrets.choice)
    made = actions.invite_device(
        by=request.actor, at=timezone.now(), account=person, code_hash=codes.digest(code, settings.SECRET_KEY)
    )
    return _devices_page(request, person, code=codes.shown(code), made=made)


def _devices_page(request, person, **known):
    enrolments = Enrolment.objects.filter(account=person, revoked_at=None).select_related("device").order_by("made_at")
    may = request.actor.may
    known |= {
        "person": person, "enrolments": enrolments, "may_enrol": may(Permission.DEVICE_ENROL),
        "may_manage": may(Permission.ACCOUNT_MANAGE), "may_reset": may(Permission.FACTOR_RESET),
        "where": request.build_absolute_uri(reverse("accounts:enrol")),
        "back": reverse("staff:person", args=[person.pk]),
    }  # fmt: skip
    return render(request, "accounts/devices.html", known)


@door(Permission.DEVICE_ENROL, methods=POST)
def unlock(request, pk):
    return _done(request, pk, actions.unlock_pin)


@door(Permission.DEVICE_ENROL, methods=POST)
def revoke(request, pk):
    return _done(request, pk, actions.revoke)


@door(Permission.DEVICE_ENROL, methods=POST)
def lost(request, pk):
    return _done(request, pk, actions.revoke_device)


def _done(request, pk, action):
    """The address names the person; the form, which of the person's devices."""
    person = _person(request, pk)
    held = {str(one.pk): one for one in Enrolment.objects.filter(account=person, revoked_at=None)}
    enrolment = held.get(request.POST.get("perangkat", ""))
    if enrolment is None:
        raise Http404
    action(by=request.actor, at=timezone.now(), enrolment=enrolment)
    return redirect("accounts:devices", pk=pk)


@door(Permission.ACCOUNT_MANAGE, methods=POST)
def unlock_account(request, pk):
    person = _person(request, pk)
    actions.unlock(by=request.actor, at=timezone.now(), account=person, kept_name=hashed_name(person.username))
    return _devices_page(request, person, unlocked=True)


@door(Permission.FACTOR_RESET, methods=POST)
def factor(request, pk):
    person = _person(request, pk)
    reason = request.POST.get("alasan", "")
    actions.reset_second_factor(by=request.actor, at=timezone.now(), account=person, reason=reason)
    return _devices_page(request, person, reset=True)


def _person(request, pk):
    return found(people_of(request.actor, timezone.localdate()), pk=pk)
