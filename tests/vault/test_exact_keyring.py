"""The keyring and the health of the vault to the letter."""

import base64
import secrets
import sys
import uuid

import pytest

from balai.access.models import unscoped
from balai.vault.models import (
    CannotOpen,
    DataKey,
    KeysMissing,
    SealedColumn,
    SealedField,
    SealedTexts,
    blind,
    blind_all,
    blinds,
    blinds_all,
    health,
    key_files,
    keyring,
    new_data_key,
    opened,
    opened_text,
    opens_all,
    sealed,
    sealed_columns,
    sealed_text,
    text_is_behind,
    wrap_again,
)
from balai.vault.models.keyring import opens_data_key
from balai.vault.rules import (
    blind_of,
    context,
    fingerprint,
    key_id_of,
    key_prefix,
    unseal,
    unwrap,
)
from tests.vault.conftest import TABLE, entered, nik, stored

KEY, KEK = bytes(range(32)), bytes(range(32, 64))
ROW = uuid.UUID(int=7)
CLOSED = (
    "Data tersegel ini tidak cocok dengan kunci atau tempatnya: berubah, tertukar, atau kuncinya lain. "
    "Jalankan “balai keys status”, lalu kembalikan baris atau kuncinya dari cadangan."
)
UNKNOWN = "Kunci data nomor 9 tidak dikenal basis data ini. Kembalikan basis data dari cadangan yang utuh."


