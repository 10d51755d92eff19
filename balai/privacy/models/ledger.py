"""Who was erased, as keyed hashes: in the database, and in a file outside of it that no restore of the database undoes.

A restored backup holds erased persons again; `balai privacy replay` finds them by these hashes (docs/adr/0018).
"""

import json
import os
from datetime import datetime
from uuid import UUID

from django.db import models

from balai.vault.models import key_files
from balai.vault.rules import TAG_LETTERS, blind_of

PURPOSE = "erased person "  # so that no hash here is that of an identity number


class Erased(models.Model):
    """One erased person: worthless to whoever lacks the index key."""

    digest = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField()
    request = models.UUIDField(null=True)


def digest(person_id):
    """The hash under the index key in force."""
    return blind_of(f"{PURPOSE}{person_id}", next(iter(key_files("index").values())))


def digests(person_id, tags):
    """The hashes under each of the index keys of those fingerprints."""
    return [blind_of(f"{PURPOSE}{person_id}", key) for tag, key in key_files("index").items() if tag in tags]


def tag_of(written):
    """The fingerprint of the index key that a hash was made with."""
    return written[:TAG_LETTERS]


class Ledger:
    """The file: one JSON object a line, only ever added to."""

    def __init__(self, path):
        self.path = path

    def rows(self):
        if not self.path.exists():
            return []
        return [_row(line) for line in self.path.read_text(encoding="utf-8").splitlines() if line.strip()]

    def add(self, rows):
        """Adds what the file lacks, and is on the disk when this returns."""
        known = {row.digest for row in self.rows()}
        missing = [row for row in rows if row.digest not in known]
        if not missing:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.path.open("a", encoding="utf-8") as file:
            os.fchmod(file.fileno(), 0o600)
            file.writelines(_line(row) for row in missing)
            file.flush()
            os.fsync(file.fileno())


def _line(row):
    told = {"digest": row.digest, "at": row.at.isoformat(), "request": str(row.request) if row.request else None}
    return json.dumps(told) + "\n"


def _row(line):
    told = json.loads(line)
    request = UUID(told["request"]) if told["request"] else None
    return Erased(digest=told["digest"], at=datetime.fromisoformat(told["at"]), request=request)
