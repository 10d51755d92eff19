"""The papers of a person, as of any day."""

from datetime import date, timedelta

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid
from balai.identity import actions
from balai.identity.models import Document
from tests.families import register
from tests.families.register import AT, BY

ON = AT.date()
NEXT = AT + timedelta(days=40)


@pytest.fixture
def siti(places):
    with acting(BY):
        yield register.head_of(register.family(people=[register.head()]))


def answer(person, at=AT, by=BY, **answers):
    with acting(by):
        return actions.record_documents(by=by, at=at, person=person, answers=answers)


def now(person):
    return {row.kind: (row.is_held, row.issued_on) for row in Document.objects.filter(person=person).now()}


def test_an_answer_stands_from_its_day(siti):
    assert answer(siti, card=(True, date(2015, 1, 1)), birth=(False, None)) == {
        "document_card": (None, True), "document_birth": (None, False),
    }  # fmt: skip
    assert now(siti) == {"card": (True, date(2015, 1, 1)), "birth": (False, None)}
    row = Document.objects.get(kind="card")
    assert (row.from_on, row.until_on, row.region, row.family_id) == (ON, None, siti.region, siti.family_id)


def test_a_later_answer_leaves_the_earlier_one_as_past(siti):
    answer(siti, card=(False, None))
    answer(siti, at=NEXT, card=(True, None))
    assert now(siti) == {"card": (True, None)}
    days = (ON, NEXT.date() - timedelta(days=1), NEXT.date())
    assert [Document.objects.on(day).get().is_held for day in days] == [False, False, True]
    assert not Document.objects.on(ON - timedelta(days=1)).exists()


def test_an_answer_of_the_same_day_replaces_the_first(siti):
    answer(siti, card=(False, None))
    assert answer(siti, card=(True, None)) == {"document_card": (False, True)}
    assert Document.objects.count() == 1
    assert answer(siti, card=(True, None)) == {}


def test_the_same_answer_later_is_no_news_and_leaves_no_trace(siti):
    answer(siti, card=(True, None))
    assert answer(siti, at=NEXT, card=(True, None)) == {}
    assert AuditEntry.objects.filter(deed="person.document").count() == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"passport": (True, None)}, "Pilih dokumen"),
        ({"card": (False, date(2015, 1, 1))}, "hanya diisi bila dokumennya ada"),
        ({"card": (True, date(1984, 5, 16))}, "sebelum orangnya lahir"),
        ({"card": (True, date(2999, 1, 1))}, "belum terjadi"),
    ],
)
def test_what_cannot_be_is_refused(siti, answers, said):
    with pytest.raises(NotValid, match=said):
        answer(siti, **answers)


def test_who_does_not_see_the_family_records_nothing(siti):
    with pytest.raises(NotAllowed):
        answer(siti, by=register.actor("field_officer", "76"), card=(True, None))
