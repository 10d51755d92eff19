"""The sheets of Regsosek about whole families: house and aid go the way of the people."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from balai.access.models import acting
from balai.aid.models import Aid
from balai.families.models import Family
from balai.rosters import actions
from balai.survey.models import Housing
from tests.families.register import HERE
from tests.people import person, signed_in
from tests.rosters.lists import again, applied, number, officer, rows_of, sent, undone

PEOPLE = ("no kartu keluarga", "401", "402 Nama", "403 NIK", "404", "405", "406", "408", "409", "427")
HOUSES = (
    "no kartu keluarga",
    "301a",
    "301b",
    "302",
    "303",
    "304",
    "305",
    "306a",
    "307a",
    "307b1",
    "308",
    "309a",
    "310",
)
AIDS = ("no kartu keluarga", "501a", "501a Bulan", "501a Tahun", "501b", "501b Bulan", "501b Tahun", "501c", "502a")
CARD = number(9_100)
FIRST = [CARD, 1, "SITI AMINAH", number(101), 1, 2, "17-05-1984", 4, 1, 1]
SECOND = [None, 2, "BUDI", number(102), 1, 1, "02-03-2015", 1, 3]
HOUSE = [CARD, 1, 1, 54, 2, 1, 3, 5, 1, 2, 4, 1, 1]
AID = [CARD, 1, 10, 2022, 2, None, None, 1, 1]
ANSWERS = {"roof": 3, "wall": 1, "floor": 1, "light": 1, "water": 4, "latrine": 1, "floor_area": 54, "fuel": 1,
           "tenure": 1}  # fmt: skip


def book(people=(FIRST, SECOND), houses=(HOUSE,), aids=(AID,)):
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as file:
        for name, rows in (
            ("2.petugas", [["II. KETERANGAN PETUGAS"], ["nama ppl", "kode ppl"]]),
            ("3.perumahan", [["III. KETERANGAN PERUMAHAN"], [], HOUSES, *houses]),
            ("4.anggota", [["IV."], PEOPLE, *people]),
            ("5.program", [["V."], AIDS, *aids]),
        ):
            sheet = file.add_worksheet(name)
            for line, cells in enumerate(rows):
                sheet.write_row(line, 0, ["" if cell is None else cell for cell in cells])
    return out.getvalue()


@pytest.fixture
def by(tree):
    return officer()


def living(by):
    """(answers about the house that hold today, [(programme, until, origin)]) of the one family."""
    with acting(by):
        family = Family.objects.get()
        house = [row.values for row in Housing.objects.now().filter(family=family)]
        return house, sorted(Aid.objects.filter(family=family).values_list("programme", "until_on", "origin"))


def test_the_house_and_the_aid_arrive_with_the_people(by):
    roster = applied(by, sent(by, book()))
    assert roster.state == "applied"
    assert living(by) == ([ANSWERS], [("sembako", date(2022, 10, 31), "impor regsosek")])


def test_what_was_not_read_is_named_in_the_dry_run(by):
    roster = sent(by, book())
    said = [message % params for message, params in roster.notes]
    assert said == [
        "Lembar yang tidak dibaca karena bukan daftar orang: 2.petugas.",
        "Tidak ada padanannya di register, jadi tidak dibaca: aset bergerak (502), bukti kepemilikan tanah (301b), "
        "gizi (427).",
    ]
    (_first, kept), (_second, other) = rows_of(by, roster)
    assert [str(reason.said) for reason in kept.outcome.reasons] == [
        "Pertanyaan 501c: bulan dan tahun terakhir diterima tidak terbaca, jadi bantuannya tidak dicatat."
    ]
    assert (kept.facts.house, other.facts.house, other.facts.aid) == (ANSWERS, {}, {})


def test_the_same_list_again_changes_nothing(by):
    applied(by, sent(by, book()))
    assert sent(by, book()).counts == {"new": 0, "changed": 0, "unchanged": 2, "duplicate": 0, "refused": 0}


def test_another_answer_is_told_and_keeps_the_others(by):
    applied(by, sent(by, book()))
    newer = sent(by, book(houses=[[CARD, *[None] * 3, 8]], aids=[[CARD, 1, 3, 2024, 1, 4, 2024]]))
    (_row, kept), _other = rows_of(by, newer)
    assert {field: tuple(pair) for field, pair in kept.outcome.changes.items()} == {
        "floor": (1, 5), "aid.sembako": ("2022-10-31", "2024-03-31"), "aid.pkh": (None, "2024-04-30"),
    }  # fmt: skip
    applied(by, newer)
    house, aid = living(by)
    assert house == [ANSWERS | {"floor": 5}]
    assert [one[:2] for one in aid] == [
        ("pkh", date(2024, 4, 30)), ("sembako", date(2022, 10, 31)), ("sembako", date(2024, 3, 31)),
    ]  # fmt: skip


def test_aid_that_still_comes_stands_beside_an_older_list(by):
    applied(by, sent(by, book(aids=[])))
    with acting(by):
        family = Family.objects.get()
        Aid.objects.create(family=family, region=family.region, programme="sembako", agency=20, state="received",
                           source="form", made_at=family.made_at, made_by=by.name)  # fmt: skip
    assert sent(by, book()).counts["unchanged"] == 2


def test_aid_of_one_person_is_not_that_of_the_family(by):
    applied(by, sent(by, book(aids=[])))
    with acting(by):
        family = Family.objects.get()
        Aid.objects.create(
            family=family, person=family.people.first(), region=family.region, programme="sembako", agency=20,
            state="received", source="form", made_at=family.made_at, made_by=by.name,
        )  # fmt: skip
    assert sent(by, book()).counts["changed"] == 1


def test_undoing_takes_house_and_aid_back_to_what_they_were(by):
    first = applied(by, sent(by, book()))
    before = living(by)
    newer = applied(by, sent(by, book(houses=[[CARD, *[None] * 3, 8]], aids=[[CARD, 1, 3, 2024]])))
    assert living(by) != before
    assert undone(by, newer).state == "undone"
    assert living(by) == before
    assert undone(by, first).state == "undone"
    with acting(by):
        assert [model.objects.count() for model in (Family, Housing, Aid)] == [0, 0, 0]


def test_a_row_that_is_mended_keeps_what_is_said_of_its_family(by):
    spoilt = [*FIRST[:6], "31-02-1984", *FIRST[7:]]
    roster = sent(by, book(people=(spoilt, SECOND)))
    row, _kept = rows_of(by, roster)[0]
    assert row.verdict == "refused"
    with acting(by):
        actions.correct_row(by=by, at=roster.made_at, row=row, values={"born_on": "17-05-1984"})
    applied(by, again(roster))
    assert living(by)[0] == [ANSWERS]


def test_a_house_whose_card_nobody_has_is_left(by):
    roster = applied(by, sent(by, book(houses=[[number(9_999), *HOUSE[1:]]], aids=[])))
    assert (roster.state, living(by)) == ("applied", ([], []))


def test_the_page_tells_the_changes_in_words(by):
    applied(by, sent(by, book()))
    newer = sent(by, book(houses=[[CARD, *[None] * 3, 8]], aids=[[CARD, 1, 3, 2024, 1, 4, 2024]]))
    page = signed_in(person("field_officer", HERE)).get(f"/impor/{newer.pk}").content.decode()
    for words in ("Tanah", "terakhir Oktober 2022", "terakhir Maret 2024", "Program Keluarga Harapan (PKH)"):
        assert words in page
