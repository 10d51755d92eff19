"""How far families are verified and whom to visit, as tables that leave."""

from datetime import date, timedelta

import pytest

from balai.access.models import acting
from balai.exports.models import sources
from balai.quality.models import Round
from tests.exports import taking
from tests.exports.taking import as_, wish, written
from tests.families import register
from tests.families.register import AT, BY, HERE, RT1
from tests.quality import records

pytestmark = pytest.mark.django_db
TODAY = AT.date()
DAYS = (TODAY - timedelta(days=3), TODAY)


@pytest.fixture
def officer(places):
    return taking.account(name="Bu Ratna")


def cells(officer, sheet, wanted=(), on=TODAY, code=HERE, **filters):
    with as_(officer):
        source = sources.source_of(sheet)
        return source.told(list(source.rows(code, filters, on).order_by(*source.order)), set(wanted))


def opened(year, at):
    return Round.objects.create(village_id=HERE, year=year, opened_at=at, opened_by="uji")


def test_a_family_is_told_with_its_decision(officer):
    records.sent_back(records.family(RT1, address="Gang 2"), reason="Alamat keliru.")
    (row,) = cells(officer, "checks")
    assert (row["called"], row["address"], row["region"], row["people"]) == ("Siti Rahmawati", "Gang 2", RT1, 2)
    assert (row["state"], row["reason"], row["visited_on"]) == ("sent_back", "Alamat keliru.", None)
    assert row["decided_on"] == TODAY
    assert "no_birthday" not in row


def test_a_family_without_a_decision_says_nothing_of_one(officer):
    records.family()
    (row,) = cells(officer, "checks", {"no_birthday"})
    assert (row["state"], row["decided_on"], row["reason"], row["missed"]) == ("draft", None, None, "")


def test_questions_without_an_answer_are_named_by_block(officer):
    made = records.family()
    records.visited(made, water=3)
    (row,) = cells(officer, "checks", {"lacks_housing", "lacks_members"})
    assert row["visited_on"] == records.VISITED
    assert "latrine" in row["lacks_housing"].split(", ")
    assert "water" not in row["lacks_housing"].split(", ")
    assert "marital" in row["lacks_members"].split(", ")
    assert len(set(row["lacks_members"].split(", "))) == len(row["lacks_members"].split(", "))
    assert "lacks_planning" not in row


def test_people_without_a_birthday_are_counted(officer):
    register.family(people=[register.head(born_on=None), register.child(born_on=date(2020, 1, 1))])
    (row,) = cells(officer, "checks", {"no_birthday"})
    assert row["no_birthday"] == 1


def test_rounds_that_passed_a_family_by_are_named(officer):
    records.family()
    opened(2026, register.LATER + timedelta(days=400))
    opened(2025, register.LATER)
    assert cells(officer, "visits")[0]["missed"] == "2025"


def test_a_family_that_was_visited_in_the_round_is_not_to_be_visited(officer):
    verified, waiting, back = (records.family(name=name) for name in ("Ani", "Budi", "Citra"))
    opened(2025, AT - timedelta(days=9))
    for row in (verified, waiting, back):
        records.visited(row)
    records.verified(verified)
    records.sent_back(back)
    assert [row["called"] for row in cells(officer, "visits")] == ["Citra"]
    assert {row["called"] for row in cells(officer, "checks")} == {"Ani", "Budi", "Citra"}


def test_nobody_is_nothing(officer):
    assert cells(officer, "checks", {"no_birthday"}) == []


def test_what_an_officer_wrote_runs_in_no_spreadsheet(officer, folder):
    records.sent_back(records.family(RT1, "Siti", address="=Gang 2"), reason="@Alamat keliru")
    export = written(officer, wish("visits", columns=("called", "address", "reason", "lacks_housing")), folder)
    said = (folder / export.file).read_bytes().decode("utf-8-sig")
    assert "Siti,'=Gang 2," in said
    assert ",'@Alamat keliru," in said
    with acting(BY):
        assert export.rows == 1
