"""Every bad input of the issue, beside a family that is well: where it is, what it says, and that the others go in."""

from datetime import UTC, date, datetime

import pytest

from balai.access.models import acting
from balai.families.models import Person
from tests.families.register import HERE, family, head
from tests.rosters.lists import HEADS, applied, number, officer, register, row, sent, told, xlsx

WELL = [row(901, "Hasan Basri", "L", "01-01-1970", card=90), row(902, "Nur Aini", "P", "02-02-1972", "Istri", card=90)]
BUDI = row(1, "Budi Santoso", "L", "01-02-1980")
SITI = row(2, "Siti Aminah", "P", "03-04-1985", "Istri")


@pytest.fixture
def by(tree):
    return officer()


def with_cell(cells, head, value):
    """The row with one cell changed."""
    changed = list(cells)
    changed[HEADS.index(head)] = value
    return changed


# What comes in -> of its last row: verdict and the sentence. The rows before it are new.
TABLE = {
    "two heads": ([BUDI, row(3, "Rudi", "L", "01-01-1990")], "refused", "sudah punya kepala keluarga di baris 4"),
    "a mother younger than her child": (
        [BUDI, SITI, row(3, "Dewi", "P", "01-01-1980", "Anak", **{"Nama ibu": "Siti Aminah"})],
        "new",
        "lahir tidak lebih dahulu daripada anaknya",
    ),
    "birth in the future": ([BUDI, row(3, "Dewi", "P", "01-01-2090", "Anak")], "refused", "belum terjadi"),
    "birth long ago": ([BUDI, row(3, "Dewi", "P", "01-01-1850", "Anak")], "refused", "lebih dari 130 tahun"),
    "a couple of one sex": ([BUDI, row(3, "Rudi", "L", "01-01-1990", "Suami")], "refused", "berjenis kelamin sama"),
    "a wife who is a man": ([BUDI, row(3, "Rudi", "L", "01-01-1990", "Istri")], "refused", "tidak cocok dengan jenis"),
    "a letter in the NIK": ([BUDI, with_cell(SITI, "NIK", "16O5024107900001")], "refused", "hanya berisi angka"),
    "a NIK too short": ([BUDI, with_cell(SITI, "NIK", "12345")], "refused", "seharusnya 16"),
    "a NIK that Excel rounded": ([BUDI, with_cell(SITI, "NIK", 1.605024107900001e15)], "refused", "membulatkan"),
    "a NIK that ends like a rounded one": ([BUDI, with_cell(SITI, "NIK", number(5000))], "new", "berakhir 000"),
    "one NIK twice": ([BUDI, with_cell(SITI, "NIK", number(1))], "refused", "sudah ada di baris 4"),
    "31 February": ([BUDI, with_cell(SITI, "Tanggal lahir", "31-02-1985")], "refused", "tidak ada di kalender"),
    "a year of two digits": ([BUDI, with_cell(SITI, "Tanggal lahir", "03-04-85")], "refused", "empat angka"),
    "no name": ([BUDI, with_cell(SITI, "Nama lengkap", None)], "refused", "Nama kosong"),
    "a name with digits": ([BUDI, with_cell(SITI, "Nama lengkap", "S1ti")], "refused", "Nama hanya berisi huruf"),
    "a name without end": ([BUDI, with_cell(SITI, "Nama lengkap", "Siti " * 40)], "refused", "terlalu panjang"),
    "no sex": ([BUDI, with_cell(SITI, "Jenis kelamin", "-")], "refused", "Jenis kelamin kosong"),
    "a sex that is none": ([BUDI, with_cell(SITI, "Jenis kelamin", "X")], "refused", "tidak dikenal di kolom ini"),
    "no relation": ([BUDI, with_cell(SITI, "Hubungan keluarga", None)], "refused", "kosong"),
    "work that is not known": ([BUDI, with_cell(SITI, "Pekerjaan", "Astronaut")], "new", "tidak dikenal"),
    "no card": ([BUDI, with_cell(SITI, "Nomor KK", None)], "refused", "Nomor KK kosong"),
    "no head": ([row(3, "Dewi", "P", "01-01-1980", "Anak", card=7)], "new", "Tidak ada kepala keluarga"),
    "a couple far apart": ([BUDI, with_cell(SITI, "Tanggal lahir", "03-04-1910")], "new", "lebih dari 60 tahun"),
}


