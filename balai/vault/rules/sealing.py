"""Sealing as plain functions of keys and bytes. Sealed value: data key's id (4 bytes) | nonce (12) | AES-256-GCM.

Whoever copies a sealed value to another row or column, or changes a bit of it, gets an error and never a wrong text:
table, row and column are part of what is authenticated.
"""

import hashlib
import hmac
import re
import struct
from collections.abc import Callable, Iterable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from balai.base.errors import Refused

KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 4
TAG_LETTERS = 8  # of a key's fingerprint
BLIND_LETTERS = 64  # tag of the index key, then 56 hexadecimal digits (224 bits) of the HMAC
KEY_FILE = re.compile(r"[0-9a-f]{64}")


class CannotOpen(Refused):
    """A sealed value that its key does not open."""


def context(table: str, row_id: object, column: str) -> bytes:
    """What binds a sealed value to its place."""
    return f"{table}|{row_id}|{column}".encode()


def key_prefix(key_id: int) -> bytes:
    """First bytes of all values sealed under the key. Ids grow, so older values are smaller."""
    return struct.pack(">I", key_id)


def key_id_of(stored: bytes) -> int:
    if len(stored) < ID_BYTES + NONCE_BYTES:
        raise CannotOpen("Data tersegel ini terpotong dan tidak dapat dibuka. Kembalikan dari cadangan.")
    return int(struct.unpack(">I", stored[:ID_BYTES])[0])


def seal(text: str, *, key_id: int, key: bytes, place: bytes, nonce: bytes) -> bytes:
    """`nonce`: 12 fresh random bytes, never used twice with a key."""
    return sealer(key_id, key)(text, place, nonce)


def sealer(key_id: int, key: bytes) -> Callable[[str, bytes, bytes], bytes]:
    """Seals many texts, each at its place and with its nonce."""
    before, encrypt = key_prefix(key_id), AESGCM(key).encrypt
    return lambda text, place, nonce: before + nonce + encrypt(nonce, text.encode(), place)


def unseal(stored: bytes, *, key: bytes, place: bytes) -> str:
    nonce, closed = stored[ID_BYTES : ID_BYTES + NONCE_BYTES], stored[ID_BYTES + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, closed, place).decode()
    except InvalidTag as reason:
        raise CannotOpen(
            "Data tersegel ini tidak cocok dengan kunci atau tempatnya: berubah, tertukar, atau kuncinya lain. "
            "Jalankan “balai keys status”, lalu kembalikan baris atau kuncinya dari cadangan."
        ) from reason


def wrap(key: bytes, *, key_id: int, kek: bytes, nonce: bytes) -> bytes:
    """A data key, closed with the key-encrypting key."""
    return nonce + AESGCM(kek).encrypt(nonce, key, b"data key|%d" % key_id)


def unwrap(wrapped: bytes, *, key_id: int, kek: bytes) -> bytes:
    try:
        return AESGCM(kek).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], b"data key|%d" % key_id)
    except InvalidTag as reason:
        raise CannotOpen(
            "Kunci data nomor %(number)d rusak. Kembalikan basis data dari cadangan yang utuh.", number=key_id
        ) from reason


def fingerprint(key: bytes) -> str:
    """Names a key without telling anything of it."""
    return hmac.new(key, b"balai: name of this key", hashlib.sha256).hexdigest()[:TAG_LETTERS]


def blind_of(number: str, index_key: bytes) -> str:
    """By which an exact number is found again; worthless without the index key."""
    return blinds_of([number], index_key)[0]


def blinds_of(numbers: Iterable[str], index_key: bytes) -> list[str]:
    """Of each of many numbers."""
    tag = fingerprint(index_key)
    return [(tag + hmac.digest(index_key, one.encode(), "sha256").hex())[:BLIND_LETTERS] for one in numbers]


def derived(key: bytes, text: str) -> bytes:
    """64 bytes that only holders of the key work out from the text, the same every time."""
    return hmac.digest(key, b"balai: derived|" + text.encode(), "sha512")


def key_from(written: str) -> bytes | None:
    """The key in a key file's text, or None when the text is no key."""
    text = written.strip()
    return bytes.fromhex(text) if KEY_FILE.fullmatch(text) else None


def choose(keys: Mapping[str, bytes], wanted: str) -> bytes:
    """The key with that fingerprint, or CannotOpen with what to do."""
    if wanted not in keys:
        raise CannotOpen(
            "Kunci pembungkus %(wanted)s tidak ada di folder kunci, sehingga data tersegel tidak dapat dibuka. "
            "Kembalikan folder “keys” dari cadangan kunci.",
            wanted=wanted,
        )
    return keys[wanted]
