"""All settings. State lives in the folder BALAI_HOME (default var/); DATABASE_URL switches to PostgreSQL."""

import os
import secrets
from pathlib import Path

import dj_database_url

from balai.config import keys, signin, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("BALAI_HOME", "var")).resolve()
DEBUG = False

KEYS = HOME / "keys"
SECRET_KEY_FILE = KEYS / keys.SECRET_KEY
# Before `balai init` has made the key, commands may run but nothing signed survives the process.
SECRET_KEY = SECRET_KEY_FILE.read_text().strip() if SECRET_KEY_FILE.exists() else secrets.token_urlsafe(50)

ALLOWED_HOSTS = os.environ.get("BALAI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "balai.access",
    "balai.vault",
    "balai.regions",
    "balai.accounts",
    "balai.villages",
    "balai.families",
    "balai.classification",
    "balai.privacy",
    "balai.intake",
    "balai.reports",
    *signin.apps,
]

MIDDLEWARE = [
    "balai.config.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "balai.config.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    *signin.middleware,
    "balai.config.middleware.hats",
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
            ],
        },
    }
]

if os.environ.get("DATABASE_URL"):  # pragma: no cover  the suite's run on PostgreSQL goes here
    DATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}
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

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

globals().update({name: value for name, value in vars(signin).items() if name.isupper()})