@pytest.mark.parametrize("case", TABLE)
def test_it_is_told_where_and_how_to_mend_and_nothing_else_is_lost(by, case):
    rows, verdict, said = TABLE[case]
    roster = sent(by, xlsx([*WELL, *rows]))
    found = told(by, roster)
    last = found.pop(len(WELL) + len(rows) + 1)
    assert last[0] == verdict
    assert any(said in one for one in last[1]), last[1]
    assert {one[0] for one in found.values()} == {"new"}
    assert sum(roster.counts.values()) == len(WELL) + len(rows)
    new = roster.counts["new"]
    roster = applied(by, roster)
    assert register(by)[1] == new, "the dry run is what happens"


@pytest.mark.parametrize(
    "born",
    [31116, 31116.0, "1985-03-10", "10-03-1985", "10/3/1985", datetime(1985, 3, 10, tzinfo=UTC).replace(tzinfo=None)],
)
def test_one_day_in_many_orders_is_one_day(by, born):
    applied(by, sent(by, xlsx([with_cell(BUDI, "Tanggal lahir", born)])))
    with acting(by):
        assert Person.objects.get().born_on == date(1985, 3, 10)


def test_a_family_waits_for_a_head_that_is_refused(by):
    found = told(by, sent(by, xlsx([with_cell(BUDI, "Tanggal lahir", "31-02-1980"), SITI])))
    assert found[3] == (
        "refused",
        ["Menunggu kepala keluarganya di baris 2: betulkan baris itu, lalu baris ini ikut masuk."],
    )


def test_a_nik_of_another_living_person_is_refused(by):
    family(people=[head(name="Orang Lain", nik=number(2))])
    roster = sent(by, xlsx([BUDI, SITI]))
    assert "sudah tercatat pada orang lain" in told(by, roster)[3][1][0]


def test_a_nik_that_lives_elsewhere_is_refused(by, tree):
    there = officer("16.05")
    family("16.05.02.2001", people=[head(name="Siti Aminah", born_on=date(1985, 4, 3), nik=number(2))])
    assert "tercatat di desa lain" in told(there, sent(there, xlsx([BUDI, SITI])))[3][1][0]


def test_merged_cells_and_empty_rows_are_no_persons(by):
    rows = [[None] * len(HEADS), BUDI, ["-"] * len(HEADS), SITI, [None] * len(HEADS)]
    assert sent(by, xlsx(rows)).counts["new"] == 2


@pytest.mark.parametrize(
    ("content", "suffix", "said"),
    [
        (b"%PDF-1.7 isi", ".xlsx", "bukan buku kerja"),
        (b"PK\x03\x04 rusak", ".xlsx", "rusak"),
        (b"\xd0\xcf\x11\xe0" + b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", ".xlsx", "kata sandi"),
        (xlsx([], heads=()), ".xlsx", "tidak dikenali"),
    ],
)
def test_a_file_that_is_no_list_says_why(by, content, suffix, said):
    roster = sent(by, content, suffix)
    assert roster.state == "failed"
    assert said in roster.said[0] % roster.said[1]


def test_a_list_without_anybody_is_told_so(by):
    roster = sent(by, xlsx([]))
    assert roster.notes == [["Tidak ada baris orang di bawah judul kolomnya.", {}]]


def test_a_place_that_is_not_there_stands_in_the_address(by):
    roster = sent(by, xlsx([with_cell(with_cell(BUDI, "RT", "004"), "Dusun", "Melati")]))
    assert roster.notes[0][1]["names"] == "RT 004, Dusun Melati"
    applied(by, roster)
    with acting(by):
        assert Person.objects.get().family.address == "RT 004, Dusun Melati"
        assert Person.objects.get().region == HERE
