"""Where families stand, as the database tells of many: what it says of each is what the rules say of one."""

import ast
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.access.models import AuditEntry, acting
from balai.access.rules.deeds import DEEDS
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.events import actions as events
from balai.events.models import LifeEvent
from balai.families import actions as families
from balai.families.models import Family, LastWrite, Person
from balai.families.rules import LOOKING, Relation, Sex
from balai.measurements import actions as measurements
from balai.measurements.rules import Facts
from balai.quality import actions, rules
from balai.quality.models import Round, Verification, banded, counted, here, standing, to_visit
from balai.quality.rules import Band, Decision, Outcome, State
from balai.survey import actions as survey
from tests.conventions.house import PACKAGE, python, short, tree
from tests.families import register
from tests.families.register import AT, BESIDE, BY, FAR, HERE, RT1, RT2
from tests.quality import records
from tests.quality.records import NEXT, VISITED, state

pytestmark = pytest.mark.django_db
ON = AT.date()


def one_of(row, relation=Relation.HEAD):
    return Person.objects.get(family=row, relation=relation)


def add_person(row):
    told = {"name": "Bayu", "sex": Sex.MALE, "relation": Relation.CHILD}
    families.add_person(by=BY, at=NEXT, family=row, **told)


def correct_person(row):
    told = {"name": "Siti Rahmi", "sex": Sex.FEMALE, "relation": Relation.HEAD}
    families.correct_person(by=BY, at=NEXT, person=one_of(row), **told)


def answer(row, block="housing", **answers):
    subject = one_of(row) if block == "members" else row
    survey.answer(by=BY, at=NEXT, block=block, subject=subject, from_on=VISITED, answers=answers)


def load(row):
    told = {"subject": row.pk, "family": row.pk, "region": row.region, "from_on": VISITED, "water": 4}
    survey.load_answers(by=BY, at=NEXT, block="housing", rows=[told])


def bear(row):
    told = {"name": "Ayu", "sex": Sex.FEMALE, "mother": one_of(row)}
    events.record_birth(by=BY, at=NEXT, family=row, on=ON, **told)


def die(row):
    events.record_death(by=BY, at=NEXT, family=row, person=one_of(row, Relation.CHILD), on=ON)


def undo_event(row):
    events.undo(by=BY, at=NEXT, event=LifeEvent.objects.get(family=row))


WRITES = {
    "family.correct": records.corrected,
    "event.moved_within": lambda row: register.moved(row, RT2, at=NEXT),
    "person.add": add_person,
    "person.correct": correct_person,
    "survey.answer": lambda row: answer(row, water=5),
    "survey.load": load,
    "event.birth": bear,
    "event.death": die,
}
AGAIN = sorted(set(WRITES) - {"event.birth", "event.death", "event.moved_within"})  # what may be done twice in a row


@pytest.mark.parametrize("deed", WRITES)
def test_a_record_that_is_written_after_it_was_verified_is_changed(places, deed):
    row = records.family(RT1)
    records.verified(row)
    assert state(row) is State.VERIFIED
    with acting(BY):
        WRITES[deed](row)
    assert AuditEntry.objects.filter(deed=deed).exists()
    assert state(row) is State.CHANGED


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(AGAIN), min_size=1, max_size=4))
def test_no_chain_of_writes_leaves_a_record_verified(places, deeds):
    row = records.family(RT1)
    records.verified(row)
    with acting(BY):
        for deed in deeds:
            WRITES[deed](row)
    assert state(row) is State.CHANGED
    records.verified(row, at=NEXT)
    assert state(row) is State.VERIFIED


def test_taking_back_what_was_written_is_a_write_as_well(places):
    row, cadre = records.family(), register.actor("cadre", HERE)
    records.visited(row, by=cadre)
    records.verified(row)
    with acting(cadre):
        survey.undo_answers(by=cadre, at=NEXT, family=row, block="housing")
    assert state(row) is State.CHANGED
    with acting(BY):
        die(row)
        records.verified(row, at=NEXT)
        undo_event(row)
    assert state(row) is State.CHANGED


