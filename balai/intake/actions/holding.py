"""Rows that were not applied, on their way into the database and into the report."""

from hashlib import blake2b

from balai.intake.inputs.held import REFUSED, WAITING
from balai.intake.models import HeldRow

CHUNK = 1000
LENGTHS = {name: HeldRow._meta.get_field(name).max_length for name in ("file", "column", "reason", "remedy")}


class Holder:
    """Takes every remark: all go to the report, refused and waiting rows are kept as they came. `digest` tells whether
    an earlier import held the very same rows."""

    def __init__(self, batch, report):
        self._batch, self._report = batch, report
        self._waiting = []
        self._digest = blake2b(digest_size=16)

    def __call__(self, remark):
        self._report.add(remark)
        if remark.status not in (REFUSED, WAITING):
            return
        row = self._held(remark)
        self._waiting.append(row)
        self._digest.update(repr((row.status, row.file, row.line, row.column, row.reason, row.row)).encode())
        if len(self._waiting) >= CHUNK:
            self.flush()

    def _held(self, remark):
        texts = {
            "file": remark.file,
            "column": remark.column,
            "reason": str(remark.reason),
            "remedy": str(remark.remedy),
        }
        return HeldRow(
            batch=self._batch,
            status=remark.status,
            line=remark.line or 0,
            row=remark.row,
            **{name: text.replace("\0", "")[: LENGTHS[name]] for name, text in texts.items()},
        )

    def flush(self):
        HeldRow.objects.bulk_create(self._waiting)
        self._waiting = []

    @property
    def digest(self):
        return self._digest.hexdigest()
