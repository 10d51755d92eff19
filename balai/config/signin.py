"""Settings of sign-in: accounts, passwords, second factor, sessions, limits. `settings.py` takes those in capitals."""

import os

from balai.config.address import HTTPS

AUTH_USER_MODEL = "accounts.Account"

# After our own rooms: their templates come first.
apps = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

# Before the hats: they need the session and the account.
middleware = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

# How many proxies of our own stand before the server; only what they add to X-Forwarded-For is believed.
PROXIES = int(os.environ.get("BALAI_PROXIES", "0"))

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["balai.config.hashing.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email", "phone")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"

SESSION_ENGINE = "balai.accounts.models.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # the longest that any sign-in lasts; rules.lifetimes ends most of them earlier
DEVICE_COOKIE = "__Host-perangkat" if HTTPS else "perangkat"

ACCOUNT_ADAPTER = "balai.config.doorkeeper.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # nothing in the sign-in asks for an e-mail address
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {"login": "balai.config.doorkeeper.LoginForm"}
# Passwords are limited by django-axes (config.locking); these are for codes of the second factor.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/15m/key,30/d/key", "reauthenticate": "10/m/user"}

MFA_ADAPTER = "balai.config.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Balai"
MFA_TOTP_TOLERANCE = 1  # half a minute of difference between the clocks
MFA_FORMS = {
    "authenticate": "balai.config.second_factor.AuthenticateForm",
    "reauthenticate": "balai.config.second_factor.ReauthenticateForm",
    "activate_totp": "balai.config.second_factor.ActivateForm",
}
# (model, JSON column, names in it, purpose): `balai keys rotate` seals them anew.
SEALED_TEXTS = [
    ("mfa.Authenticator", "data", ("secret", "seed"), "second factor"),
    ("exports.Export", "secrets", ("password",), "export password"),
]

AXES_HANDLER = "balai.config.locking.Handler"
AXES_CLIENT_IP_CALLABLE = "balai.accounts.views.guessing.address_of"
AXES_USERNAME_CALLABLE = "balai.config.locking.kept_name"
AXES_LOCKOUT_CALLABLE = "balai.config.locking.locked"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a try while locked neither counts nor makes it longer
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
