"""Who is asked what, what may be answered, what is asked about once more: the tables of spec/survey."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.access.rules import Matter
from balai.families.rules import Relation, Sex
from balai.privacy.rules import catalogue
from balai.survey import rules
from balai.survey.rules import Block, Kind
from balai.survey.rules.asked import parsed
from balai.survey.rules.codes import OF_ITEMS
from tests.spec.drawn import drawn

VISIT = date(2024, 5, 15)
RELATIONS = {"H": Relation.HEAD, "S": Relation.SPOUSE, "C": Relation.CHILD, "O": Relation.OTHER}
SEXES = {"m": Sex.MALE, "f": Sex.FEMALE}
SAID = {True: "yes", False: "no", None: "?"}


def someone(text):
    age = None if text[2:] == "?" else int(text[2:])
    return rules.Someone(SEXES[text[1]], RELATIONS[text[0]], age)


def facts(text):
    names = text.split(", ")
    about = [one[1:] for one in names if one.startswith("*")]
    return rules.Facts(tuple(someone(one.lstrip("*")) for one in names), someone(about[0]) if about else None)


def answered(text):
    pairs = (pair.split("=") for pair in text.split())
    return {key: date.fromisoformat(f"{value}-01") if "-" in value else int(value) for key, value in pairs}


def keys(items):
    return [item.key for item in items]


@pytest.mark.parametrize("row", drawn("survey/asked.txt"), ids=str)
def test_who_is_asked_what(row):
    block = Block(row["block"])
    asked = keys(rules.asked(block, facts(row["people"]), answered(row["answers"])))
    assert ("yes" if row["item"] in asked else "no") == row["asked"]


@pytest.mark.parametrize("row", drawn("survey/checks.txt"), ids=str)
def test_which_answers_are_refused_or_asked_about(row):
    found = rules.findings(Block(row["block"]), facts(row["people"]), answered(row["answers"]), VISIT)
    assert {finding.item: finding.level.value for finding in found}.get(row["item"], "-") == row["said"]


@pytest.mark.parametrize("row", drawn("survey/groups.txt"), ids=str)
def test_which_groups_are_meant_for_the_family(row):
    found = rules.participation(facts(row["people"]), answered(row["answers"]))
    groups = ("posyandu", "bkb", "bkr", "pikr", "bkl", "uppka")
    assert {group: SAID[found[group]] if group in found else "-" for group in groups} == {
        group: row[group] for group in groups
    }


def test_every_check_is_in_the_table():
    drawn_items = {row["item"] for row in drawn("survey/checks.txt") if row["said"] != "-"}
    assert {check.needs[0] for checks in rules.CHECKS.values() for check in checks} == drawn_items


def test_what_is_missing_is_asked_and_unanswered():
    family = facts("Hm40, *Sf30")
    told = {"pregnant": 1, "weeks": 12, "births": 0}
    assert keys(rules.missing(Block.PLANNING, family, told)) == ["ideal", "pregnancy_wanted", "used_last_year"]
    assert keys(rules.missing(Block.HOUSING, facts("Hm40"), {}))[:2] == ["roof", "wall"]
    whole = {item.key: item.numbers[0] if item.codes else 3 for item in rules.items_of(Block.HOUSING)}
    assert rules.missing(Block.HOUSING, facts("Hm40"), whole) == ()


@pytest.mark.parametrize(("age", "due"), [("14", False), ("15", True), ("49", True), ("50", False), ("?", True)])
def test_family_planning_is_missed_only_of_couples_of_reproductive_age(age, due):
    family = facts(f"Hm40, *Sf{age}")
    assert rules.is_due(Block.PLANNING, family) is due
    assert bool(rules.missing(Block.PLANNING, family, {})) is due
    assert rules.offered(Block.PLANNING, family)


def test_nobody_misses_family_planning_where_there_is_no_couple():
    assert rules.missing(Block.PLANNING, facts("*Hf30"), {}) == ()
    assert not rules.is_due(Block.PLANNING, facts("Hm40, Sf30"))


def test_an_answer_to_what_is_not_asked_is_not_kept():
    told = {"pregnant": 1, "uses_method": 1, "method": 3, "ideal": None}
    assert rules.kept(Block.PLANNING, facts("Hm40, *Sf30"), told) == {"pregnant": 1}


ANSWERS = st.dictionaries(
    st.sampled_from(keys(rules.items_of(Block.PLANNING))), st.integers(min_value=0, max_value=13), max_size=12
)


@given(ANSWERS)
def test_what_is_kept_leads_to_itself(told):
    family = facts("Hm40, *Sf30")
    once = rules.kept(Block.PLANNING, family, told)
    assert rules.kept(Block.PLANNING, family, once) == once
    assert set(rules.missing(Block.PLANNING, family, once)) == set(rules.missing(Block.PLANNING, family, told))


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("marital", 1, True), ("marital", 4, True), ("marital", 5, False), ("marital", 0, False),
        ("marital", "1", False), ("marital", True, False), ("marital", None, True),
        ("worship", 2, True), ("worship", 3, False), ("marriage_book", 3, True),
        ("births", 0, True), ("births", 25, True), ("births", 26, False), ("births", -1, False),
        ("floor_area", 0, False), ("floor_area", 1, True), ("floor_area", 5000, True), ("floor_area", 5001, False),
        ("media", 0, False), ("media", 1, True), ("media", 1023, True), ("media", 1024, False),
        ("using_since", date(2024, 5, 1), True), ("using_since", date(2024, 5, 2), False), ("using_since", 5, False),
        ("using_since", datetime(2024, 5, 1, tzinfo=UTC), False),
    ],
)  # fmt: skip
def test_what_is_an_answer_at_all(key, value, fits):
    assert rules.possible(rules.items()[key], value) is fits


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2000, 2, 29), date(2001, 2, 28), 0), (date(2000, 2, 29), date(2001, 3, 1), 1),
        (date(2000, 5, 15), date(2010, 5, 14), 9), (date(2000, 5, 15), date(2010, 5, 15), 10),
        (None, VISIT, None), (date(2024, 5, 16), VISIT, None), (VISIT, VISIT, 0),
    ],
)  # fmt: skip
def test_age_is_in_completed_years(born, on, years):
    assert rules.age(born, on) == years


@pytest.mark.parametrize(
    ("key", "value", "language", "words"),
    [
        ("water", 4, "id", "Sumur terlindung"), ("water", 4, "en", "Protected well"), ("worship", 2, "id", "Tidak"),
        ("marriage_book", 3, "en", "Does not apply"), ("births", 3, "id", "3"), ("births", 0, "id", "0"),
        ("media", 0b101, "id", "Radio, Koran atau majalah"), ("using_since", date(2024, 5, 1), "id", "05-2024"),
        ("water", None, "id", ""),
    ],
)  # fmt: skip
def test_an_answer_in_words(key, value, language, words):
    assert rules.told(rules.items()[key], value, language) == words


def test_a_condition_that_cannot_be_read_is_a_defect():
    with pytest.raises(ValueError, match="births<1 is no condition"):
        parsed("births<1")


def test_a_condition_asks_only_for_what_stands_before_it_in_the_same_block():
    for block in Block:
        before = set()
        for item in rules.items_of(block):
            assert {parsed(one)[0] for one in item.when} <= before
            before.add(item.key)


def test_every_item_is_whole():
    for item in rules.items().values():
        assert all((item.code, item.name_id, item.name_en, item.source)), item.key
        assert item.ask_id.endswith("?")
        assert item.ask_en.endswith("?")
        assert item.ask("en") == item.ask_en != item.ask("id")
        assert bool(item.codes) == (item.kind in (Kind.CODE, Kind.YES, Kind.SEVERAL)), item.key
        assert len(set(item.numbers)) == len(item.numbers)
        assert item.of in ("", "couple", "several", "parents")
    assert len({item.code for item in rules.items().values()}) == len(rules.items())


def test_names_of_codes_are_those_of_the_form():
    assert {key: [one.value for one in enum] for key, enum in OF_ITEMS.items()} == {
        key: list(rules.items()[key].numbers) for key in OF_ITEMS
    }


def test_the_register_of_processing_calls_the_columns_as_the_form_does():
    tables = {
        Block.MEMBERS: "memberanswers", Block.PLANNING: "planninganswers",
        Block.DEVELOPMENT: "developmentanswers", Block.HOUSING: "housing",
    }  # fmt: skip
    for item in rules.items().values():
        label = catalogue().tables[f"survey.{tables[item.block]}"].label(item.key)
        assert (label.id, label.en) == (item.name_id, item.name_en)


def test_a_block_has_a_name_and_a_matter():
    assert [(block.label, block.matter, block.of_a_person) for block in Block] == [
        ("Anggota keluarga", Matter.NAMES, True), ("Keluarga berencana", Matter.CONTRACEPTION, True),
        ("Kehidupan keluarga", Matter.WELFARE, False), ("Rumah", Matter.NAMES, False),
    ]  # fmt: skip


DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 1, 9)))


@given(st.lists(DAYS, unique=True, max_size=8), DAYS)
def test_an_answer_finds_its_place_among_those_of_other_days(days, day):
    order = [date.min if one is None else one for one in days]
    here = date.min if day is None else day
    place = rules.place(days, day)
    assert (place.replaced is not None) == (day in days)
    later = [one for one in order if one > here]
    assert place.until_on == (min(later) if later else None)
    earlier = [one for one in order if one < here]
    shortened = None if place.shortened is None else order[place.shortened]
    assert shortened == (max(earlier) if earlier and day not in days else None)
