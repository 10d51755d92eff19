"""What Regsosek says of the house and of aid, question by question."""

from datetime import date

import pytest

from balai.aid.rules import programmes
from balai.sheets.rules import regsosek
from balai.survey.rules import Block, items_of, possible

ON = date(2025, 7, 1)
MONTHS = {"501ABULAN": "10", "501ATAHUN": "2022"}


def read(**told):
    """Questions as {"Q303": cell}."""
    return regsosek.read({question.removeprefix("Q"): cell for question, cell in told.items()}, ON)


@pytest.mark.parametrize(
    ("cells", "house"),
    [
        ({"301A": 1}, {"tenure": 1}),
        ({"301A": "4"}, {"tenure": 5}),
        ({"301A": 6.0}, {"tenure": 4}),
        ({"302": "54"}, {"floor_area": 54}),
        ({"302": "36,6"}, {"floor_area": 37}),
        ({"303": "3"}, {"floor": 6}),
        ({"303": "08"}, {"floor": 5}),
        ({"304": "2"}, {"wall": 5}),
        ({"305": "5"}, {"roof": 4}),
        ({"305": "6"}, {"roof": 5}),
        ({"306A": "8"}, {"water": 8}),
        ({"306A": "9"}, {"water": 6}),
        ({"306A": "13"}, {"water": 2}),
        ({"307A": "1", "307B1": "2"}, {"light": 1}),
        ({"307A": "1", "307B1": "3"}, {"light": 2}),
        ({"307A": "1", "307B1": "1", "307B2": "2"}, {"light": 2}),
        ({"307A": "2"}, {"light": 4}),
        ({"307A": "3"}, {"light": 3}),
        ({"307A": "4"}, {"light": 5}),
        ({"308": "7"}, {"fuel": 2}),
        ({"308": "10"}, {"fuel": 3}),
        ({"309A": "1", "310": "1"}, {"latrine": 1}),
        ({"309A": "1", "310": "4"}, {"latrine": 2}),
        ({"309A": "3", "310": "1"}, {"latrine": 3}),
        ({"309A": "6"}, {"latrine": 4}),
    ],
)
def test_a_code_of_the_form_is_an_answer_of_the_survey(cells, house):
    assert regsosek.read(cells, ON) == (house, {}, [])


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"303": "12"}, "303"),
        ({"302": "luas"}, "302"),
        ({"302": "90000"}, "302"),
        ({"302": "inf"}, "302"),
        ({"307A": "9"}, "307a"),
        ({"309A": "7"}, "309a"),
        ({"501A": "3"}, "501a"),
    ],
)
def test_a_code_that_nobody_knows_is_named_and_left(cells, code):
    house, aid, [reason] = regsosek.read(cells, ON)
    assert (house, aid, reason.mild, reason.params["code"]) == ({}, {}, True, code)
    assert reason.said.message.startswith("Pertanyaan %(code)s: jawaban")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"307A": "1"}, "Pertanyaan 307: daya listriknya kosong, jadi penerangan tidak dibaca."),
        ({"309A": "1"}, "Pertanyaan 310: tempat buang tinja kosong, jadi jamban tidak dibaca."),
    ],
)
def test_half_an_answer_is_no_answer(cells, said):
    house, _aid, [reason] = regsosek.read(cells, ON)
    assert (house, str(reason.said), reason.mild) == ({}, said, True)


@pytest.mark.parametrize(
    ("month", "year", "last"),
    [("10", "2022", "2022-10-31"), ("2", "2024", "2024-02-29"), ("07", "2025", "2025-07-31")],
)
def test_aid_is_known_until_the_month_in_which_it_came_last(month, year, last):
    _house, aid, reasons = read(Q501A="1", Q501ABULAN=month, Q501ATAHUN=year, Q501B="2")
    assert (aid, reasons) == ({"sembako": last}, [])


@pytest.mark.parametrize(
    ("month", "year"), [("", ""), ("13", "2022"), ("10", "1998"), ("8", "2025"), ("1", "2026"), ("mei", "2022")]
)
def test_aid_without_its_month_is_not_recorded(month, year):
    _house, aid, [reason] = read(Q501C="1", Q501CBULAN=month, Q501CTAHUN=year)
    assert (aid, reason.mild) == ({}, True)
    assert str(reason.said) == (
        "Pertanyaan 501c: bulan dan tahun terakhir diterima tidak terbaca, jadi bantuannya tidak dicatat."
    )


def test_every_code_leads_to_an_answer_that_the_survey_takes():
    items = {item.key: item for item in items_of(Block.HOUSING)}
    for key, codes in regsosek._CODES.values():
        assert all(possible(items[key], value) for value in codes.values())
    assert set(regsosek.HOUSE) == items.keys() - {"occupants"}
    assert set(regsosek.AID.values()) <= programmes().keys()


def test_what_has_no_counterpart_is_named_once():
    asked = ["502A", "502N", "301B", "303", "501A", "501ABULAN", "428C", "402NAMA", "501G"]
    assert regsosek.without(asked) == [
        "aset bergerak (502)", "bukti kepemilikan tanah (301b)", "kesulitan fungsi (428)", "subsidi LPG (501g)",
    ]  # fmt: skip


def test_rows_without_a_card_or_without_an_answer_are_nobodys():
    places = regsosek.recognised(["No Kartu Keluarga", "301a", "303", "304", "305", ""])
    rows = [(4, ["1", 1]), (5, [None, 2]), (6, ["3", None]), (7, ["1", None, 8])]
    assert regsosek.answers(places, rows) == {"1": {"301A": 1, "303": 8}}
    assert regsosek.recognised(["No Kartu Keluarga", "301a"]) == {}
