"""Puts a new key in force and keeps the old one beside it: rows, and copies of the database, may still need it."""

import os

from balai.base.private_files import settle, write_private
from balai.vault.models import key_files
from balai.vault.rules import fingerprint


def exchange(folder, kind, key):
    """The file `kind` holds `key`; the key before it lies in `kind-<fingerprint>`. At no moment is one missing."""
    name, old = next(iter(key_files(kind).items()))
    kept, fresh = folder / f"{kind}-{name}", folder / f"{kind}.new"
    if not kept.exists():
        write_private(kept, old.hex())
    fresh.unlink(missing_ok=True)  # from an attempt that was cut off before it took force
    write_private(fresh, key.hex())
    os.replace(fresh, folder / kind)
    settle(folder)
    key_files.forget()
    return fingerprint(key)
