"""Settings of the test suite: a state folder of its own, plain static files; DATABASE_URL comes from tests.postgres."""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="balai-test-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["BALAI_HOME"] = HOME
os.makedirs(os.path.join(HOME, "static"))  # whitenoise warns when it is missing

from balai.config import keys  # noqa: E402  the folder comes first
from balai.config.settings import *  # noqa: E402, F403

keys.make(KEYS, (keys.SECRET_KEY, *keys.VAULT))  # noqa: F405
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": DATABASES["default"]}  # noqa: F405
    DATABASES["default"]["OPTIONS"].pop("assume_role")  # the suite makes tables; tests take the app's role by as_app
else:
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(HOME, "test.sqlite3")}  # noqa: F405
