"""The raw tables say of the register what it says, and nothing else."""

from datetime import date
from uuid import UUID

import pytest

from balai.access.models import acting
from balai.aid.models import ListEntry, ListVersion
from balai.classification.models import Edition, Outcome, Run
from balai.events.models import LifeEvent
from balai.facilities.models import Facility
from balai.families.actions import load_families
from balai.families.models import Family, PastStay, Person
from balai.families.rules import Home, Newcomer
from balai.identity.models import Document
from balai.indicators.rules import catalogue
from balai.measurements.models import Measurement
from balai.quality.models import Verification
from balai.snapshot.actions.inventing import from_synth
from balai.snapshot.models import closed, facts_of_villages, registers
from balai.snapshot.rules.raw import needed, raw_tables, select, unfilled
from balai.snapshot.rules.sources import OF_VILLAGES, sources
from balai.survey.models import ANSWERS
from balai.survey.rules import Block
from balai.villages.models import AgencyActivity, Answer, DataHouse, DataHouseAssessment, KampungKB, VillageMonth
from balai.villages.rules import DataHouseClass
from tests import people
from tests.snapshot.conftest import AT, BY, DAY, KABUPATEN, OTHER, PERIOD, VILLAGE

HUSBAND, WIFE, CHILD, TWIN, ELDER = tuple(f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 6))
FAMILY = "00000000-0000-4000-8000-0000000000f1"
MADE = {"made_at": AT, "made_by": "test"}


@pytest.fixture
def household(tree):
    """A couple with three children, two of them twins, in a village."""
    newcomers = (
        Newcomer(UUID(HUSBAND), "Suwarno", 1, 1, date(1980, 1, 1), nik="0000010101800001"),
        Newcomer(UUID(WIFE), "Rahmawati", 2, 2, date(1985, 2, 2), nik="0000014202850000"),
        Newcomer(UUID(ELDER), "Budi", 1, 3, date(2012, 3, 3), mother=UUID(WIFE)),
        Newcomer(UUID(CHILD), "Ani", 2, 3, date(2025, 4, 4), mother=UUID(WIFE)),
        Newcomer(UUID(TWIN), "Ana", 2, 3, date(2025, 4, 4), mother=UUID(WIFE)),
    )
    home = Home(UUID(FAMILY), VILLAGE, newcomers, "Jalan Melati 3", date(2015, 1, 1), "0000010101150001")
    with acting(BY):
        load_families(by=BY, at=AT, homes=[home], source="test")
        yield Family.objects.get(pk=FAMILY)


def of(rows, member):
    return next(row for row in rows if row["member"] == member)


@pytest.mark.parametrize("name", raw_tables())
def test_every_promised_column_is_filled(name):
    table = catalogue().tables[name]
    assert unfilled(table) == []
    assert needed([select(table)])[1] or name == "villages"


def test_tables_without_a_source_wait():
    waiting = {name for name, table in catalogue().tables.items() if table.waits}
    assert set(raw_tables()) == set(catalogue().tables) - waiting


@pytest.mark.django_db
def test_each_source_gives_the_columns_that_it_says(household):
    for name, rows in registers(VILLAGE, DAY).items():
        found = rows.query.sql_with_params()[0] if name != "past" else ""
        assert not found or len(rows._fields or rows.query.values_select) <= len(sources()[name])
        for row in rows[:3]:
            assert len(row) == len(sources()[name])
    for name, rows in facts_of_villages(VILLAGE, DAY).items():
        assert {len(row) for row in rows} == {len(OF_VILLAGES[name])}


@pytest.mark.django_db
def test_a_household_as_the_register_tells_it(household, build, table):
    build()
    family = table("families")[0]
    assert (family["village"], family["rt"], family["family"]) == (VILLAGE, None, FAMILY)
    assert (family["as_of"], family["since_on"], family["verified"]) == (DAY, date(2015, 1, 1), False)
    members = table("members")
    assert len(members) == 5
    wife = of(members, WIFE)
    assert (wife["last_birth_on"], wife["previous_birth_on"]) == (date(2025, 4, 4), date(2012, 3, 3))
    assert wife["births_last_year"] == 2
    assert of(members, HUSBAND)["births_last_year"] is None
    assert [of(members, one)["nik_known"] for one in (HUSBAND, CHILD)] == [True, False]
    assert [of(members, one)["nik_valid"] for one in (HUSBAND, WIFE, CHILD)] == [True, False, None]
    assert [of(members, one)["nik_shared"] for one in (HUSBAND, CHILD)] == [False, None]
    assert [row["member"] for row in table("couples")] == [WIFE]
    assert {row["member"] for row in table("children")} == {CHILD, TWIN}
    assert table("villages")[0]["families_here"] in (0, 1)