@pytest.fixture
def forgetful(monkeypatch):
    """Another process, that remembers no key yet; call it to forget again."""
    module = sys.modules[DataKey.__module__]

    def forget():
        for name in ("_opened", "_known"):
            monkeypatch.setattr(module, name, {})

    forget()
    return forget


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
class TestTheKeyring:
    def test_a_process_that_remembers_no_key_opens_the_same(self, forgetful, folder):
        closed = sealed("x", ROW, "t", "c")
        forgetful()
        assert opened(closed, ROW, "t", "c") == "x"
        forgetful()
        assert opened(sealed("y", ROW, "t", "c"), ROW, "t", "c") == "y"
        forgetful()
        row = DataKey.objects.get()
        (folder / "kek").rename(folder / "kek-lama")
        (folder / "kek").write_text(KEK.hex())
        wrap_again(row).save()
        forgetful()
        assert opened(closed, ROW, "t", "c") == "x"
        assert DataKey.objects.get().kek == fingerprint(KEK)

    def test_a_key_once_opened_is_not_asked_for_again(self, forgetful, django_assert_num_queries):
        closed = sealed("x", ROW, "t", "c")
        forgetful()
        with django_assert_num_queries(1):
            assert [opened(closed, ROW, "t", "c") for _time in range(3)] == ["x"] * 3

    def test_another_reader_of_the_folder_reads_the_same(self, folder):
        other = type(key_files)()
        assert other("kek") == key_files("kek")
        first = other("kek")
        assert other("kek") is first
        other.forget()
        assert other("kek") is not first

    def test_what_is_sealed_is_bound_to_its_table_row_and_column(self):
        closed = sealed("é", ROW, "t", "c")
        kek = next(iter(key_files("kek").values()))
        row = DataKey.objects.get()
        key = unwrap(bytes(row.wrapped), key_id=1, kek=kek)
        assert unseal(closed, key=key, place=context("t", ROW, "c")) == "é"
        assert len(key) == 32
        for place in (("u", "c"), ("t", "d"), ("c", "t")):
            with pytest.raises(CannotOpen):
                opened(closed, ROW, *place)

    def test_a_sealed_text_says_its_form_and_is_bound_to_its_purpose(self):
        text = sealed_text("é", "factor")
        assert text.startswith("v1.")
        closed = base64.urlsafe_b64decode(text[3:])
        kek = next(iter(key_files("kek").values()))
        key = unwrap(bytes(DataKey.objects.get().wrapped), key_id=1, kek=kek)
        assert unseal(closed, key=key, place=b"text||factor") == "é"
        assert opened_text(text, "factor") == "é"
        assert opened_text(keyring().sealed_text("v1.", "a"), "a") == "v1."

    def test_letters_of_base64_that_stand_for_others_in_an_address_are_read(self):
        """Until one holds “-” and “_”, by which the two alphabets differ."""
        for _try in range(400):
            text = sealed_text("x" * 60, "factor")
            if "-" in text and "_" in text:
                break
        assert opened_text(text, "factor") == "x" * 60
        assert text_is_behind(text, 2)

    @pytest.mark.parametrize(("number", "behind"), [(0, False), (1, False), (2, True)])
    def test_a_text_is_behind_a_newer_key_only(self, number, behind):
        assert text_is_behind(sealed_text("x", "p"), number) is behind
        assert text_is_behind("tanpa segel", number) is False

    def test_a_nonce_is_drawn_anew_for_every_value(self):
        ring = keyring()
        nonces = {ring.sealed("x", ROW, "t", "c")[4:16] for _time in range(20)}
        assert len(nonces) == 20
        assert all(len(nonce) == 12 for nonce in nonces)

    def test_many_at_once_are_as_one_by_one(self):
        texts = {uuid.UUID(int=number): nik(number) for number in (3, 1, 2)}
        closed = keyring().sealed_all(texts, "t", "c")
        assert [opened(one, row, "t", "c") for one, row in zip(closed, texts, strict=True)] == list(texts.values())
        assert len({one[4:16] for one in closed}) == 3
        assert blind_all(list(texts.values())) == [blind(number) for number in texts.values()]
        assert (keyring().sealed_all({}, "t", "c"), blind_all([])) == ([], [])

    def test_a_new_data_key_is_random_and_wrapped_by_the_kek_in_force(self):
        name, kek = next(iter(key_files("kek").items()))
        one, two = new_data_key(3), new_data_key(3)
        assert (one.id, one.kek, one._state.adding) == (3, name, True)
        keys = {unwrap(row.wrapped, key_id=3, kek=kek) for row in (one, two)}
        assert len(keys) == 2
        assert one.wrapped[:12] != two.wrapped[:12]

    def test_the_first_data_key_is_number_one_and_stays(self):
        assert keyring().number == 1
        row = DataKey.objects.get()
        assert (row.id, row.kek) == (1, next(iter(key_files("kek"))))
        keyring()
        assert bytes(DataKey.objects.get().wrapped) == bytes(row.wrapped)

    def test_the_newest_data_key_seals(self):
        for number in (2, 7, 3):
            new_data_key(number).save(force_insert=True)
        assert keyring().number == 7
        assert key_id_of(sealed("x", ROW, "t", "c")) == 7

    def test_a_data_key_wrapped_again_opens_the_same(self, folder):
        closed = sealed("x", ROW, "t", "c")
        row = DataKey.objects.get()
        before = bytes(row.wrapped)
        (folder / "kek").rename(folder / "kek-lama")
        (folder / "kek").write_text(KEK.hex())
        again = wrap_again(row)
        assert again is row
        assert row.kek == fingerprint(KEK)
        assert row.wrapped[:12] != before[:12]
        assert len(unwrap(row.wrapped, key_id=1, kek=KEK)) == 32
        row.save()
        assert opened(closed, ROW, "t", "c") == "x"

    def test_whether_a_data_key_opens_with_the_files_that_are_here(self, folder):
        keyring()
        row = DataKey.objects.get()
        assert opens_data_key(row) is True
        assert opens_data_key(DataKey(id=2, wrapped=row.wrapped, kek=row.kek)) is False
        assert opens_data_key(DataKey(id=1, wrapped=row.wrapped, kek="lain")) is False
        (folder / "kek").unlink()
        assert opens_data_key(row) is False

    def test_a_key_that_the_database_does_not_know_is_named(self):
        closed = b"\0\0\0\x09" + sealed("x", ROW, "t", "c")[4:]
        with pytest.raises(CannotOpen) as refusal:
            opened(closed, ROW, "t", "c")
        assert str(refusal.value) == UNKNOWN

    def test_a_key_that_is_missing_is_named_with_its_folder(self, folder):
        (folder / "index").unlink()
        with pytest.raises(KeysMissing) as refusal:
            key_files("index")
        assert str(refusal.value) == (
            f"Kunci “index” tidak ada atau rusak di {folder}. Kembalikan folder “keys” dari cadangan kunci; "
            "pada pemasangan baru jalankan “balai init”."
        )
        assert key_files("kek")

    def test_the_key_in_force_comes_first_and_the_kept_ones_in_order(self, folder):
        current = bytes.fromhex((folder / "index").read_text())
        for name, key in (("index-b", KEK), ("index-a", KEY)):
            (folder / name).write_text(key.hex() + "\n")
        (folder / "index-dir").mkdir()
        assert list(key_files("index").items()) == [(fingerprint(key), key) for key in (current, KEY, KEK)]
        number = nik(1)
        assert blind(f" {number} ") == blind_of(number, current)
        assert blinds(f" {number} ") == [blind_of(number, key) for key in (current, KEY, KEK)]
        assert blinds_all([f" {number} "]) == dict.fromkeys(blinds(number), f" {number} ")
        (folder / "index-c").write_text("rusak")
        with pytest.raises(KeysMissing):
            key_files("index")
        assert list(key_files("kek"))

    def test_another_folder_is_read_although_it_is_as_old(self, folder, settings, tmp_path):
        first = key_files("kek")
        other = tmp_path / "other"
        other.mkdir()
        for name in ("kek", "index"):
            (other / name).write_text(secrets.token_bytes(32).hex())
        settings.KEYS = other
        assert key_files("kek") != first

    def test_a_wrong_place_is_refused_even_after_the_key_was_remembered(self):
        closed = sealed("x", ROW, "t", "c")
        assert opened(closed, ROW, "t", "c") == "x"
        with pytest.raises(CannotOpen) as refusal:
            opened(closed, ROW, "t", "d")
        assert str(refusal.value) == CLOSED


def of_numbers(state):
    """What it says of the column of numbers; other rooms seal too."""
    return next(column for column in state.columns if column[0] == f"{TABLE}.sealed")


