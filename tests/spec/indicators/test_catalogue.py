"""The catalogue against what it is made from: the dossier's list of indicators and the items of the survey."""

import csv

import pytest

from balai.indicators.rules import catalogue, tables, waits_for
from balai.indicators.rules.checking import codes
from balai.survey.rules import Block, Kind, items_of

BLOCKS = {"members": Block.MEMBERS, "couples": Block.PLANNING, "families": Block.DEVELOPMENT}
TYPES = {Kind.CODE: "int", Kind.YES: "bool", Kind.COUNT: "int", Kind.MONTH: "date", Kind.SEVERAL: "int"}
PROGRAMMES = ("data", "behaviour", "health", "stunting", "education", "protection", "economy", "environment")


def test_every_indicator_of_the_dossier_is_defined_once(shared_data):
    with (shared_data.parent / "domain" / "indicators.csv").open(encoding="utf-8") as lines:
        wanted = {row["code"]: PROGRAMMES[int(row["programme"][1]) - 1] for row in csv.DictReader(lines)}
    assert len(wanted) == 171
    found = {code: one.programme for code, one in catalogue().indicators.items() if "_" not in code}
    assert found == wanted


def test_a_second_definition_stands_beside_the_first_and_names_it():
    indicators = catalogue().indicators
    for code, one in indicators.items():
        main, _, second = code.partition("_")
        if second:
            assert main in one.beside
            assert one.programme == indicators[main].programme
            assert one.name_id != indicators[main].name_id
        assert all(code in indicators[other].beside for other in one.beside)


def test_an_indicator_speaks_both_languages():
    for one in catalogue().indicators.values():
        for word in ("name", "means", "counted", "of", "note"):
            said, translated = getattr(one, f"{word}_id"), getattr(one, f"{word}_en")
            assert bool(said) == bool(translated), one.code
        assert one.means_id.endswith(".")
        assert one.source


def test_what_waits_says_for_what():
    found = catalogue()
    waiting = {code: waits_for(found, one) for code, one in found.indicators.items()}
    assert set(waiting.values()) == {"", "care", "convergence", "village_index", "ks_items", "nik_check"}
    for code, one in found.indicators.items():
        assert one.waits or not (one.table and tables()[one.table].waits), code


@pytest.mark.parametrize(("name", "block"), [*BLOCKS.items(), ("families", Block.HOUSING)])
def test_columns_of_the_survey_have_its_names_codes_and_kinds(name, block):
    columns = tables()[name].columns
    for item in items_of(block):
        column = columns[item.key]
        assert (column.item, column.type) == (item.code, TYPES[item.kind])
        if item.kind is Kind.CODE:
            assert codes(column.codes) == set(item.numbers)
            assert [said.split(" ", 1)[1] for said in column.codes.split("; ")] == [code.name_id for code in item.codes]


def test_no_column_holds_a_name_a_number_or_an_address():
    told = {word for table in tables().values() for column in table.complete for word in column.split("_")}
    assert told & {"name", "address", "phone", "card_number"} == set()
    for table in tables().values():
        for column, declared in table.columns.items():
            if "nik" in column.split("_"):
                assert declared.type == "bool"


def test_every_number_that_may_change_has_a_source_and_is_used():
    found = catalogue()
    texts = [one.expression for table in found.tables.values() for one in table.derived.values()]
    texts += [text for one in found.indicators.values() for text in (one.among, one.counted)]
    for name, one in found.parameters.items():
        assert one.source
        assert any(f"{{{name}}}" in text for text in texts), name