def test_whatever_writes_of_a_family_by_hand_says_so():
    """An action that only tells the trail would leave a changed record verified."""
    wrong = [
        f"{short(path)}: {keyword.value.value}"
        for path in python(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record"
        for keyword in node.keywords
        if keyword.arg == "deed" and getattr(keyword.value, "value", "") in rules.BY_HAND | {"survey.load"}
    ]
    assert wrong == []


def test_looking_at_a_family_and_keeping_a_draft_change_nothing(places):
    row, cadre = records.family(), register.actor("cadre", HERE)
    records.verified(row)
    with acting(cadre):
        survey.keep_draft(by=cadre, at=NEXT, block="housing", family=row, person=None, typed={"water": 1})
    assert state(row) is State.VERIFIED
    assert set(DEEDS) > LOOKING


def test_measuring_a_child_is_no_change_of_what_was_verified(places):
    row, cadre = records.family(), register.actor("cadre", HERE)
    records.verified(row)
    with acting(cadre):
        child = one_of(row, Relation.CHILD)
        facts = Facts(child.born_on + timedelta(days=400), weight_kg=Decimal("9.4"))
        done = measurements.record_measurement(by=cadre, at=NEXT, person=child, facts=facts)
        assert state(row) is State.VERIFIED
        measurements.remove_measurement(by=cadre, at=NEXT, measurement=done)
    assert AuditEntry.objects.filter(deed="measurement.remove").exists()
    assert state(row) is State.VERIFIED


def test_a_family_that_moved_to_another_village_is_looked_at_there(places):
    row = records.family()
    records.verified(row)
    with acting(BY):
        register.moved(row, BESIDE, at=NEXT)
        assert Verification.objects.get(family=row).region == BESIDE
    assert state(row) is State.MOVED
    records.verified(row, at=NEXT)
    assert state(row) is State.VERIFIED


def test_a_new_round_makes_every_family_due(places, officer):
    row = records.family()
    records.verified(row)
    assert actions.open_round(by=officer, at=NEXT, villages=[HERE, BESIDE, HERE]) == 2
    assert state(row) is State.DUE
    done = records.verified(row, at=NEXT)
    assert (done.year, state(row)) == (2025, State.VERIFIED)
    assert actions.open_round(by=officer, at=NEXT, villages=[HERE]) == 0
    entries = AuditEntry.objects.filter(deed="quality.round").order_by("region")
    assert [(entry.region, entry.subject) for entry in entries] == [(HERE, "2025"), (BESIDE, "2025")]


def test_rounds_are_opened_by_officers_of_the_village(places, officer):
    with pytest.raises(NotAllowed):
        actions.open_round(by=officer, at=AT, villages=[FAR])
    with pytest.raises(NotValid, match="Pilih desa"):
        actions.open_round(by=officer, at=AT, villages=["", RT1])
    assert not Round.objects.exists()


def test_a_round_is_taken_back_while_nothing_was_decided_in_it(places, officer):
    row = records.family()
    with pytest.raises(Refused, match="belum dibuka"):
        actions.undo_round(by=officer, at=AT, village=HERE, year=2025)
    actions.open_round(by=officer, at=AT, villages=[HERE])
    records.verified(row, officer, at=NEXT)
    with pytest.raises(Refused, match="sudah ada keluarga"):
        actions.undo_round(by=officer, at=NEXT, village=HERE, year=2025)
    actions.undo(by=officer, at=NEXT, families=[row.pk])
    actions.undo_round(by=officer, at=NEXT, village=HERE, year=2025)
    assert not Round.objects.exists()
    assert AuditEntry.objects.filter(deed="quality.undo_round", region=HERE).count() == 1


EARLY, LATE = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 5, 31, 18, tzinfo=UTC)  # 1 June in Indonesia


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    outcome=st.sampled_from([None, *Outcome]), then=st.integers(0, 2), now=st.integers(0, 2),
    village=st.sampled_from([HERE, BESIDE]), opened=st.sampled_from([None, EARLY, LATE]),
    visits=st.lists(st.sampled_from([None, date(2025, 6, 1), date(2025, 5, 31), date(2023, 1, 1)]), max_size=2),
)  # fmt: skip
def test_the_database_says_what_the_rules_say(places, outcome, then, now, village, opened, visits):
    row = records.family(RT1)
    decision = outcome and Decision(outcome, then, village, EARLY + timedelta(days=9))
    with acting(BY):
        LastWrite.objects.filter(family=row).delete()
        Round.objects.filter(village=HERE).delete()
        if now:
            LastWrite.objects.note([row.pk], entry=now, at=AT, by="uji")
        if decision:
            Verification.objects.create(
                family=row, region=RT1, village=village, outcome=outcome, entry=then, decided_at=decision.at,
                decided_by="uji", reason="uji" if outcome is Outcome.SENT_BACK else "",
            )  # fmt: skip
        if opened:
            Round.objects.create(village_id=HERE, year=2024, opened_at=EARLY, opened_by="uji")
            Round.objects.create(village_id=HERE, year=2025, opened_at=opened, opened_by="uji")
        for block, day in zip(("housing", "members"), visits, strict=False):
            if day:
                answer_on(row, block, day)
        entry = records.now(row).entry
        told = banded(standing(here(RT1).filter(pk=row.pk)), ON).get()
        walked = to_visit(here(RT1).filter(pk=row.pk)).exists()
    days = [day for day in visits if day]
    entry = told.entry
    expected = rules.state_of(decision, entry, HERE, opened)
    assert told.state == expected
    assert told.visited_on == max(days, default=None)
    assert told.band == rules.band_of(max(days, default=None), ON)
    opened_on = opened and timezone.localtime(opened).date()
    assert walked is rules.is_to_visit(expected, told.visited_on, opened_on)


def answer_on(row, block, day):
    subject = one_of(row) if block == "members" else row
    answers = {"religion": 1} if block == "members" else {"water": 1}
    survey.answer(by=BY, at=AT, block=block, subject=subject, from_on=day, answers=answers)


def test_what_is_counted_leaves_out_who_left_and_whom_nobody_may_see(places, officer):
    rows = [records.family(RT1), records.family(RT1, name="Ani"), records.family(RT2, name="Budi")]
    records.family(FAR)
    left, hidden = records.family(name="Pergi"), records.family(name="Tersembunyi")
    register.left(left, by=officer)
    hidden.people.update(restricted_at=AT, restricted_by="uji")
    records.verified(rows[0])
    records.visited(rows[1], on=VISITED)
    found = counted(Family.objects.all(), ON)
    assert found == {
        (State.VERIFIED, Band.NEVER): 1, (State.DRAFT, Band.QUARTER): 1, (State.DRAFT, Band.NEVER): 1,
    }  # fmt: skip


def test_who_wrote_last_is_told(places):
    row = records.family()
    assert records.now(row).writer == BY.name
    cadre = register.actor("cadre", HERE)
    records.visited(row, by=cadre)
    assert records.now(row).writer == cadre.name
