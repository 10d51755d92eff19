"""What a person and a family may be, drawn as tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.base.errors import NotValid
from balai.families import rules
from balai.families.rules import FAMILY, PersonFacts

ON = date(2025, 12, 16)
SEXES = {"l": rules.Sex.MALE, "p": rules.Sex.FEMALE, "?": 0}
RELATIONS = {"kepala": 1, "pasangan": 2, "anak": 3, "lain": 4, "?": 9}


def people(table):
    """PersonFacts of a drawn table: name | sex | relation | born."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [
        PersonFacts(name, SEXES[sex], RELATIONS[relation], date.fromisoformat(born) if born else None)
        for name, sex, relation, born in rows
    ]


HOUSEHOLDS = {
    "a couple with a child": (
        """Budi    | l | kepala   | 1980-01-02
           Siti    | p | pasangan | 1984-05-17
           Dimas   | l | anak     | 2019-02-03""",
        [],
    ),
    "a person alone, day of birth unknown": ("Sarinah | p | kepala |", []),
    "a father, and a kinsman without a day of birth": ("Budi | l | kepala | 1980-01-02\nEko | l | lain |", []),
    "nobody": ("", [(FAMILY, "people")]),
    "nobody is head": ("Siti | p | pasangan | 1984-05-17", [(FAMILY, "people")]),
    "two heads": ("Budi | l | kepala |\nEko | l | kepala |", [(1, "relation")]),
    "two wives on one form": ("Budi | l | kepala |\nSiti | p | pasangan |\nAni | p | pasangan |", [(2, "relation")]),
    "born tomorrow": ("Budi | l | kepala | 2025-12-17", [(0, "born_on")]),
    "born today": ("Budi | l | kepala | 2025-12-16", []),
    "born 131 years ago": ("Budi | l | kepala | 1894-12-16", [(0, "born_on")]),
    "a digit in the name": ("Bud1 | l | kepala |", [(0, "name")]),
    "a formula for a name": ("=SUM(A1) | l | kepala |", [(0, "name")]),
    "no sex": ("Budi | ? | kepala |", [(0, "sex")]),
    "no relation that is known": ("Budi | l | ? |", [(0, "relation"), (FAMILY, "people")]),
}


@pytest.mark.parametrize(("table", "found"), HOUSEHOLDS.values(), ids=HOUSEHOLDS.keys())
def test_what_cannot_be_a_family_is_said_where_it_is_wrong(table, found):
    rows = people(table) if table else []
    assert [(fault.person, fault.field) for fault in rules.faults(rows, ON)] == found
    if found:
        with pytest.raises(NotValid):
            rules.check(rows, ON)
    else:
        rules.check(rows, ON)


@pytest.mark.parametrize(
    ("relation", "others", "fits"),
    [
        ("anak", ["kepala", "anak"], True),
        ("kepala", ["pasangan"], True),
        ("kepala", ["kepala"], False),
        ("pasangan", ["kepala"], True),
        ("pasangan", ["kepala", "pasangan"], False),
        ("lain", [], True),
    ],
)
def test_one_more_person_fits_beside_the_others_or_not(relation, others, fits):
    one = PersonFacts("Budi", 1, RELATIONS[relation])
    known = [RELATIONS[name] for name in others]
    assert (list(rules.beside(one.relation, known)) == []) is fits
    if fits:
        rules.check_person(one, ON, known)
    else:
        with pytest.raises(NotValid):
            rules.check_person(one, ON, known)


@pytest.mark.parametrize(
    ("child", "sex", "mother", "may"),
    [
        ("2019-02-03", "p", "1984-05-17", True),
        ("2019-02-03", "p", "", True),
        ("", "p", "1984-05-17", True),
        ("2019-02-03", "l", "1984-05-17", False),
        ("1984-05-17", "p", "2019-02-03", False),
        ("1984-05-17", "p", "1984-05-17", False),
    ],
)
def test_a_mother_is_a_woman_who_is_not_known_to_be_younger(child, sex, mother, may):
    days = [date.fromisoformat(day) if day else None for day in (child, mother)]
    assert rules.may_be_mother(days[0], SEXES[sex], days[1]) is may


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Siti   Rahmawati ", "Siti Rahmawati"),
        ("Siti\nRahmawati", "Siti Rahmawati"),
        ("Siti\u2028Rahmawati", "Siti Rahmawati"),
        ("Siti\u202e\u200bRahma", "SitiRahma"),
        ("Rene\u0301", "René"),
        ("\x00", ""),
    ],
)
def test_a_line_holds_only_what_can_be_seen(text, line):
    assert rules.one_line(text) == line


@given(st.text(max_size=40))
def test_a_line_stays_as_it_is_once_it_is_one(text):
    line = rules.one_line(text)
    assert rules.one_line(line) == line
    assert line.isprintable()


@pytest.mark.parametrize(
    "name", ["Siti", "Ma'ruf", "H. Abd. Rahman, S.Pd", "Nur-Aini", "I Gusti Ngurah", "Ödön", "ʻAli"]
)
def test_names_of_people_are_names(name):
    assert rules.is_name(name)


@pytest.mark.parametrize("name", ["", "-Budi", "=A1", "Budi1", "<b>Budi", "@budi", "Budi;", " Budi"])
def test_what_a_spreadsheet_or_a_page_could_run_is_no_name(name):
    assert not rules.is_name(name)


def test_a_name_of_a_hundred_thousand_letters_is_read_at_once():
    assert not rules.is_name("a" * 100_000 + "1")


@pytest.mark.parametrize(("text", "count"), [("", 0), ("cek", 3), ("verifikasi", 10), ("1234567890", 0), ("- . ,", 0)])
def test_a_reason_is_measured_by_its_letters(text, count):
    assert rules.letters(text) == count


def test_codes_are_those_of_the_national_form():
    assert rules.Sex.choices() == [(1, "Laki-laki"), (2, "Perempuan")]
    assert [code for code, _label in rules.Relation.choices()] == [1, 2, 3, 4]
    assert rules.NumberKind.choices() == [("nik", "NIK"), ("kk", "KK")]
    assert [code for code, _label in rules.LeftReason.choices()] == ["moved_away", "dissolved", "entered_twice"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("sex", 2, "Perempuan"),
        ("relation", 3, "Anak"),
        ("left_reason", "moved_away", "Pindah ke luar wilayah"),
        ("address", "Jalan Melati 4", "Jalan Melati 4"),
        ("address", "", "belum diisi"),
        ("born_on", None, "belum diisi"),
        ("born_on", "1984-05-17", "1984-05-17"),
    ],
)
def test_a_value_of_the_trail_is_told_in_words(field, value, told):
    assert rules.told_value(field, value) == told
