import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.access.rules import ROLES, AgencyKind, DataClass, Matter
from balai.base.errors import NotValid
from balai.exports.rules import (
    AGES,
    BY_SLUG,
    QUOTA,
    SHEETS,
    Form,
    Format,
    State,
    is_unusual,
    left_of_quota,
    matters,
    needs_second,
    password_of,
    purpose_of,
)
from balai.exports.rules.lists import _agency, _programme, labelled
from balai.families.rules import Sex
from balai.survey.rules import items
from tests.families import register
from tests.families.register import AT

# Role -> tables that it may take, and whether a number may stand there in full. Others take none.
SURVEY = {"survey_members", "survey_housing"}
COMMON = {"families", "members", "events", "checks", "visits", *SURVEY}
EVERYTHING = {*COMMON, "survey_planning", "survey_development", "aid", "listed", "measurements"}
OPEN = {
    ("cadre", None): (EVERYTHING, "masked"),
    ("companion", None): (EVERYTHING, "masked"),
    ("field_officer", None): (EVERYTHING, "full"),
    ("family_office", None): (EVERYTHING, "full"),
    ("village_editor", None): (COMMON, "masked"),
    ("village_head", None): (COMMON, "masked"),
    ("agency_officer", "health"): ({*COMMON, "survey_planning", "measurements"}, "masked"),
    ("agency_officer", "social"): ({*COMMON, "survey_development", "aid", "listed"}, "full"),
    ("agency_officer", "population"): (COMMON, "full"),
}
WATER_AND_LATRINE = [", ".join(items()[key].name(tongue) for key in ("water", "latrine")) for tongue in ("id", "en")]
HATS = [(role, agency) for role in ROLES for agency in (AgencyKind if role == "agency_officer" else [None])]


@pytest.mark.parametrize(("role", "agency"), HATS)
def test_a_role_takes_the_tables_and_columns_that_it_may_see(role, agency):
    actor = register.actor(role, register.KABUPATEN, agency=agency)
    tables, number = OPEN.get((role, agency), (set(), ""))
    assert {key for key, sheet in SHEETS.items() if sheet.open_to(actor)} == tables
    shown = {column.key for key in tables for column in SHEETS[key].columns_for(actor)}
    assert {"card", "nik"} <= shown or not number
    assert ({"card_full", "nik_full"} <= shown) is (number == "full")
    for key in tables - {"families", "members", "checks", "visits"}:
        assert SHEETS[key].columns_for(actor) == SHEETS[key].columns


@pytest.mark.parametrize("sheet", ["checks", "visits"])
@pytest.mark.parametrize(
    ("role", "agency", "unseen"),
    [
        ("cadre", None, set()),
        ("village_head", None, {"lacks_planning", "lacks_development"}),
        ("agency_officer", "health", {"lacks_development"}),
        ("agency_officer", "social", {"lacks_planning"}),
    ],
)
def test_what_is_not_answered_is_told_to_whoever_may_read_the_answer(sheet, role, agency, unseen):
    columns = SHEETS[sheet].columns_for(register.actor(role, register.KABUPATEN, agency=agency))
    assert {one.key for one in SHEETS[sheet].columns} - {one.key for one in columns} == unseen


def test_a_number_by_its_last_four_is_no_specific_data_and_in_full_it_is():
    columns = {column.key: column for column in SHEETS["members"].columns}
    assert columns["nik"].data_class is DataClass.P3
    assert columns["nik_full"].data_class is DataClass.P4
    assert columns["place"].data_class is DataClass.P1


@pytest.mark.parametrize(
    ("persons", "columns", "second"),
    [
        (1000, ("called",), False),
        (1001, ("called",), True),
        (1, ("card",), False),
        (1, ("card_full",), True),
        (0, (), False),
    ],
)
def test_many_persons_or_specific_data_need_a_second_officer(persons, columns, second):
    assert needs_second(persons, SHEETS["families"].named(columns)) is second


@pytest.mark.parametrize(("asked", "left"), [(0, QUOTA), (4999, 1), (5000, 0), (9000, 0)])
def test_what_is_left_of_the_quota_is_never_less_than_nothing(asked, left):
    assert left_of_quota(asked) == left


