"""Rows of a sheet as people: what is asked for again, what is let be, and what stands above a card's people."""

from datetime import date

import pytest

from balai.sheets.rules.items import LABELS, Item
from balai.sheets.rules.layouts import Line, lines, recognised
from balai.sheets.rules.reading import read

ON = date(2026, 3, 1)
OPENSID = ("no_kk", "nik", "nama", "sex", "tanggallahir", "kk_level", "status_dasar", "nik_ayah", "ayah_nik", "alamat")
UNDER_CARDS = ("No", "NIK", "Nama", "JK", "Tgl Lhr", "Hub Kel", "KTP-el")
CARD = "00" + "16" * 7  # no province 00


def told(**given):
    """(facts, items of the cells to blame) of one row."""
    cells = {"no_kk": CARD, "nama": "Siti Aminah", "sex": 2, "tanggallahir": "17-05-1984", "kk_level": 1} | given
    line = Line(2, [cells.get(head) for head in OPENSID])
    facts, reasons = read(0, line, recognised(1, OPENSID), ON)
    return facts, [reason.item for reason in reasons]


@pytest.mark.parametrize(
    ("given", "blamed"),
    [
        ({}, []),
        ({"alamat": "x" * 200}, []),
        ({"alamat": "x" * 201}, ["address"]),
        ({"nama": None}, ["name"]),
        ({"sex": "X"}, ["sex"]),
        ({"ayah_nik": "12"}, []),  # another's number refuses nobody
        ({"status_dasar": "entah"}, []),
        ({"status_dasar": 2}, ["life"]),
    ],
)
def test_what_a_row_is_blamed_for(given, blamed):
    assert told(**given)[1] == blamed


def test_what_could_not_be_read_is_missing_and_not_guessed():
    facts, _blamed = told(ayah_nik="12", status_dasar="entah")
    assert (facts.father_nik, facts.life, facts.name) == ("", "here", "Siti Aminah")


@pytest.mark.parametrize(
    ("label", "below", "address", "place"),
    [
        (("No. KK", "Alamat"), (CARD, "Dusun Melati RT 02 RW 1"), "Dusun Melati RT 02 RW 1", ("02", "1")),
        (("No. KK", "Alamat"), (CARD,), "", ("", "")),
        (("No. KK",), (CARD, "Dusun Melati"), "", ("", "")),
        (("No. KK", CARD), (), "", ("", "")),
    ],
)
def test_a_card_stands_above_its_people(label, below, address, place):
    person = (1, None, "Siti Aminah", "P", "17-05-1984", "Kepala keluarga", None)
    rows = [list(row) for row in (UNDER_CARDS, label, below, person, ("Dicetak oleh", None, "Camat"))]
    (line,) = lines(recognised(1, UNDER_CARDS), enumerate(rows, start=1))
    assert (line.line, line.card, line.address, (line.rt, line.rw)) == (4, CARD, address, place)


def test_every_item_has_a_label():
    assert {item.label for item in Item} == set(LABELS.values())
