"""The keys of this process, and sealing with them. The only place that opens the folder of keys and draws nonces."""

import base64
import secrets
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from balai.access.models.trail import ADD_AND_CHANGE
from balai.base.errors import Refused
from balai.vault import rules

TEXT = "v1."  # opens a sealed text that stands in a text column


class KeysMissing(Refused):
    """There is no usable key in the folder of keys."""


class DataKey(models.Model):
    """A key that seals values, itself wrapped by the key-encrypting key named `kek`. The newest one seals."""

    id = models.PositiveIntegerField(primary_key=True)
    wrapped = models.BinaryField()
    kek = models.CharField(max_length=rules.TAG_LETTERS)
    made_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)

    app_may = ADD_AND_CHANGE  # a key that is gone closes for ever what it sealed


class _Files:
    """Key files `kek*` and `index*`, read again when the folder changes: another process may have changed a key."""

    def __init__(self):
        self._seen, self._keys = None, {}

    def forget(self):
        self._seen = None

    def __call__(self, kind):
        """Keys of a kind by their fingerprints, the one in force first."""
        folder = Path(settings.KEYS)
        seen = (folder, folder.stat().st_mtime_ns) if folder.is_dir() else None
        if seen != self._seen:
            self._keys = {each: _read(folder, each) for each in ("kek", "index")}
            self._seen = seen
        if seen is None or not self._keys[kind]:
            raise KeysMissing(
                "Kunci “%(kind)s” tidak ada atau rusak di %(folder)s. Kembalikan folder “keys” dari cadangan kunci; "
                "pada pemasangan baru jalankan “balai init”.",
                kind=kind, folder=folder,
            )  # fmt: skip
        return self._keys[kind]


def _read(folder, kind):
    paths = [folder / kind, *sorted(folder.glob(f"{kind}-*"))]
    keys = [rules.key_from(path.read_text()) for path in paths if path.is_file()]
    if not (folder / kind).is_file() or None in keys:
        return {}
    return {rules.fingerprint(key): key for key in keys}


key_files = _Files()
_opened = {}  # (id, wrapped) of a data key -> the key itself
_known = {}  # id -> (id, wrapped), as this process last saw it


class Keyring:
    """Seals under the newest data key as of its making; make a new one for each batch."""

    def __init__(self, number, key):
        self.number, self._key = number, key

    def sealed(self, text, row_id, table, column):
        return self._closed(text, rules.context(table, row_id, column))

    def sealed_all(self, texts, table, column):
        """Of {row's id: text}, in that order; the nonces are drawn at once."""
        drawn = secrets.token_bytes(rules.NONCE_BYTES * len(texts))
        nonces = (drawn[start : start + rules.NONCE_BYTES] for start in range(0, len(drawn), rules.NONCE_BYTES))
        seal = rules.sealer(self.number, self._key)
        return [
            seal(text, rules.context(table, row_id, column), nonce)
            for (row_id, text), nonce in zip(texts.items(), nonces, strict=True)
        ]

    def sealed_text(self, text, purpose):
        closed = self._closed(text, rules.context("text", "", purpose))
        return TEXT + base64.urlsafe_b64encode(closed).decode()

    def _closed(self, text, place):
        nonce = secrets.token_bytes(rules.NONCE_BYTES)
        return rules.seal(text, key_id=self.number, key=self._key, place=place, nonce=nonce)


def keyring():
    row = DataKey.objects.order_by("-id").first() or _first_key()
    return Keyring(row.id, _key(row.id, bytes(row.wrapped), row.kek))


def new_data_key(number):
    """A data key not yet saved, wrapped by the key-encrypting key in force."""
    name, kek = next(iter(key_files("kek").items()))
    key, nonce = secrets.token_bytes(rules.KEY_BYTES), secrets.token_bytes(rules.NONCE_BYTES)
    return DataKey(id=number, wrapped=rules.wrap(key, key_id=number, kek=kek, nonce=nonce), kek=name)


