"""Log lines: to stderr, each with the number of its request, without numbers of persons, secrets or query strings.

What is logged is masked as a whole, traceback included, at the last moment: whoever writes a log line need not think.
"""

import logging
import re
from contextvars import ContextVar

request_number = ContextVar("request_number", default="-")

# A NIK or KK number (16 digits), a NIP (18) and what lies between, written together or in groups.
LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .\u00a0-]?\d){15,17}(?!\d)")
QUERY = re.compile(r"\?[^\s\"'<>?]*=[^\s\"'<>]*")
SECRET = re.compile(
    r"""(?ix)((?:password|passwd|sandi|token|secret|rahasia|cookie|authorization|credential|session|csrf)\w{0,20}
        |\b(?:pin|otp|kode|code|username|seed)) (["']?\s{0,3}[=:]\s{0,3})
        (?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|bearer\s+\S+|[^\s,;)}\]]+)"""
)
OF_A_DATABASE = re.compile(r"(\w://[^\s:/@]{1,60}):[^\s@]{1,200}@")
ROW = re.compile(r"(?m)^(DETAIL: ).*$")  # PostgreSQL repeats the whole row that broke a rule
LETTERS = re.compile(r"(?<![\w/+=-])[\w+=-]{40,}(?![\w/+=-])")  # keys, session ids, one-time codes; a UUID is shorter


def masked(text):
    text = LONG_NUMBER.sub("…", text)
    text = QUERY.sub("?…", text)
    text = SECRET.sub(r"\1\2…", text)
    text = OF_A_DATABASE.sub(r"\1:…@", text)
    text = ROW.sub(r"\1…", text)
    return LETTERS.sub("…", text)


class Masked(logging.Formatter):
    def format(self, record):
        record.request_number = request_number.get()
        return masked(super().format(record))


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "masked": {
            "()": Masked,
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_number)s] %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers would write past the mask.
    "loggers": {
        **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
        # who went past the walls, and why: known ways, no alarm
        "balai.access.models.scoped": {"handlers": [], "level": "INFO"},
    },
}