@pytest.mark.django_db
def test_no_does_not_apply_and_no_answer_are_three_things(household, build, table):
    model = ANSWERS[Block.DEVELOPMENT]
    model.objects.create(family=household, region=VILLAGE, from_on=date(2025, 5, 1), worship=1, marriage_book=3,
                         ill=2, **MADE)  # fmt: skip
    ANSWERS[Block.HOUSING].objects.create(family=household, region=VILLAGE, from_on=date(2025, 6, 1), water=5, **MADE)
    build()
    row = table("families")[0]
    assert (row["worship"], row["ill"], row["savings"]) == (True, False, None)
    assert (row["marriage_book"], row["marriage_book_applies"]) == (None, False)
    assert (row["water"], row["visited_on"]) == (5, date(2025, 6, 1))


@pytest.mark.django_db
def test_an_answer_of_a_later_visit_is_not_known_yet(household, build, table):
    rows = ANSWERS[Block.HOUSING].objects
    rows.create(family=household, region=VILLAGE, from_on=date(2024, 1, 1), until_on=date(2025, 12, 5), water=1, **MADE)
    rows.create(family=household, region=VILLAGE, from_on=date(2025, 12, 5), water=5, **MADE)
    build(on=date(2025, 12, 6))
    assert table("families")[0]["water"] == 1


@pytest.mark.django_db
def test_who_is_restricted_is_nowhere_and_a_family_of_such_neither(household, build, table):
    Person.objects.filter(pk=WIFE).update(restricted_at=AT, restricted_by="test")
    build()
    assert WIFE not in {row["member"] for row in table("members")}
    assert table("couples") == []
    Person.objects.update(restricted_at=AT, restricted_by="test")
    build()
    assert (table("families"), table("members")) == ([], [])


@pytest.mark.django_db
def test_on_an_earlier_day_people_stand_where_they_stood(household, build, table):
    old = Family.objects.create(region=OTHER, since_on=date(2010, 1, 1), **MADE)
    PastStay.objects.create(person_id=ELDER, family=old, region=OTHER, relation=4, until_on=date(2025, 12, 10), **MADE)
    Person.objects.filter(pk=ELDER).update(since_on=date(2025, 12, 10))
    Person.objects.filter(pk=HUSBAND).update(gone_on=date(2025, 12, 20), gone_reason="died")
    build(on=date(2025, 12, 31))
    members = table("members")
    assert (of(members, ELDER)["village"], of(members, ELDER)["relation"]) == (OTHER, 4)
    assert of(members, HUSBAND)["village"] == VILLAGE
    assert {row["village"] for row in table("families")} == {VILLAGE, OTHER}


@pytest.mark.django_db
def test_lists_papers_aid_events_and_facilities(household, build, table):
    lists = {"region": "16.05", "source": "Dinsos", "sha256": "0" * 64, "brought_at": AT, "brought_by": "test",
             "applied_at": AT, "applied_by": "test"}  # fmt: skip
    older, newer, dtks = (
        ListVersion.objects.create(kind=kind, edition=str(day), dated_on=day, **lists | {"sha256": str(number) * 64})
        for number, (kind, day) in enumerate(
            (("dtsen", date(2024, 1, 1)), ("dtsen", date(2025, 1, 1)), ("dtks", date(2025, 1, 1)))
        )
    )
    matched = {"family": household, "region": VILLAGE, "state": "by_nik", "matched_on": DAY, "line": 1, **MADE}
    ListEntry.objects.create(version=older, decile=1, **matched)
    ListEntry.objects.create(version=newer, decile=4, **matched)
    Document.objects.create(person_id=WIFE, family=household, region=VILLAGE, kind="card", is_held=True, **MADE)
    LifeEvent.objects.create(kind="birth", family=household, person_id=CHILD, region=VILLAGE, on=date(2025, 4, 4),
                             people=1, detail={"place": "facility"}, **MADE)  # fmt: skip
    Facility.objects.create(region=VILLAGE, kind="posyandu", name="Melati", recorded_at=AT, recorded_by="test")
    Verification.objects.create(family=household, region=VILLAGE, village=VILLAGE, outcome="verified", entry=0,
                                decided_at=AT, decided_by="test")  # fmt: skip
    build()
    family = table("families")[0]
    assert (family["decile_dtsen"], family["decile_p3ke"], family["dtsen_matched"]) == (4, None, True)
    assert (family["in_dtks"], family["verified"]) == (False, True)
    assert dtks.kind == "dtks"
    assert of(table("members"), WIFE)["id_card"] is True
    event = table("events")[0]
    assert (event["kind"], event["place"], event["entered_on"]) == ("birth", "facility", date(2025, 12, 1))
    assert table("facilities")[0]["kind"] == "posyandu"


