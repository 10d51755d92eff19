"""All settings. State lives in the folder BALAI_HOME (default var/); DATABASE_URL switches to PostgreSQL."""

import os
import secrets
from pathlib import Path

from balai.config import address, keys, logs, postgres, signin, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("BALAI_HOME", "var")).resolve()
DEBUG = False

KEYS = HOME / "keys"
SECRET_KEY_FILE = KEYS / keys.SECRET_KEY
# Before `balai init` has made the key, commands may run but nothing signed survives the process.
SECRET_KEY = SECRET_KEY_FILE.read_text().strip() if SECRET_KEY_FILE.exists() else secrets.token_urlsafe(50)

# The public address turns on https; without it Balai speaks plain http to its own machine alone.
ADDRESS, HTTPS = address.ADDRESS, address.HTTPS
ALLOWED_HOSTS = [
    host for host in (*os.environ.get("BALAI_HOSTS", "localhost,127.0.0.1,[::1]").split(","), address.HOST) if host
]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "balai.access",
    "balai.vault",
    "balai.regions",
    "balai.accounts",
    "balai.staff",
    "balai.villages",
    "balai.facilities",
    "balai.indicators",
    "balai.families",
    "balai.identity",
    "balai.survey",
    "balai.aid",
    "balai.measurements",
    "balai.events",
    "balai.quality",
    "balai.classification",
    "balai.privacy",
    "balai.intake",
    "balai.rosters",
    "balai.exports",
    "balai.scorecards",
    "balai.reports",
    "balai.config",
    *signin.apps,
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "balai.config.headers.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "balai.config.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    *signin.middleware,
    "balai.config.middleware.hats",
    "balai.config.middleware.doors",
    "balai.config.middleware.refusals",
]

ROOT_URLCONF = "balai.config.urls"
WSGI_APPLICATION = "balai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "balai.config.headers.page",
                "balai.config.menu.menu",
            ],
        },
    }
]

if os.environ.get("DATABASE_URL"):  # pragma: no cover  the suite's run on PostgreSQL goes here
    DATABASES = postgres.databases(os.environ["DATABASE_URL"], os.environ.get("BALAI_OWNER_URL", ""))
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "balai.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": sqlite.durable_settings(sqlite.VERSION),
            },
        }
    }
DATABASE_ROUTERS = ["balai.config.routing.OwnedByMigrations"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
EXPORTS = HOME / "exports"  # files that wait a day for whoever asked; never part of a backup

# Outside the database, so that no restore brings erased persons back; keep it with the backups of the keys.
ERASURE_LEDGER = HOME / "ledger" / "erased.jsonl"
# Whom to ask about personal data (UU 27/2022, article 53): shown on the page of processing.
DATA_PROTECTION_CONTACT = os.environ.get("BALAI_CONTACT", "")

# Used codes and limits must hold for all workers, so the cache is a table. Public figures are counted anew by each.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "balai_cache"},
    "figures": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},  # nosemgrep: b19-cache-of-one-process
}

# Long work waits in a table for `balai worker` (docs/adr/0020).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [ADDRESS] if HTTPS else []
CSRF_FAILURE_VIEW = "balai.config.errors.forged"
SESSION_COOKIE_NAME = "__Host-sesi" if HTTPS else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# What other rooms tell on the page of a family, in this order (families/views/panels.py).
FAMILY_PANELS: list[str] = [
    "balai.quality.views.panel.panel",
    "balai.events.views.panel.panel",
    "balai.identity.views.panel.panel",
    "balai.survey.views.panel.members",
    "balai.survey.views.panel.planning",
    "balai.survey.views.panel.development",
    "balai.survey.views.panel.housing",
    "balai.measurements.views.panel.panel",
    "balai.aid.views.panel.received",
    "balai.aid.views.panel.listed",
]

LOGGING = logs.LOGGING

# (model, JSON column, names in it, purpose): sealed texts in tables of others; `balai keys rotate` seals them anew too.
SEALED_TEXTS = []

globals().update({name: value for name, value in vars(signin).items() if name.isupper()})
