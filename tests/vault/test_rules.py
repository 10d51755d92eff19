import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.base.errors import NotValid
from balai.vault.rules import (
    CannotOpen,
    blind_of,
    canonical,
    choose,
    context,
    fingerprint,
    key_from,
    key_id_of,
    key_prefix,
    masked,
    seal,
    unseal,
    unwrap,
    wrap,
)

NUMBER = "0605024107" + "900001"
KEY, OTHER, NONCE = bytes(range(32)), bytes(32), bytes(12)
PLACE = context("t", 7, "c")
byte_keys = st.binary(min_size=32, max_size=32)
nonces = st.binary(min_size=12, max_size=12)


def closed(text=NUMBER, key_id=3, key=KEY, place=PLACE, nonce=NONCE):
    return seal(text, key_id=key_id, key=key, place=place, nonce=nonce)


@pytest.mark.parametrize(
    "written",
    [NUMBER, "0605 0241 0790 0001", "060502.410790.0001", " 0605024107900001\n", "0605\u00a00241\u20090790\u202f0001"],
)
def test_a_number_is_read_however_it_is_spaced(written):
    assert canonical(written) == NUMBER


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "belum diisi"),
        (" . ", "belum diisi"),
        ("0605024107", "berisi 10 angka, seharusnya 16"),
        (NUMBER + "1", "berisi 17 angka, seharusnya 16"),
        ("O605024107900001", "ke-1 nomor ini “O”"),
        ("06050 2410-7900001", "ke-10 nomor ini “-”"),
        ("060502410790000\u0661", "ke-16 nomor ini “\u0661”"),
        ("060502410790000\uff11", "ke-16"),
        ("-605024107900001", "ke-1"),
    ],
)
def test_a_number_that_cannot_be_says_where_and_how_to_mend_it(written, said):
    with pytest.raises(NotValid, match=said) as refusal:
        canonical(written)
    assert str(refusal.value).count(".") >= 1
    assert not re.search(r"\d{5}", str(refusal.value))


@given(st.text())
def test_whatever_is_written_gives_sixteen_digits_or_a_refusal_without_the_number(written):
    try:
        said = canonical(written)
    except NotValid as refusal:
        said = str(refusal)
    assert re.fullmatch("[0-9]{16}", said) or not re.search("[0-9]{6}", said)


def test_only_the_last_four_are_shown():
    assert masked(NUMBER) == "•••• •••• •••• 0001"
    assert masked("0605 0241 0790 1234") == "•••• •••• •••• 1234"


@given(st.text(), st.integers(1, 2**32 - 1), byte_keys, nonces)
def test_what_was_sealed_is_opened(text, key_id, key, nonce):
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    stored = closed(text, key_id, key, nonce=nonce)
    assert unseal(stored, key=key, place=PLACE) == text
    assert key_id_of(stored) == key_id
    assert stored[4:16] == nonce
    assert len(stored) == 4 + 12 + len(text.encode()) + 16


def test_a_sealed_value_holds_nothing_of_the_number():
    stored = closed()
    assert not any(NUMBER[at : at + 4].encode() in stored for at in range(13))


@given(st.integers(0, (12 + 16 + 16) * 8 - 1))
def test_any_changed_bit_is_found(bit):
    stored = bytearray(closed())
    stored[4 + bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpen, match="balai keys status"):
        unseal(bytes(stored), key=KEY, place=PLACE)


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (OTHER, PLACE),
        (KEY, context("t", 8, "c")),
        (KEY, context("u", 7, "c")),
        (KEY, context("t", 7, "d")),
    ],
)
def test_another_key_row_table_or_column_opens_nothing(key, place):
    with pytest.raises(CannotOpen):
        unseal(closed(), key=key, place=place)


@pytest.mark.parametrize("length", [0, 3, 15])
def test_a_cut_value_is_refused(length):
    with pytest.raises(CannotOpen, match="terpotong"):
        key_id_of(closed()[:length])


def test_a_value_cut_after_its_nonce_does_not_open():
    assert key_id_of(closed()[:16]) == 3
    with pytest.raises(CannotOpen):
        unseal(closed()[:16], key=KEY, place=PLACE)


@given(st.integers(0, 2**32 - 2))
def test_later_keys_seal_to_later_values(number):
    assert key_prefix(number) < key_prefix(number + 1)
    assert closed(key_id=number) < key_prefix(number + 1)


@given(byte_keys, byte_keys, st.integers(1, 9), nonces)
def test_a_data_key_is_unwrapped_by_its_own_kek_under_its_own_number(key, kek, number, nonce):
    wrapped = wrap(key, key_id=number, kek=kek, nonce=nonce)
    assert unwrap(wrapped, key_id=number, kek=kek) == key
    assert key not in wrapped
    for wrong in ({"key_id": number + 1, "kek": kek}, {"key_id": number, "kek": kek[:31] + bytes([kek[31] ^ 1])}):
        with pytest.raises(CannotOpen, match="rusak"):
            unwrap(wrapped, **wrong)


def test_the_blind_index_is_what_it_was_yesterday():
    """A changed way of hashing would lose every number: this was computed apart, with openssl."""
    assert fingerprint(KEY) == "d904089a"
    assert blind_of(NUMBER, KEY) == "d904089aa42d606cd09aacca2c97c3b06ba4f543d45fa499d201f7414abef488"


@given(st.integers(0, 10**16 - 1), st.integers(0, 10**16 - 1))
def test_two_numbers_have_two_indices_and_one_number_one(first, second):
    one, two = f"{first:016d}", f"{second:016d}"
    assert (blind_of(one, KEY) == blind_of(two, KEY)) == (one == two)
    assert blind_of(one, KEY) != blind_of(one, OTHER)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("00" * 32, bytes(32)),
        ("00" * 32 + "\n", bytes(32)),
        ("00" * 31, None),
        ("0g" * 32, None),
        ("", None),
        ("AA" * 32, None),
    ],
)
def test_a_key_file_holds_64_hexadecimal_digits_or_no_key(written, key):
    assert key_from(written) == key


def test_a_key_that_is_not_here_is_named_with_the_remedy():
    assert choose({"a": KEY}, "a") == KEY
    with pytest.raises(CannotOpen, match="“keys” dari cadangan"):
        choose({"a": KEY}, "b")