@pytest.mark.django_db
def test_what_is_told_of_a_village(tree, build, table):
    told = {"recorded_at": AT, "recorded_by": "test", "source": "test"}
    kampung = KampungKB.objects.create(village_id=VILLAGE, founded_earliest=date(2020, 1, 1),
                                       founded_latest=date(2020, 1, 1), **told)  # fmt: skip
    Answer.objects.create(kampung=kampung, village_code=VILLAGE, item="number_families", value=55,
                          from_on=date(2024, 1, 1), **told)  # fmt: skip
    house = DataHouse.objects.create(village_id=VILLAGE, exists=True, has_decree=True, from_on=date(2024, 1, 1), **told)
    DataHouseAssessment.objects.create(house=house, on=date(2025, 1, 1), found={},
                                       computed_class=DataHouseClass.FULL.value, **told)  # fmt: skip
    VillageMonth.objects.create(code=VILLAGE, period="2025-10", pikr_members=12, pikr_target=40)
    VillageMonth.objects.create(code="16.05.99.2999", period="2025-10", pikr_members=1)
    AgencyActivity.objects.create(village_id=VILLAGE, agency=26, on=date(2025, 11, 3), **told)
    AgencyActivity.objects.create(village_id=OTHER, agency=26, on=date(2025, 3, 3), **told)
    build()
    rows = {row["village"]: row for row in table("villages")}
    here, there, none = rows[VILLAGE], rows[OTHER], rows["16.05.01.2004"]
    assert (here["kampung_kb"], here["data_house"], here["data_house_decree"], here["data_house_class"]) == (
        True, True, True, 3
    )  # fmt: skip
    assert (here["number_families"], here["pikr_members"], here["pikr_target"]) == (55, 12, 40)
    assert [row["activities_month"] for row in (here, there, none)] == [1, 0, None]
    assert none["kampung_kb"] is None


@pytest.mark.django_db
def test_of_a_village_the_class_of_the_month_is_told(tree):
    edition = Edition.objects.create(rules="balai-2026", period=PERIOD)
    run = Run.objects.create(rules="balai-2026", rules_version="1", figures="reported", period=PERIOD, at=AT, by="test")
    told = {"run": run, "edition": edition, "class_low": 1, "class_high": 4, "scores": ".", "reasons": ".",
            "inputs": "[]"}  # fmt: skip
    Outcome.objects.create(code=VILLAGE, village_class=3, input_index=250, formed=True, **told)
    Outcome.objects.create(code=OTHER, formed=None, **told)
    with acting(BY):
        rows = facts_of_villages(KABUPATEN, DAY)["told_of_villages"]
    names = list(OF_VILLAGES["told_of_villages"])
    found = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    asked = ("kampung_kb", "balai_class", "balai_input", "balai_output", "portal_class")
    assert [found[VILLAGE][name] for name in asked] == [True, 3, 250, None, None]
    assert [found[OTHER][name] for name in asked] == [None] * 5


@pytest.mark.django_db
def test_measurements_before_five_with_the_last_of_each(household, build, table):
    for day, kilos, centimetres in (
        (date(2025, 9, 1), 7, None),
        (date(2025, 10, 1), None, 66),
        (date(2025, 12, 9), 9, 70),
    ):
        Measurement.objects.create(person_id=CHILD, family=household, region=VILLAGE, measured_on=day, weight_kg=kilos,
                                   height_cm=centimetres, position="l" if centimetres else "", source="form",
                                   **MADE)  # fmt: skip
    build(on=date(2025, 12, 10))
    child = of(table("children"), CHILD)
    assert (child["weighed_on"], child["weighed_kg"]) == (date(2025, 9, 1), 7.0)
    assert (child["measured_on"], child["height_cm"], child["position"]) == (date(2025, 10, 1), 66.0, 1)
    assert [row["measured_on"] for row in table("measurements")] == [date(2025, 9, 1), date(2025, 10, 1)]
    scored = of(table("children"), CHILD)
    assert -6 < scored["waz"] < 6
    assert -6 < scored["haz"] < 6
    assert (scored["whz"], scored["gain"], scored["gain_before"]) == (None, "B", None)


@pytest.mark.django_db
def test_the_invented_population_is_the_same_with_and_without_a_database(register, invented, build, table, tmp_path):
    """On SQLite and on PostgreSQL: so both give the same."""
    build()
    out = tmp_path / "tanpa"
    assert from_synth(at=AT, folder=invented, out=out) == len(table("families"))
    for name in ("families", "couples"):
        assert table(name) == table(name, folder=out)
        assert table(name) == table(name, folder=out)
    numbers = {"nik_known", "nik_valid", "nik_shared"}
    ours, theirs = ([{key: row[key] for key in row if key not in numbers} for row in rows]
                    for rows in (table("members"), table("members", folder=out)))  # fmt: skip
    assert ours == theirs


@pytest.mark.django_db
def test_what_the_reader_may_not_see_is_closed(tree):
    head = people.actor(people.person("village_head", VILLAGE))
    assert {"planning_answers", "development_answers", "measured", "listed", "received"} <= closed(head)
    assert "persons" not in closed(head)
    assert closed(BY) == set()
