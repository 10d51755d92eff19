"""Texts that were planted in files: found again by whoever holds the keys, also after the keys were changed."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from balai.vault.actions import rotate_data_keys, rotate_index_key
from balai.vault.models import Canary, canaries, derived, health, key_files, opened
from balai.vault.rules.canaries import codes_in, names_in, numbers_in, of_birth, of_home, of_name
from tests.vault.test_rotation import KEY, WHO

FILE, OTHER = UUID(int=1), UUID(int=2)
AT = WHO["at"]


@pytest.mark.parametrize(
    ("found", "numbers"),
    [
        ("NIK 0005017104930012", {"0005017104930012"}),
        ("0005 0171 0493 0012;0005.0171.0493.0013", {"0005017104930012", "0005017104930013"}),
        ("0005-0171-0493-0012", {"0005017104930012"}),
        ("00050171049300123", set()),
        ("12 0005017104930012", {"0005017104930012"}),
        ("000501710493001", set()),
        ("", set()),
    ],
)
def test_numbers_are_found_however_they_are_spaced(found, numbers):
    assert numbers_in(found) == numbers


def test_names_are_found_in_the_middle_of_a_line():
    assert of_name("Siti  aminah RAHMAWATI") in names_in("12;Siti Aminah Rahmawati;Jalan Melati 4")
    assert names_in("Siti") == set()


def test_codes_are_found_in_capitals_too():
    code = str(uuid4())
    assert codes_in(f"Kode {code.upper()}, {code[:-1]}") == {code}


def test_a_name_is_the_same_however_it_is_written():
    assert of_name("siti  AMINAH.") == of_name("Siti Aminah")
    assert of_birth("Siti", date(1990, 5, 17)) != of_birth("Siti", date(1990, 5, 18))
    assert of_home("Siti", "16.05.01.2001") != of_home("Siti", "16.05.01.2002")


def test_what_was_planted_is_found_and_nothing_else(db, folder, monkeypatch):
    assert Canary.objects.planted(["a"]) == {}
    Canary.objects.plant(FILE, ["a", "b"], AT)
    Canary.objects.plant(OTHER, ["c"], AT)
    monkeypatch.setattr(canaries, "AT_ONCE", 1)
    assert Canary.objects.planted(["a", "c", "d"]) == {"a": FILE, "c": OTHER}


def test_planted_again_it_stands_once_and_belongs_to_the_first(db, folder):
    Canary.objects.plant(FILE, ["a"], AT)
    Canary.objects.plant(FILE, ["a", "b"], AT)
    Canary.objects.plant(OTHER, ["b"], AT)
    assert Canary.objects.planted(["a", "b"]) == {"a": FILE, "b": FILE}
    assert Canary.objects.count() == 2


def test_the_table_tells_no_text_without_the_keys(db, folder):
    Canary.objects.plant(FILE, [of_name("Siti Aminah")], AT)
    row = Canary.objects.get()
    assert b"SITI" not in bytes(row.sealed) + row.blind.encode()
    assert opened(row.sealed, row.pk, Canary._meta.db_table, "sealed") == of_name("Siti Aminah")


def test_what_was_planted_is_found_after_a_change_of_keys(db, folder):
    Canary.objects.plant(FILE, [of_name("Siti Aminah"), "0005017104930012"], AT)
    before = set(Canary.objects.values_list("blind", flat=True))
    rotate_data_keys(**WHO)
    rotate_index_key(**WHO, folder=folder, key=KEY)
    assert not before & set(Canary.objects.values_list("blind", flat=True))
    for kept in folder.glob("index-*"):
        kept.unlink()
    key_files.forget()
    assert Canary.objects.planted([of_name("Siti Aminah"), "0005017104930012"]).keys() == {
        of_name("Siti Aminah"), "0005017104930012",
    }  # fmt: skip
    assert health().whole


def test_what_is_derived_is_the_same_every_time_and_another_under_another_key(db, folder):
    first = derived("x")
    assert (derived("x"), len(first)) == (first, 64)
    assert derived("y") != first
    rotate_index_key(**WHO, folder=folder, key=KEY)
    assert derived("x") != first
