import os
import uuid

import pytest
from django.db import ProgrammingError, connection

from balai.access.models.walls import deeds
from balai.config import keys
from balai.vault.models import (
    CannotOpen,
    DataKey,
    KeysMissing,
    blind,
    blinds,
    key_files,
    keyring,
    new_data_key,
    opened,
    opened_text,
    sealed,
    sealed_text,
    text_is_behind,
)
from balai.vault.rules import key_from
from tests.vault.conftest import nik

NUMBER = nik(1)
ROW = uuid.UUID(int=7)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def test_what_was_sealed_is_opened_in_its_own_place():
    stored = sealed(NUMBER, ROW, "t", "c")
    assert NUMBER.encode() not in stored
    assert opened(memoryview(stored), ROW, "t", "c") == NUMBER
    with pytest.raises(CannotOpen):
        opened(stored, uuid.UUID(int=8), "t", "c")


def test_a_number_sealed_twice_looks_different_and_is_found_alike():
    assert sealed(NUMBER, ROW, "t", "c") != sealed(NUMBER, ROW, "t", "c")
    spaced = f"{NUMBER[:4]} {NUMBER[4:8]}.{NUMBER[8:]}"
    assert blind(NUMBER) == blind(spaced) == blinds(spaced)[0]


def test_a_text_is_sealed_for_its_purpose():
    stored = sealed_text("seed", "factor")
    assert "seed" not in stored
    assert opened_text(stored, "factor") == "seed"
    with pytest.raises(CannotOpen):
        opened_text(stored, "another")
    with pytest.raises(CannotOpen, match="belum tersegel"):
        opened_text("JBSWY3DPEHPK3PXP", "factor")


def test_a_text_knows_whether_a_newer_key_seals():
    stored = sealed_text("seed", "factor")
    assert [text_is_behind(text, number) for text, number in ((stored, 1), (stored, 2), ("plain", 2))] == [
        False, True, False,
    ]  # fmt: skip


def test_the_first_data_key_is_made_once():
    assert keyring().number == keyring().number == 1
    assert DataKey.objects.count() == 1


def test_opening_asks_the_database_for_a_key_only_once(django_assert_num_queries):
    stored = sealed(NUMBER, ROW, "t", "c")
    with django_assert_num_queries(0):
        assert [opened(stored, ROW, "t", "c") for _time in range(3)] == [NUMBER] * 3


def test_a_data_key_made_by_another_process_is_found():
    sealed(NUMBER, ROW, "t", "c")
    new_data_key(2).save(force_insert=True)
    stored = sealed(NUMBER, ROW, "t", "c")
    assert keyring().number == 2
    assert opened(stored, ROW, "t", "c") == NUMBER


def test_a_restored_database_brings_its_own_keys():
    """The same number of another data key: what a process remembers must not hide it."""
    opened(sealed(NUMBER, ROW, "t", "c"), ROW, "t", "c")
    DataKey.objects.all().delete()
    made = new_data_key(1)
    made.save(force_insert=True)
    stored = sealed(NUMBER, ROW, "t", "c")
    assert opened(stored, ROW, "t", "c") == NUMBER


def test_a_value_of_a_key_the_database_does_not_know_is_refused():
    stored = bytearray(sealed(NUMBER, ROW, "t", "c"))
    stored[3] = 9
    with pytest.raises(CannotOpen, match="nomor 9 tidak dikenal"):
        opened(bytes(stored), ROW, "t", "c")


@pytest.mark.parametrize("kind", ["kek", "index"])
def test_without_its_key_file_nothing_is_sealed_or_sought(folder, kind):
    (folder / kind).rename(folder.parent / kind)
    with pytest.raises(KeysMissing, match=r"“keys” dari cadangan kunci.*balai init"):
        sealed(NUMBER, ROW, "t", "c") if kind == "kek" else blind(NUMBER)


def test_without_its_folder_nothing_is_opened(folder):
    stored = sealed(NUMBER, ROW, "t", "c")
    DataKey.objects.update(wrapped=b"not what this process remembers")
    folder.rename(folder.parent / "elsewhere")
    with pytest.raises(KeysMissing):
        sealed(NUMBER, ROW, "t", "c")
    assert opened(stored, ROW, "t", "c") == NUMBER  # what is remembered still opens: nobody's work is cut off


def test_a_spoiled_key_file_is_no_key(folder):
    (folder / "kek").unlink()
    (folder / "kek").write_text("not a key")
    with pytest.raises(KeysMissing, match="rusak"):
        sealed(NUMBER, ROW, "t", "c")


def test_another_kek_opens_no_data_key(folder):
    sealed(NUMBER, ROW, "t", "c")
    DataKey.objects.update(wrapped=b"changed" * 10)
    with pytest.raises(CannotOpen, match="rusak"):
        sealed(NUMBER, ROW, "t", "c")
    (folder / "kek").unlink()
    keys.make(folder, ["kek"])
    with pytest.raises(CannotOpen, match="cadangan"):
        sealed(NUMBER, ROW, "t", "c")


def test_keys_are_made_once_and_only_their_owner_reads_them(folder):
    before = {name: (folder / name).read_text() for name in keys.VAULT}
    keys.make(folder, (keys.SECRET_KEY, *keys.VAULT))
    assert {name: (folder / name).read_text() for name in keys.VAULT} == before
    assert all(key_from(text) for text in before.values())
    assert before["kek"] != before["index"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o400}


def test_the_key_files_are_read_again_only_when_the_folder_changed(folder):
    first = key_files("kek")
    assert key_files("kek") is first
    os.utime(folder, ns=(1, 1))
    assert key_files("kek") is not first
    assert key_files("kek") == first


def test_no_key_stands_in_the_database(folder):
    sealed(NUMBER, ROW, "t", "c")
    row = DataKey.objects.get()
    assert bytes.fromhex((folder / "kek").read_text()) not in bytes(row.wrapped)
    assert row.made_at is not None
    assert connection.vendor in {"sqlite", "postgresql"}


def test_the_role_of_the_app_adds_and_changes_data_keys_but_does_not_delete_them():
    assert deeds(["vault_datakey"]) == {"vault_datakey": ("SELECT", "INSERT", "UPDATE")}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for the grants of a table")
def test_the_database_itself_keeps_the_app_from_deleting_a_data_key(as_app):
    with as_app():
        new_data_key(7).save(force_insert=True)
        assert DataKey.objects.filter(id=7).update(retired_at=None) == 1
        with pytest.raises(ProgrammingError, match="permission denied"):
            DataKey.objects.filter(id=7).delete()
