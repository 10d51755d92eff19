"""Sealing to the letter: a changed byte of the form would lose what was sealed yesterday."""

import hashlib
import hmac
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from balai.base.errors import NotValid
from balai.vault.models import (
    BlindField,
    CannotOpen,
    Health,
    SealedField,
    opened_text,
)
from balai.vault.rules import (
    blind_of,
    canonical,
    choose,
    context,
    fingerprint,
    key_id_of,
    key_prefix,
    masked,
    seal,
    unseal,
    unwrap,
    wrap,
)
from tests.vault.conftest import nik

KEY, KEK, NONCE = bytes(range(32)), bytes(range(32, 64)), bytes(range(12))
ROW = uuid.UUID(int=7)
CUT = "Data tersegel ini terpotong dan tidak dapat dibuka. Kembalikan dari cadangan."
CLOSED = (
    "Data tersegel ini tidak cocok dengan kunci atau tempatnya: berubah, tertukar, atau kuncinya lain. "
    "Jalankan “balai keys status”, lalu kembalikan baris atau kuncinya dari cadangan."
)
SPOILED = "Kunci data nomor 5 rusak. Kembalikan basis data dari cadangan yang utuh."
NO_KEK = (
    "Kunci pembungkus abcd tidak ada di folder kunci, sehingga data tersegel tidak dapat dibuka. "
    "Kembalikan folder “keys” dari cadangan kunci."
)
PLAIN = "Rahasia ini belum tersegel. Buat faktor kedua yang baru untuk akun ini."


def mac(key, text):
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def test_a_sealed_value_is_its_key_s_number_the_nonce_and_the_closed_text():
    assert context("t", ROW, "c") == b"t|00000000-0000-0000-0000-000000000007|c"
    assert key_prefix(258) == b"\0\0\1\2"
    assert key_id_of(key_prefix(2**32 - 1) + bytes(12)) == 2**32 - 1
    closed = seal("é", key_id=258, key=KEY, place=b"p", nonce=NONCE)
    assert closed == b"\0\0\1\2" + NONCE + AESGCM(KEY).encrypt(NONCE, "é".encode(), b"p")
    assert (key_id_of(closed), unseal(closed, key=KEY, place=b"p")) == (258, "é")


def test_a_data_key_is_wrapped_together_with_its_number():
    wrapped = wrap(KEY, key_id=5, kek=KEK, nonce=NONCE)
    assert wrapped == NONCE + AESGCM(KEK).encrypt(NONCE, KEY, b"data key|5")
    assert unwrap(wrapped, key_id=5, kek=KEK) == KEY


def test_names_and_indices_are_cut_from_the_hash_of_the_key():
    name = mac(KEY, b"balai: name of this key")[:8]
    assert fingerprint(KEY) == name
    assert blind_of("12", KEY) == name + mac(KEY, b"12")[:56]


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (lambda: key_id_of(bytes(15)), CUT),
        (lambda: unseal(bytes(40), key=KEY, place=b""), CLOSED),
        (lambda: unwrap(bytes(60), key_id=5, kek=KEK), SPOILED),
        (lambda: choose({}, "abcd"), NO_KEK),
        (lambda: opened_text("JBSW", "factor"), PLAIN),
    ],
)
def test_what_does_not_open_says_what_to_do(deed, said):
    with pytest.raises(CannotOpen) as refusal:
        deed()
    assert str(refusal.value) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "Nomor belum diisi. Salin 16 angka dari KTP atau kartu keluarga."),
        ("12x4", "Tanda ke-3 nomor ini “x”, padahal nomor hanya berisi angka. Ganti dengan angka di kartu."),
        ("1 2", "Nomor ini berisi 2 angka, seharusnya 16. Salin sekali lagi dari KTP atau kartu keluarga."),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_full(written, said):
    with pytest.raises(NotValid) as refusal:
        canonical(written)
    assert str(refusal.value) == said


def test_a_masked_number_is_its_last_four():
    assert masked(nik(1)) == "•••• •••• •••• " + nik(1)[12:]


def test_fields_keep_what_they_are_told():
    assert BlindField(max_length=9).max_length == 9
    assert BlindField().max_length == 64
    assert (BlindField(db_index=True).db_index, BlindField("sidik").verbose_name) == (True, "sidik")
    field = SealedField("nomor", null=True, blind="b")
    assert (field.verbose_name, field.null, field.blind, SealedField().blind) == ("nomor", True, "b", "")
    assert field.deconstruct()[1:] == (
        "balai.vault.models.fields.SealedField", [], {"verbose_name": "nomor", "null": True, "blind": "b"},
    )  # fmt: skip
    assert isinstance(field, models.BinaryField)


@pytest.mark.parametrize(
    ("known", "whole"),
    [
        ({}, True),
        ({"data_keys": [(1, "a", None, True)]}, False),
        ({"data_keys": [(1, "a", None, True)], "kek": "a"}, False),
        ({"data_keys": [(1, "a", None, True)], "index": "b"}, False),
        ({"data_keys": [(1, "a", None, True)], "kek": "a", "index": "b"}, True),
        ({"data_keys": [(1, "a", None, False)], "kek": "a", "index": "b"}, False),
        ({"columns": [("t.c", 1, {}, 0, True)]}, True),
        ({"columns": [("t.c", 1, {}, 1, True)]}, False),
        ({"columns": [("t.c", 1, {}, 0, False)]}, False),
    ],
)
def test_what_makes_a_vault_whole(known, whole):
    assert Health(**known).whole is whole
