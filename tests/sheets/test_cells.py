"""What stands in a cell, as a table: what it is taken for, or what the sentence says."""

from datetime import UTC, date, datetime

import pytest

from balai.sheets.rules.cells import Mistake, code_of, day_of, number_of, text_of
from balai.sheets.rules.items import ANSWERS, NUMBERS, WORDS, Item, squeezed
from balai.survey.rules import Block, items_of

DAYS = [
    (None, None),
    ("", None),
    ("-", None),
    ("0", None),
    (0, None),
    ("0000-00-00", None),
    (date(1984, 5, 17), date(1984, 5, 17)),
    (datetime(1984, 5, 17, 10, 0, tzinfo=UTC), date(1984, 5, 17)),
    (30819, date(1984, 5, 17)),
    (30819.0, date(1984, 5, 17)),
    ("30819", date(1984, 5, 17)),
    ("1984-05-17", date(1984, 5, 17)),
    ("1984-05-17T10:00:00", date(1984, 5, 17)),
    ("17-05-1984", date(1984, 5, 17)),
    ("17/5/1984", date(1984, 5, 17)),
    ("17.05.1984", date(1984, 5, 17)),
    ("17 Mei 1984", date(1984, 5, 17)),
    ("17-Agustus-1945", date(1945, 8, 17)),
    ("17 Aug 1945", date(1945, 8, 17)),
    (" 17-05-1984 ", date(1984, 5, 17)),
    ("31-02-2010", "tidak ada di kalender"),
    ("2010-13-01", "tidak ada di kalender"),
    ("17-05-84", "harus empat angka"),
    ("84-05-17", "harus empat angka"),
    (1984, "hanya tahun"),
    ("1984", "hanya tahun"),
    (99_999, "bukan tanggal"),
    ("17 Xyz 1984", "bukan tanggal"),
    ("kemarin", "bukan tanggal"),
]
NUMBERS_TABLE = [
    (None, ""),
    ("-", ""),
    (0, ""),
    ("0000000000000000", ""),
    ("9999999999999999", ""),
    ("0016050241079001", "0016050241079001"),
    ("00 1605 0241 0790 01", "0016050241079001"),
    ("'0016050241079001", "0016050241079001"),
    ("0016.0502.4107.9001", "0016050241079001"),
    (1.605024107900001e15, "Excel telah membulatkan"),
    ("1,605E+15", "Excel telah membulatkan"),
    ("0016050241070000", "Excel telah membulatkan"),
    (160502410790, "seharusnya 16"),
    (160502410790.0, "seharusnya 16"),
    ("16O5024107900001", "padahal nomor hanya berisi angka"),
    ("12345", "seharusnya 16"),
]


@pytest.mark.parametrize(("cell", "expected"), DAYS)
def test_a_day_however_it_was_typed(cell, expected):
    assert_is(day_of, cell, expected)


@pytest.mark.parametrize(("cell", "expected"), NUMBERS_TABLE)
def test_a_number_however_it_was_typed(cell, expected):
    assert_is(number_of, cell, expected)


def assert_is(function, cell, expected):
    if isinstance(expected, str) and " " in expected:
        with pytest.raises(Mistake) as found:
            function(cell)
        assert expected in str(found.value.said)
    else:
        assert function(cell) == expected


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, ""),
        (12.0, "12"),
        (1.5, "1.5"),
        (datetime(1984, 5, 17, tzinfo=UTC), "1984-05-17"),
        ("Siti\n Rahma  wati", "Siti Rahma wati"),
        ("NULL", ""),
        ("'-", ""),
    ],
)
def test_a_text_is_one_line(cell, text):
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("item", "cell", "scheme", "expected"),
    [
        (Item.SEX, "2", "opensid", 2),
        (Item.SEX, "Pr", "words", 2),
        (Item.KIN, 4, "opensid", "child"),
        (Item.KIN, 3, "regsosek", "child"),
        (Item.KIN, "HUB. KEL", "words", "tidak dikenal di kolom ini"),
        (Item.KIN, "Famili Lain", "words", "kin"),
        (Item.KIN, 77, "opensid", "tidak dikenal di kolom ini"),
        (Item.WORK, "89", "opensid", None),
        (Item.RELIGION, "KATHOLIK", "words", 3),
        (Item.SCHOOLING, "Tamat SD / Sederajat", "words", 4),
        (Item.RELIGION, "-", "words", None),
    ],
)
def test_codes_and_words(item, cell, scheme, expected):
    if isinstance(expected, str) and " " in expected:
        with pytest.raises(Mistake) as found:
            code_of(item, cell, scheme)
        assert expected in str(found.value.said)
    else:
        assert code_of(item, cell, scheme) == expected


def test_every_code_of_opensid_is_known(shared_data):
    """Of the code tables of its template: none is left out, and a word means what its number means."""
    lines = (shared_data / "foreign" / "opensid" / "kode_data.csv").read_text(encoding="utf-8").splitlines()[1:]
    items = {"sex": "sex", "agama_id": "religion", "pendidikan_kk_id": "schooling", "pendidikan_sedang_id": "studying",
             "pekerjaan_id": "work", "status_kawin": "marital", "kk_level": "kin", "status_dasar": "life",
             "id_asuransi": "health_cover"}  # fmt: skip
    asked, differing = 0, []
    for line in lines:
        field, number, word = line.split(",", 2)
        if field in items:
            asked += 1
            code = NUMBERS[items[field]]["opensid"][int(number)]
            said = WORDS[items[field]].get(squeezed(word))
            if said is not None and said != code:
                differing.append((field, number, word))
    assert asked == 152
    assert differing == []


def test_what_a_code_becomes_is_an_answer_of_the_survey():
    known = {item.key: set(item.numbers) for item in items_of(Block.MEMBERS)}
    for item in ANSWERS:
        values = {value for codes in NUMBERS[item].values() for value in codes.values()} | set(WORDS[item].values())
        assert values - {0} <= known[item.value], item
