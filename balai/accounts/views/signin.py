"""Signing in and out and the second factor: allauth's views, one by one, each behind a door."""

from functools import wraps

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.shortcuts import redirect
from django.utils import timezone

from balai.access.views import POST, by_method, door, public
from balai.accounts import actions
from balai.accounts.rules import own
from balai.base.errors import NotAllowed


def behind(hang, view):
    """A library's view for both methods, each behind a door of its own."""
    return by_method(get=hang()(view), post=hang(methods=POST)(view))


def settling(methods=None):
    return door(settling=True, **({"methods": methods} if methods else {}))


class SignIn(account_views.LoginView):
    def get_context_data(self, **kwargs):
        known = super().get_context_data(**kwargs)
        known["ended"] = self.request.session.pop("ended", "")
        known["device"] = settings.DEVICE_COOKIE in self.request.COOKIES
        return known


class PasskeySignIn(webauthn_views.LoginWebAuthnView):
    def form_invalid(self, form):
        self.request.session["ended"] = "passkey"
        return redirect("account_login")


class AddPasskey(webauthn_views.AddWebAuthnView):
    """Always one that asks for the finger or the PIN of its device, so that it can also sign in by itself."""

    def get_context_data(self, **kwargs):
        known = super().get_context_data(**kwargs)
        known["js_data"] = {"creation_options": webauthn.begin_registration(self.request.user, True)}
        return known


def at_a_desk(view):
    """Second factors are kept from PIN sessions, and from sessions that never showed the factor that there is."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        if request.session.get("device"):
            raise NotAllowed("Perangkat dengan PIN tidak memerlukan faktor kedua. Masuklah dengan kata sandi dahulu.")
        if factors(request).exists() and request.actor.assurance < 2:
            raise NotAllowed("Akun ini sudah punya faktor kedua. Keluar, lalu masuk lagi dengan faktor kedua itu.")
        return view(request, *args, **kwargs)

    return kept


def factors(request):
    return Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def raising(view):
    """Whoever sets up a second factor has shown it: the session rises, under a new key, and the trail knows."""

    @wraps(view)
    def noted(request, *args, **kwargs):
        before = set(factors(request).values_list("pk", flat=True))
        response = view(request, *args, **kwargs)
        now = set(factors(request).values_list("pk", flat=True))
        if now == before:
            return response
        if now > before:
            request.session["assurance"] = 2
            request.session.cycle_key()
        actions.note_second_factor(
            by=own.oneself(request.user.pk), at=timezone.now(), account=request.user,
            change="added" if now > before else "removed",
        )  # fmt: skip
        return response

    return noted


def not_the_last(view):
    """A role that needs a second factor keeps one: the new one first, then away with the old."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        if factors(request).count() < 2 and any(hat.role.second_factor for hat in request.hats):
            raise NotAllowed("Ini faktor kedua Anda yang terakhir. Tambahkan yang baru dahulu, lalu hapus yang ini.")
        return view(request, *args, **kwargs)

    return kept


@door(settling=True)
def all_factors(request):
    return redirect("accounts:second_factor")


sign_in = behind(public, SignIn.as_view())
passkey_sign_in = behind(public, PasskeySignIn.as_view())
second_step = behind(public, mfa_views.authenticate)
suspended = public()(account_views.account_inactive)
sign_out = behind(public, account_views.logout)
again = behind(settling, account_views.reauthenticate)
again_by_code = behind(settling, mfa_views.reauthenticate)
again_by_passkey = behind(settling, webauthn_views.reauthenticate_webauthn)
add_generator = behind(settling, at_a_desk(raising(totp_views.activate_totp)))
remove_generator = behind(settling, at_a_desk(not_the_last(raising(totp_views.deactivate_totp))))
add_passkey = behind(settling, at_a_desk(raising(AddPasskey.as_view())))
remove_passkey = behind(settling, at_a_desk(not_the_last(raising(webauthn_views.remove_webauthn))))
recovery_codes = behind(settling, at_a_desk(recovery_views.view_recovery_codes))
new_recovery_codes = behind(settling, at_a_desk(recovery_views.generate_recovery_codes))
