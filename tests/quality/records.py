"""Families that were written, visited and verified, for tests."""

from datetime import date, timedelta

from balai.access.models import acting
from balai.events import actions as events
from balai.families import actions as families
from balai.families.models import Family, Person
from balai.quality import actions
from balai.quality.models import standing
from balai.quality.rules import State
from balai.survey import actions as survey
from tests.families import register
from tests.families.register import AT, BY, HERE

VISITED = date(2025, 12, 10)
NEXT = AT + timedelta(hours=1)


def officer(region=register.KECAMATAN):
    return register.actor("field_officer", region)


def family(region=HERE, name="Siti Rahmawati", **more):
    return register.family(region, people=[register.head(name=name), register.child()], **more)


def now(row):
    """The family as it stands now, with its standing."""
    with acting(BY):
        return standing(Family.objects.filter(pk=row.pk)).get()


def state(row):
    return State(now(row).state)


def verified(row, by=None, at=AT):
    by = by or officer()
    with acting(by):
        return actions.verify(by=by, at=at, family=row, entry=now_as(by, row).entry)


def now_as(by, row):
    with acting(by):
        return standing(Family.objects.filter(pk=row.pk)).get()


def sent_back(row, by=None, at=AT, reason="Tanggal lahir anaknya keliru."):
    by = by or officer()
    with acting(by):
        return actions.send_back(by=by, at=at, family=row, entry=now_as(by, row).entry, reason=reason)


def visited(row, on=VISITED, by=BY, at=AT, **answers):
    with acting(by):
        return survey.answer(
            by=by, at=at, block="housing", subject=row, from_on=on, answers=answers or {"water": 3}
        )  # fmt: skip


def corrected(row, by=BY, at=NEXT, address="Gang Baru 7"):
    with acting(by):
        return families.correct_family(by=by, at=at, family=row, address=address, since_on=None)


def gone(row):
    """Everybody of it has moved away."""
    with acting(BY):
        people = list(Person.objects.filter(family=row))
        events.record_moving_out(by=BY, at=AT, on=AT.date(), family=row, people=people)
