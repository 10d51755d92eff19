"""The report of an import: one line for everything that a person should look at."""

import csv
import os
import tempfile
from pathlib import Path

from django.utils.translation import gettext

from balai.base.errors import NotValid
from balai.intake.inputs.siga import REPORT_HEADINGS

RISKY = ("=", "+", "-", "@", "\t", "\r", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def _harmless(text):
    """Spreadsheets take such beginnings for formulas."""
    return f"'{text}" if text.startswith(RISKY) else text


def _said(said):
    sentence = gettext(said.message)
    return sentence % said.params if said.params else sentence


class Report:
    """Written beside its place under another name and moved there at the end, so that there is a whole report or the
    one that was there before. Opening it refuses a place that cannot be written before anything else happens."""

    def __init__(self, path):
        self.path = Path(path)
        try:
            if self.path.is_dir():
                raise IsADirectoryError(str(self.path))
            handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)
        except OSError as failure:
            raise NotValid(
                "Laporan %(path)s tidak dapat ditulis: %(why)s", path=path, why=failure.strerror or failure
            ) from None
        os.fchmod(handle, 0o644)
        self._temporary = Path(name)
        self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow(REPORT_HEADINGS)

    def add(self, remark):
        line = "" if remark.line is None else remark.line
        told = (remark.column, remark.value, remark.status, _said(remark.reason), _said(remark.remedy))
        self._rows.writerow([_harmless(remark.file), line, *map(_harmless, told)])

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if kind is None:
                os.replace(self._temporary, self.path)
        finally:
            self._file.close()
            self._temporary.unlink(missing_ok=True)