def test_a_column_tells_its_place_and_its_rows(numbers):
    column = next(one for one in sealed_columns() if one.table == TABLE)
    assert (str(column), column.table) == (f"{TABLE}.sealed", TABLE)
    row = stored(numbers[0])
    new_data_key(2).save(force_insert=True)
    late = [entered(10), entered(11)]
    with unscoped("a test counts"):
        assert column.rows().count() == 7
        assert [column.under(number).count() for number in (1, 2, 3)] == [5, 2, 0]
        assert [column.newer(number).count() for number in (0, 1, 2)] == [7, 2, 0]
        tag = next(iter(key_files("index")))
        assert [column.behind(number, tag).count() for number in (1, 2, 3)] == [0, 5, 7]
        assert [column.behind(number, "lain").count() for number in (1, 2)] == [7, 7]
        assert [column.lost(tags) for tags in ([tag], ["", tag], ["lain", tag], ["lain"], [""], [])] == [
            0, 0, 0, 7, 7, 7,
        ]  # fmt: skip
        samples = column.samples((1, 2, 3))
        assert [bytes(closed)[3] for _pk, closed, _blind in samples] == [1, 2]
        assert samples[1][0] in {one.pk for one in late}
        assert samples[0][2] in {one.blind for one in numbers}
    assert column.text(row.pk, row.sealed) == nik(0)
    assert column.opens(row.pk, row.sealed) is True
    assert column.opens(uuid.uuid4(), row.sealed) is False


def test_a_column_without_an_index_gives_the_row_s_name_in_its_place(db):
    field = SealedField()
    field.set_attributes_from_name("wrapped")
    column = SealedColumn(DataKey, field)
    value = key_prefix(1) + b"x" * 30
    DataKey.objects.create(id=9, wrapped=value, kek="k")
    assert [(pk, bytes(closed), name) for pk, closed, name in column.samples((1, 2))] == [(9, value, 9)]
    assert (column.behind(1, "k").count(), column.behind(2, "k").count(), column.lost([])) == (0, 1, 0)


def test_rows_of_texts_of_another_table_come_in_order(db):
    texts = SealedTexts("vault.DataKey", "kek", ("x",), "p")
    for number in (3, 1, 2):
        DataKey.objects.create(id=number, wrapped=b"x", kek="k")
    assert [row.pk for row in texts.rows()] == [1, 2, 3]


def test_the_health_of_a_vault_counts_every_row(numbers, folder):
    new_data_key(2).save(force_insert=True)
    entered(10)
    (folder / "index-lama").write_text(KEY.hex())
    (folder / "kek-lama").write_text(KEK.hex())
    state = health()
    kek, index = (next(iter(key_files(kind))) for kind in ("kek", "index"))
    assert (state.kek, state.index) == (kek, index)
    assert state.kept == [f"kek-{fingerprint(KEK)}", f"index-{fingerprint(KEY)}"]
    assert state.data_keys == [(1, kek, None, True), (2, kek, None, True)]
    assert of_numbers(state) == (f"{TABLE}.sealed", 6, {1: 5, 2: 1}, 0, True)
    assert opens_all() is True


def test_rows_found_by_a_kept_index_key_are_not_lost(numbers, folder):
    (folder / "index").rename(folder / "index-lama")
    (folder / "index").write_text(KEY.hex())
    assert opens_all() is True
    assert of_numbers(health())[3] == 0
    (folder / "index-lama").unlink()
    assert opens_all() is False
    assert of_numbers(health())[3] == 5


def test_one_data_key_that_does_not_open_is_enough(numbers):
    row = new_data_key(2)
    row.kek = "lain"
    row.save(force_insert=True)
    assert opens_all() is False
    state = health()
    assert [opens for *_rest, opens in state.data_keys] == [True, False]
    assert of_numbers(state)[2:] == ({1: 5}, 0, True)
    assert state.whole is False


def test_values_sealed_by_a_data_key_that_is_gone_do_not_open(numbers):
    new_data_key(2).save(force_insert=True)
    entered(10)
    DataKey.objects.filter(id=2).delete()
    state = health()
    assert of_numbers(state) == (f"{TABLE}.sealed", 6, {1: 5}, 0, False)
    assert opens_all() is False


def test_a_sample_that_was_moved_is_noticed(db, folder):
    entered(1, where="another row")
    assert of_numbers(health())[4] is False
    assert opens_all() is False


def test_a_vault_without_its_folder_has_no_names(numbers, folder):
    for name in ("kek", "index"):
        (folder / name).unlink()
    state = health()
    assert (state.kek, state.index, state.kept) == ("", "", [])
    assert state.data_keys[0][3] is False


def test_values_of_a_vault_without_any_data_key_do_not_open(numbers):
    DataKey.objects.all().delete()
    assert opens_all() is False


def test_why_the_vault_looks_at_everything_is_logged(numbers, caplog):
    opens_all()
    health()
    assert [record.getMessage() for record in caplog.records if record.name.startswith("balai.access")] == [
        "unscoped: does a sample of each key's values open",
        "unscoped: how many values each key sealed",
    ]