@pytest.mark.parametrize(
    ("before", "now", "past", "unusual"),
    [
        (0, 500, [], False),  # the first time there is nothing to compare with
        (0, 300, [100, 90, 110], False),
        (0, 301, [100, 90, 110], True),
        (250, 51, [100], True),
        (301, 50, [100], False),  # told once, when the limit is passed
        (0, 31, [10, 10, 4000], True),  # one large day does not hide the next
    ],
)
def test_three_times_the_median_of_ones_own_days_is_unusual(before, now, past, unusual):
    assert is_unusual(before, now, past) is unusual


def test_a_purpose_is_one_line_of_words():
    assert purpose_of("  rapat   kampung\nbulan ini ") == "rapat kampung bulan ini"


@pytest.mark.parametrize("written", ["", "rapat", "1234567890123", "a" * 201, "." * 50])
def test_a_purpose_that_says_nothing_is_refused(written):
    with pytest.raises(NotValid, match="10 huruf"):
        purpose_of(written)


@pytest.mark.parametrize("number", ["9901010101990001", "9901 0101 0199 0001"])
def test_a_purpose_holds_no_number_of_anybody(number):
    with pytest.raises(NotValid, match="Jangan menulis NIK"):
        purpose_of(f"mencari keluarga {number}")


@given(st.binary(min_size=20, max_size=20))
def test_a_password_is_easily_copied_and_keeps_five_bits_of_each_byte(drawn):
    password = password_of(drawn)
    assert len(password) == 23
    assert set(password) <= set(string.ascii_lowercase + string.digits + "-") - set("lo01")
    assert password == password_of(bytes(one % 32 for one in drawn))


def test_every_code_of_a_byte_gives_its_own_sign():
    assert len({password_of(bytes([one])) for one in range(32)}) == 32


def test_keys_addresses_and_columns_occur_once():
    assert len(BY_SLUG) == len(SHEETS)
    for sheet in SHEETS.values():
        keys = [column.key for column in sheet.columns]
        assert len(set(keys)) == len(keys)
        assert sheet.title
        assert sheet.about
        assert len({one.key for one in sheet.filters}) == len(sheet.filters)


def test_columns_come_in_the_order_of_the_table():
    named = SHEETS["families"].named(["people", "called", "nonsense"])
    assert [column.key for column in named] == ["called", "people"]
    assert matters(SHEETS["aid"].named(["called", "programme"])) == (Matter.NAMES, Matter.WELFARE)


@pytest.mark.parametrize(
    ("sheet", "column", "value", "language", "said"),
    [
        ("members", "sex", 2, "id", "Perempuan"),
        ("members", "sex", None, "id", None),
        ("members", "name", "", "id", None),
        ("members", "born_on", AT.date(), "id", "2025-12-16"),
        ("members", "nik_full", "9" * 16, "id", "9999 9999 9999 9999"),
        ("survey_planning", "method", 5, "en", "Injection"),
        ("survey_planning", "births", 2, "id", 2),
        ("survey_planning", "using_since", AT.date(), "id", "12-2025"),
        ("aid", "programme", "pkh", "id", "PKH"),
        ("aid", "amount", 750_000, "id", 750_000),
        ("events", "kind", "birth", "id", "Kelahiran"),
        ("measurements", "position", "l", "id", "Telentang"),
        ("measurements", "oedema", False, "id", "Tidak"),
        ("measurements", "oedema", None, "id", None),
        ("measurements", "waz", -2.51, "id", -2.51),
        ("checks", "state", "sent_back", "id", "Perlu diperbaiki"),
        ("checks", "lacks_housing", "water, latrine", "id", WATER_AND_LATRINE[0]),
        ("checks", "lacks_housing", "water, latrine", "en", WATER_AND_LATRINE[1]),
        ("checks", "lacks_housing", "", "id", None),
    ],
)
def test_a_value_is_told_in_words(sheet, column, value, language, said):
    told = SHEETS[sheet].named([column])[0].in_words(value, language)
    assert told == said or (column == "programme" and said in told)


def test_a_code_that_nobody_knows_stays_as_it_is():
    assert labelled(Sex)(9, "id") == "9"
    assert _programme("lama", "id") == "lama"
    assert _agency(999, "id") == 999
    assert _agency(26, "id") != _agency(26, "en")


def test_ages_hang_together():
    day = AT.date()
    assert [AGES[key].on(day)[0] for key in ("under_five", "fertile", "elderly")] == [0, 15, 60]


def test_states_and_forms_have_names():
    assert all(one.label for one in [*State, *Format])
    assert {one for sheet in SHEETS.values() for column in sheet.columns for one in [column.form]} == set(Form)
