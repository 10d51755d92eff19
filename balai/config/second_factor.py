"""The second factor: allauth's, with sealed secrets, codes that work once, and a word about clocks that differ."""

import time

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as library
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.accounts.rules import clocks
from balai.vault.models import opened_text, sealed_text

PURPOSE = settings.SEALED_TEXTS[0][-1]


class Adapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya di ponsel Anda, lalu tulis keenam angkanya."),
    }

    def encrypt(self, text):
        return sealed_text(text, PURPOSE)

    def decrypt(self, encrypted_text):
        return opened_text(encrypted_text, PURPOSE)

    def get_totp_label(self, user):
        return user.username

    def generate_authenticator_name(self, user, type):  # noqa: A002  the library's name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Kunci sandi %(number)d") % {"number": number + 1}


def spent(account, code):
    """Whether the code was used before, by whichever worker; notes its use.

    allauth forgets a code after half a minute, but with its tolerance one code is good for a minute and a half.
    """
    key = f"second-factor:{account.pk}:{''.join(code.split())}"
    return not cache.add(key, "used", timeout=clocks.REMEMBERED.total_seconds())


def off_by(account, code):
    """How many minutes the telephone's clock differs, when the code would be right at another time; else None."""
    row = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if row is None:
        return None
    seed = opened_text(row.data["secret"], PURPOSE)
    return _off_by(seed, code, account)


def _off_by(seed, code, account):
    step = clocks.step_of(
        "".join(code.split()), lambda counter: format_hotp_value(hotp_value(seed, counter)),
        now=int(time.time()) // clocks.PERIOD,
    )  # fmt: skip
    if step is not None:
        spent(account, code)  # a code of the future must not work when its time comes: it has been shown around
    return None if step is None else clocks.minutes(step)


def skewed(minutes):
    if minutes > 0:
        return ValidationError(
            gettext("Jam ponsel Anda terlalu cepat sekitar %(minutes)d menit. Nyalakan waktu otomatis, lalu coba lagi.")
            % {"minutes": minutes}
        )
    return ValidationError(
        gettext("Jam ponsel Anda terlambat sekitar %(minutes)d menit. Nyalakan waktu otomatis, lalu coba lagi.")
        % {"minutes": -minutes}
    )


def _explained(wrong, off_by_now):
    """A wrong code, told with the clock's difference; when there were too many codes nothing more is looked at."""
    minutes = off_by_now() if wrong.code == "incorrect_code" else None
    return skewed(minutes) if minutes else wrong


class _OnceAndInTime:
    """Puts Balai's two questions around the library's: was the code used, and whose clock differs?"""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext("Kode enam angka")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self):
        try:
            code = super().clean_code()
        except ValidationError as wrong:
            raise _explained(wrong, lambda: off_by(self.user, self.cleaned_data["code"])) from wrong
        if self.authenticator.type == Authenticator.Type.TOTP and spent(self.user, code):
            raise ValidationError(gettext("Kode ini sudah dipakai. Tunggu kode berikutnya di ponsel Anda."))
        return code


class AuthenticateForm(_OnceAndInTime, library.AuthenticateForm):
    pass


class ReauthenticateForm(_OnceAndInTime, library.ReauthenticateForm):
    pass


class ActivateForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext("Kode enam angka dari aplikasi")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self):
        try:
            code = super().clean_code()
        except ValidationError as wrong:
            raise _explained(wrong, lambda: _off_by(self.secret, self.cleaned_data["code"], self.user)) from wrong
        spent(self.user, code)
        return code
