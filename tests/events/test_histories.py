"""Whatever happens in whatever order: the register stays whole, no past day changes, undoing gives back what was."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.access.models import acting
from balai.base.errors import Problem
from balai.events import actions
from balai.families.models import Family, Person
from balai.families.rules import PersonFacts
from tests.events.lives import AUNT, DAUGHTER, FATHER, MOTHER, SON, as_of, household, images, sound, standing, whole
from tests.families import register
from tests.families.register import AT, BESIDE, HERE, LATER, RT1, RT2

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, DAYS, STEPS = date(2024, 1, 1), 700, 8
SINGLE = PersonFacts("Joko Widagdo", 1, 1, date(1990, 4, 4))


class History:
    """Draws what happens, and does it."""

    def __init__(self, data, by):
        self.data, self.by, self.day, self.at = data, by, FIRST, LATER

    def one(self, rows):
        return self.data.draw(st.sampled_from(list(rows)))

    def some(self, rows):
        return self.data.draw(st.lists(st.sampled_from(list(rows)), unique=True, min_size=1))

    def homes(self):
        return Family.objects.living_here().order_by("made_at")

    def here(self, family):
        return list(Person.objects.at_home().filter(family=family).order_by("made_at", "name"))

    def told(self):
        family = self.one(self.homes())
        # now and then a day that lies before what was entered last
        self.day += timedelta(days=self.data.draw(st.integers(-20, 60)))
        self.at += timedelta(seconds=1)
        return {"by": self.by, "at": self.at, "on": self.day, "family": family}

    def birth(self):
        told = self.told()
        mother = self.one([None, *(one for one in self.here(told["family"]) if one.sex == 2)])
        nik = register.nik() if self.data.draw(st.booleans()) else ""
        return actions.record_birth(**told, sex=self.one([1, 2]), mother=mother, nik=nik)

    def death(self):
        told = self.told()
        here = self.here(told["family"])
        return actions.record_death(**told, person=self.one(here), new_head=self.one(here))

    def new_head(self):
        told = self.told()
        return actions.record_new_head(**told, head=self.one(self.here(told["family"])), reason="agreed")

    def moved_in(self):
        return actions.record_moving_in(**self.told(), name="Rina Anggraini", sex=2, relation=self.one([2, 4]), nik="")

    def family_moved_in(self):
        told = self.told()
        del told["family"]
        return actions.record_family_moving_in(
            **told, region=RT2, people=[register.head("Yuni Astuti", nik=register.nik())], card=register.nik()
        )

    def moved_out(self):
        told = self.told()
        here = self.here(told["family"])
        return actions.record_moving_out(**told, people=self.some(here), new_head=self.one(here))

    def moved_within(self):
        return actions.record_moving_within(**self.told(), region=self.one([HERE, RT1, BESIDE]))

    def returned(self):
        gone = Person.objects.away().order_by("name", "pk") or Person.objects.order_by("name", "pk")
        return actions.record_return(
            **self.told(), person=self.one(gone), relation=self.one([2, 3, 4]), mistake=self.one([True, False])
        )

    def family_returned(self):
        told = self.told()
        told["family"] = self.one(Family.objects.filter(left_on__isnull=False).order_by("made_at") or self.homes())
        return actions.record_family_return(**told)

    def marriage(self):
        told = self.told()
        other = self.one(self.homes())
        mine, theirs = self.here(told["family"]), self.here(other)
        return actions.record_marriage(
            **told, other_family=other, person=self.one(mine), partner=self.one(theirs),
            joins=self.one([None, told["family"], other]), bringing=self.some(mine)[:1],
            new_head=self.one(mine), other_head=self.one(theirs),
        )  # fmt: skip

    def divorce(self):
        told = self.told()
        here = self.here(told["family"])
        return actions.record_divorce(
            **told, leaver=self.one(here), children=self.some(here)[:1], away=self.one([True, False])
        )

    def split(self):
        told = self.told()
        here = self.here(told["family"])
        going = self.some(here)
        return actions.record_split(
            **told, people=going, head=self.one(going), spouse=self.one([None, *going]), new_head=self.one(here),
            region=self.one(["", RT1]),
        )  # fmt: skip

    def merge(self):
        return actions.record_merge(**self.told(), other_family=self.one(self.homes()))

    def taken_in(self):
        told = self.told()
        here = self.here(told["family"])
        return actions.record_taking_in(
            **told, person=self.one(here), into=self.one(self.homes()), new_head=self.one(here),
            as_child=self.one([True, False]),
        )  # fmt: skip


KINDS = sorted(name for name in vars(History) if not name.startswith("_"))
KINDS = [name for name in KINDS if name not in {"one", "some", "homes", "here", "told"}]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_events_keep_the_register_whole_and_their_undoing_gives_it_back(places, data):
    with transaction.atomic():
        household(FATHER, MOTHER, SON, DAUGHTER, AUNT, card=register.nik())
        household(SINGLE, region=BESIDE, at=AT + timedelta(seconds=1))
        household(PersonFacts("Endang Lestari", 2, 1, date(1988, 1, 1)), PersonFacts("Adi", 1, 3, None), at=LATER)
        with acting(register.actor("field_officer", register.KECAMATAN)) as by:
            _live(History(data, by))
        transaction.set_rollback(True)


def _live(history):
    before = [whole()]
    for _step in range(history.data.draw(st.integers(1, STEPS))):
        if not history.homes():
            break
        kind = history.one(KINDS)
        past = {back: as_of(history.day - timedelta(days=back)) for back in (1, 100)}
        watched = {history.day - timedelta(days=back): found for back, found in past.items()}
        try:
            with transaction.atomic():
                event = getattr(history, kind)()
        except Problem:
            assert whole() == before[-1], f"{kind} was refused and yet wrote"
            continue
        assert sound() == [], kind
        for day, found in watched.items():
            if day < event.on:
                assert as_of(day) == found, f"{kind} on {event.on} changed {day}"
        before.append(whole())
    _undone(history, before)


def _undone(history, before):
    events = standing()
    assert len(events) == len(before) - 1
    for event in reversed(events):
        before.pop()
        actions.undo(by=history.by, at=history.at, event=event)
        assert whole() == before[-1], f"{event.kind} was not undone"
        assert sound() == []
    assert images() == 0
