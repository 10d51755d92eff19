"""Programmes, what aid may be, what columns mean, and whose name may be whose."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.aid import rules
from balai.aid.rules import AidFacts, Level, Line, Part, columns
from balai.villages.rules import agencies
from tests.families.register import nik

ON = date(2026, 11, 22)


def test_every_programme_is_of_an_agency_that_is_known_and_has_both_names():
    for one in rules.programmes().values():
        assert one.agency in agencies()
        assert one.name("id") == one.name_id != one.name("en") == one.name_en
        assert one.source
        assert one.kind.label


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("PKH", "pkh"),
        ("Program Keluarga Harapan (PKH)", "pkh"),
        ("BPNT / Sembako", "sembako"),
        ("Bantuan Sosial Tunai", "bst"),
        ("PBI-JK", "pbi_jk"),
        ("KIP Kuliah 2025", "kip_kuliah"),
        ("Penerima BLT Dana Desa tahap 2", "blt_dd"),
        ("jamban", "sanitation"),
        ("sembakoku", None),
        ("bantuan entah", None),
        ("", None),
    ],
)
def test_a_programme_is_known_by_how_files_write_it(written, code):
    assert rules.programme_of(written) == code


def test_no_two_programmes_answer_to_one_word():
    words = [word for one in rules.programmes().values() for word in (one.code, *one.words)]
    assert len(words) == len(set(words)) + sum(one.code in one.words for one in rules.programmes().values())


@pytest.mark.parametrize(
    ("facts", "of_person", "fields"),
    [
        ({}, False, []),
        ({"programme": "sulap"}, False, ["programme"]),
        ({"programme": "pip"}, False, ["person"]),
        ({"programme": "pip"}, True, []),
        ({}, True, ["person"]),
        ({"programme": "other"}, True, []),
        ({"programme": "other"}, False, []),
        ({"state": "maybe"}, False, ["state"]),
        ({"from_on": date(2026, 11, 23)}, False, ["from_on"]),
        ({"from_on": date(2027, 1, 1), "state": "planned"}, False, []),
        ({"from_on": ON, "until_on": date(2026, 11, 21)}, False, ["until_on"]),
        ({"state": "ended"}, False, ["until_on"]),
        ({"amount": 0}, False, ["amount"]),
        ({"amount": 1_000_000_001}, False, ["amount"]),
        ({"state": "refused"}, False, ["reason"]),
        ({"state": "refused", "reason": "sudah mampu"}, False, []),
    ],
)
def test_what_aid_may_be(facts, of_person, fields):
    known = AidFacts(**{"programme": "pkh"} | facts)
    assert [field for field, _said in rules.faults(known, ON, of_person=of_person)] == fields


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        (AidFacts("sanitation", from_on=ON), ON),
        (AidFacts("sanitation"), None),
        (AidFacts("sanitation", "planned", from_on=ON), None),
        (AidFacts("sanitation", from_on=date(2026, 1, 1), until_on=ON), ON),
        (AidFacts("pkh", from_on=ON), None),
        (AidFacts("sulap", from_on=ON), None),
    ],
)
def test_what_is_handed_out_on_one_day_ends_on_it(facts, until):
    assert rules.settled(facts).until_on == until


@pytest.mark.parametrize(
    ("decile", "rank", "mark", "said"),
    [
        (2, 7, "x", "Desil 2"),
        (None, 1234, "", "Peringkat 1234"),
        (None, None, "Padan", "“Padan”"),
        (None, None, "", "Tercatat"),
    ],
)
def test_what_an_entry_says(decile, rank, mark, said):
    assert str(rules.says(decile, rank, mark)) == said


def test_every_state_and_list_has_its_name():
    for one in (*rules.MatchState, *rules.ListKind, *rules.AidState, *rules.AidSource, *Part):
        assert one.label
    assert set(rules.EXPLAINED) == set(rules.ListKind)
    assert rules.poor_up_to(ON) == 4


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("H. Moch. Djoenaedi, S.Pd", "Moch Junaedi", True),
        ("Moh. Soekarno", "Muhammad Sukarno", True),
        ("Siti Aminah", "Sitti Aminnah", True),
        ("Aminah Siti", "Siti Aminah", True),
        ("Tjahjo", "Cahyo", True),
        ("Siti Aminah", "Siti Maryam", False),
        ("Budi", "Rudi", False),
        ("Hajjah", "Haji", False),
        ("", "", False),
    ],
)
def test_names_that_sound_alike_may_be_one(one, other, alike):
    assert (rules.likeness(one, other) >= 85) is alike


@pytest.mark.parametrize(
    ("name", "names", "place"),
    [
        ("Siti Aminah", ["Budi", "Sitti Aminah"], 1),
        ("Siti Aminah", ["Budi"], None),
        ("Siti Aminah", [], None),
        ("Siti Aminah", ["Siti Aminah", "Sitti Aminnah"], None),
    ],
)
def test_one_is_proposed_where_one_is_alike(name, names, place):
    assert rules.proposed(name, names) == place


@given(st.text(), st.text())
def test_any_two_names_can_be_compared(one, other):
    assert 0 <= rules.likeness(one, other) <= 100


HEAD = ["No. KK", "NIK KRT", "Nama KRT", "Tgl Lahir", "Desil Kesejahteraan", "Provinsi"]
PLACES = {Part.CARD: 0, Part.NIK: 1, Part.NAME: 2, Part.BORN: 3, Part.DECILE: 4}


def test_columns_are_guessed_from_their_headings():
    assert columns.guessed(HEAD, {}) == PLACES
    assert columns.is_heading(PLACES)
    assert not columns.is_heading({Part.NIK: 0})
    assert not columns.is_heading({Part.BORN: 0, Part.DECILE: 1})


def test_what_the_person_names_goes_before_what_is_guessed():
    named = {Part.NAME: "provinsi", Part.RANK: "nggak ada"}
    assert columns.guessed(HEAD, named) == {Part.NAME: 5, Part.CARD: 0, Part.NIK: 1, Part.BORN: 3, Part.DECILE: 4}
    assert columns.guessed(["NIK", "NIK", None], {}) == {Part.NIK: 0}
    assert columns.guessed(["NIK", "Desil"], {Part.MARK: "NIK"}) == {Part.MARK: 0, Part.DECILE: 1}


def test_a_line_is_read_as_it_will_be_used():
    number = nik(7)
    spaced = " ".join(number[start : start + 4] for start in (0, 4, 8, 12))
    line = columns.read(3, [nik(8), f"'{spaced}", " Siti  Aminah ", "17/05/1984", "Desil 2"], PLACES)
    assert line == Line(3, number, nik(8), "Siti Aminah", date(1984, 5, 17), 2)
    assert line.can_be_matched


@pytest.mark.parametrize(
    ("part", "cell", "value"),
    [
        (Part.NIK, "9" * 16, ""),
        (Part.NIK, "  ", ""),
        (Part.BORN, datetime(1984, 5, 17, 7, tzinfo=UTC), date(1984, 5, 17)),
        (Part.BORN, date(1984, 5, 17), date(1984, 5, 17)),
        (Part.BORN, "1984-05-17", date(1984, 5, 17)),
        (Part.AMOUNT, "Rp 300.000", 300_000),
        (Part.AMOUNT, 300_000.0, 300_000),
        (Part.AMOUNT, 300_000, 300_000),
        (Part.RANK, "1.234", 1234),
        (Part.VILLAGE, "16.05.01.2002", "16.05.01.2002"),
        (Part.MARK, "x" * 99, "x" * 60),
    ],
)
def test_cells_as_people_write_them(part, cell, value):
    read = columns.read(2, [cell], {part: 0})
    assert getattr(read, part.value) == value
    assert read.faults == ()


@pytest.mark.parametrize(
    ("part", "cell", "said"),
    [
        (Part.NIK, 1.7e15, "Angka terakhir"),
        (Part.NIK, "12345", "bukan 16 angka"),
        (Part.CARD, "x" * 16, "bukan 16 angka"),
        (Part.BORN, "31-02-1984", "Tulis tanggal"),
        (Part.BORN, "besok", "Tulis tanggal"),
        (Part.DECILE, 11, "1 sampai 10"),
        (Part.RANK, "tinggi", "bukan angka"),
    ],
)
def test_a_fault_costs_its_cell_and_not_the_line(part, cell, said):
    read = columns.read(2, [cell, "Siti"], {part: 0, Part.NAME: 1})
    assert read.name == "Siti"
    ((column, why),) = read.faults
    assert column == part.label
    assert said in str(why)


def test_a_line_without_anything_to_go_by_cannot_be_matched():
    assert not columns.read(2, [], PLACES).can_be_matched
    assert not Line(2, name="Siti").can_be_matched
    assert not Line(2, born_on=ON).can_be_matched
    assert Line(2, card=nik(1)).can_be_matched


def test_who_is_named_is_said_by_every_programme():
    assert {one.level for one in rules.programmes().values()} == set(Level)
