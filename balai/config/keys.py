"""Makes the keys of an installation: each once, readable by the owner alone, never overwritten."""

import secrets

from balai.base.private_files import settle, write_private

SECRET_KEY, KEK, INDEX = "secret_key", "kek", "index"
VAULT = (KEK, INDEX)


def make(folder, names):
    """Writes those of the key files that are not there yet."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in names:
        if not (folder / name).exists():
            write_private(folder / name, secrets.token_urlsafe(50) if name == SECRET_KEY else secrets.token_hex(32))
    settle(folder)
