"""What allauth asks of Balai: who may come in, from which address, and what happens then."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as LibraryLoginForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from balai.accounts import actions
from balai.accounts.rules import lifetimes, own
from balai.accounts.views.guessing import address_of
from balai.accounts.views.sitting import begin


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Nama akun atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."),
        "too_many_login_attempts": _("Terlalu banyak kode yang keliru. Tunggu 15 menit, lalu coba lagi."),
        "rate_limited": _("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."),
        "incorrect_password": _("Kata sandi tidak cocok. Coba lagi."),
    }

    def get_client_ip(self, request):
        return address_of(request)

    def pre_authenticate(self, request, **credentials):
        """Tries at passwords are counted in config.locking."""

    def login(self, request, user):
        records = get_authentication_records(request, user)
        second = [one for one in records if one["method"] == "mfa"]
        super().login(request, user)
        begin(request, assurance=2 if second else 1)
        way = "+".join(dict.fromkeys(one.get("type", one["method"]) for one in records))
        actions.note_sign_in(by=own.oneself(user.pk), account=user, at=timezone.now(), way=way)

    def logout(self, request):
        actions.note_sign_out(by=own.oneself(request.user.pk), account=request.user, at=timezone.now())
        super().logout(request)

    def get_logout_redirect_url(self, request):
        return reverse("accounts:pin" if request.session.get("device") else "account_login")

    def get_login_redirect_url(self, request):
        return reverse("accounts:home")

    def is_reauthentication_required(self, *, app):
        began_at = parse_datetime(context.request.session.get("began_at", ""))
        return began_at is None or timezone.now() - began_at > lifetimes.FRESH


class LoginForm(LibraryLoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label, password.help_text = _("Nama akun"), _("Kata sandi"), ""
        name.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        password.widget.attrs = {"autocomplete": "current-password"}
