"""K.07 follows marriage, divorce and death; what was answered otherwise stays, and undoing puts it back."""

from datetime import date

import pytest

from balai.events import actions
from balai.families.models import Person
from balai.survey.actions import answer
from balai.survey.models import MemberAnswers
from balai.survey.rules import Block
from tests.events.lives import ON, household, the, told, whole
from tests.families.register import AT, head

pytestmark = pytest.mark.django_db
VISIT, LATER = date(2025, 1, 10), date(2025, 6, 20)


def visited(person, on=VISIT, **answers):
    return MemberAnswers.objects.create(
        family=person.family, person=person, region=person.region, from_on=on, made_at=AT, made_by="x", **answers
    )


def marital(name):
    """[(from, until, K.07, religion)] of the person, the oldest first."""
    rows = MemberAnswers.objects.filter(person=the(name)).order_by("from_on")
    return list(rows.values_list("from_on", "until_on", "marital", "religion"))


def undo(by, event):
    actions.undo(by=by, at=AT, event=event)


@pytest.fixture
def couple(home):
    """Married by the visit of January; he is Budi, she Siti."""
    for name in ("Budi", "Siti"):
        visited(the(name), marital=2, religion=1)
    return home


def test_the_death_of_one_makes_the_other_widowed(couple, officer):
    before = whole()
    event = actions.record_death(**told(couple, person=the("Budi"), new_head=the("Siti")))
    assert marital("Siti") == [(VISIT, ON, 2, 1), (ON, None, 4, 1)]
    assert marital("Budi") == [(VISIT, None, 2, 1)]
    undo(officer, event)
    assert whole() == before


@pytest.mark.parametrize("away", [True, False])
def test_a_divorce_says_so_of_both_as_long_as_they_are_here(couple, officer, away):
    before = whole()
    event = actions.record_divorce(**told(couple, leaver=the("Siti"), away=away))
    assert marital("Budi")[-1] == (ON, None, 3, 1)
    assert marital("Siti")[-1][2] == (2 if away else 3)
    undo(officer, event)
    assert whole() == before


def test_a_marriage_says_so_of_both_wherever_they_live(home, officer):
    other = household(head("Joko Widagdo", 1, date(1999, 1, 1)))
    visited(the("Joko"), marital=1, religion=2)
    before = whole()
    event = actions.record_marriage(
        **told(home, other_family=other, person=the("Ayu"), partner=the("Joko"), joins=other)
    )
    assert marital("Joko") == [(VISIT, ON, 1, 2), (ON, None, 2, 2)]
    assert marital("Ayu") == [(ON, None, 2, None)]
    assert MemberAnswers.objects.get(person=the("Ayu")).family == other
    undo(officer, event)
    assert whole() == before


def test_who_is_married_already_is_not_asked_again(home, officer):
    other = household(head("Joko Widagdo", 1, date(1999, 1, 1)))
    visited(the("Joko"), marital=2)
    actions.record_marriage(**told(home, other_family=other, person=the("Ayu"), partner=the("Joko"), joins=other))
    assert marital("Joko") == [(VISIT, None, 2, None)]


def test_of_whom_data_may_only_be_kept_nothing_is_said(couple):
    Person.objects.filter(pk=the("Siti").pk).update(restricted_at=AT, restricted_by="account:x")
    actions.record_death(**told(couple, person=the("Dimas")))
    Person.objects.filter(pk=the("Siti").pk).update(relation=2)
    actions.record_death(**told(couple, person=the("Budi"), new_head=the("Ayu")))
    assert marital("Siti") == [(VISIT, None, 2, 1)]


def test_a_visit_of_the_same_day_gives_way_and_comes_back(couple, officer):
    visited(the("Ayu"), on=ON, marital=1, religion=3)
    other = household(head("Joko Widagdo", 1, date(1999, 1, 1)))
    before = whole()
    event = actions.record_marriage(
        **told(couple, other_family=other, person=the("Ayu"), partner=the("Joko"), joins=other)
    )
    assert marital("Ayu") == [(ON, None, 2, 3)]
    undo(officer, event)
    assert whole() == before


def test_a_visit_that_came_since_stands_when_the_event_is_undone(couple, officer):
    event = actions.record_death(**told(couple, person=the("Budi"), new_head=the("Siti")))
    answer(by=officer, at=AT, block=Block.MEMBERS, subject=the("Siti"), from_on=LATER, answers={"marital": 4})
    undo(officer, event)
    assert marital("Siti") == [(VISIT, LATER, 2, 1), (LATER, None, 4, None)]


def test_a_visit_of_the_same_day_that_came_since_stands(couple, officer):
    event = actions.record_death(**told(couple, person=the("Budi"), new_head=the("Siti")))
    answer(by=officer, at=AT, block=Block.MEMBERS, subject=the("Siti"), from_on=ON, answers={"marital": 4})
    undo(officer, event)
    assert marital("Siti") == [(VISIT, ON, 2, 1), (ON, None, 4, None)]


def test_a_visit_entered_later_of_a_day_before_stands(couple, officer):
    event = actions.record_death(**told(couple, person=the("Budi"), new_head=the("Siti")))
    answer(
        by=officer, at=AT, block=Block.MEMBERS, subject=the("Siti"), from_on=date(2025, 3, 1), answers={"marital": 2}
    )
    undo(officer, event)
    assert marital("Siti") == [(VISIT, date(2025, 3, 1), 2, 1), (date(2025, 3, 1), None, 2, None)]