def wrap_again(row):
    """The data key wrapped by the key-encrypting key in force; not yet saved."""
    keys, key = key_files("kek"), _key(row.id, bytes(row.wrapped), row.kek)
    row.kek, nonce = next(iter(keys)), secrets.token_bytes(rules.NONCE_BYTES)
    row.wrapped = rules.wrap(key, key_id=row.id, kek=keys[row.kek], nonce=nonce)
    return row


def opens_data_key(row):
    """Whether the key files that are here unwrap it."""
    try:
        rules.unwrap(bytes(row.wrapped), key_id=row.id, kek=rules.choose(key_files("kek"), row.kek))
    except Refused:
        return False
    return True


def _first_key():
    made = new_data_key(1)
    row, _new = DataKey.objects.get_or_create(id=1, defaults={"wrapped": made.wrapped, "kek": made.kek})
    return row


def _key(number, wrapped, kek):
    if (number, wrapped) not in _opened:
        _opened[number, wrapped] = rules.unwrap(wrapped, key_id=number, kek=rules.choose(key_files("kek"), kek))
    _known[number] = (number, wrapped)
    return _opened[number, wrapped]


def _key_from_database(number):
    row = DataKey.objects.filter(id=number).first()
    if row is None:
        raise rules.CannotOpen(
            "Kunci data nomor %(number)d tidak dikenal basis data ini. Kembalikan basis data dari cadangan yang utuh.",
            number=number,
        )
    return _key(number, bytes(row.wrapped), row.kek)


def _open(stored, place):
    number = rules.key_id_of(stored)
    if number in _known:
        remembered = _known[number]
        try:
            return rules.unseal(stored, key=_opened[remembered], place=place)
        except rules.CannotOpen:
            pass  # perhaps only our memory is old: a restored database has other keys under the same numbers
    return rules.unseal(stored, key=_key_from_database(number), place=place)


def sealed(text, row_id, table, column):
    """The text, to be stored in this column of this row."""
    return keyring().sealed(text, row_id, table, column)


def opened(stored, row_id, table, column):
    """The text behind a sealed value; CannotOpen when it was changed, moved, or its key is not here."""
    return _open(bytes(stored), rules.context(table, row_id, column))


def sealed_text(text, purpose):
    """For a text column without a row of its own to be bound to, such as the seed of a code generator."""
    return keyring().sealed_text(text, purpose)


def opened_text(stored, purpose):
    if not stored.startswith(TEXT):
        raise rules.CannotOpen("Rahasia ini belum tersegel. Buat faktor kedua yang baru untuk akun ini.")
    return _open(base64.urlsafe_b64decode(stored.removeprefix(TEXT)), rules.context("text", "", purpose))


def text_is_behind(stored, number):
    """Whether a sealed text was sealed by an older data key than that one."""
    return stored.startswith(TEXT) and rules.key_id_of(base64.urlsafe_b64decode(stored.removeprefix(TEXT))) < number


def blind(number):
    """What to store beside a sealed number: its hash under the index key in force."""
    return rules.blind_of(rules.canonical(number), next(iter(key_files("index").values())))


def blind_all(texts):
    """What to store beside each of many canonical numbers, or texts that are found as they stand."""
    return rules.blinds_of(texts, next(iter(key_files("index").values())))


def blinds(number):
    """What to look for: the hash under each index key that rows may still carry. Use with `__in`."""
    known = rules.canonical(number)
    return [rules.blind_of(known, key) for key in key_files("index").values()]


def blinds_all(numbers):
    """{what to look for: the number} of many, under each index key that rows may still carry."""
    numbers = list(numbers)
    known = list(map(rules.canonical, numbers))
    keys = key_files("index").values()
    return {found: number for key in keys for number, found in zip(numbers, rules.blinds_of(known, key), strict=True)}


def text_blinds(texts):
    """{what to look for: the text}, as `blinds_all` for texts that are no numbers."""
    texts, keys = list(texts), key_files("index").values()
    return {found: text for key in keys for text, found in zip(texts, rules.blinds_of(texts, key), strict=True)}


def derived(text):
    """Bytes that nobody works out who does not have the index key in force."""
    return rules.derived(next(iter(key_files("index").values())), text)
