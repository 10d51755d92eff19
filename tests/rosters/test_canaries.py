"""A list in which somebody feeds back the invented row of an export: refused, and the trail names the export."""

from datetime import date
from uuid import uuid4

import pytest

from balai.access.models import AuditEntry, acting
from balai.exports.models import origins
from balai.families.models import Person
from balai.rosters import actions
from balai.rosters.rules.judging import INVENTED
from balai.vault.models import Canary
from balai.vault.rules.canaries import of_birth, of_home
from tests import people
from tests.families.register import AT, HERE, KABUPATEN
from tests.rosters.lists import applied, number, officer, register, row, rows_of, sent, told, xlsx

EXPORT = uuid4()
NAME, BORN = "Siti Aminah Rahmawati", date(1984, 5, 17)


@pytest.fixture
def by(tree):
    return officer()


def planted(*texts):
    Canary.objects.plant(EXPORT, texts, AT)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (number(7), {}),
        (number(9_001), {}),
        (of_birth(NAME, BORN), {"NIK": None}),
        (of_home(NAME, HERE), {"NIK": None, "Tanggal lahir": None}),
    ],
)
def test_the_invented_row_alone_is_refused_and_the_trail_names_its_export(by, text, cells):
    planted(text)
    roster = sent(by, xlsx([row(7, NAME, **cells), row(8, "Budi Santoso", "L", "01-02-1980", card=2)]))
    said = told(by, roster)
    assert said[2][0] == "refused"
    assert INVENTED in said[2][1]
    assert said[3][0] == "new"
    entry = AuditEntry.objects.get(deed="import.canary")
    assert (entry.subject, entry.region) == (str(EXPORT), HERE)
    assert entry.detail == {"roster": str(roster.pk), "lines": [2]}
    applied(by, roster)
    assert register(by) == (1, 1)
    with acting(by):
        assert Person.objects.get().name == "Budi Santoso"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (of_birth(NAME, date(1984, 5, 18)), {}),  # somebody of the same name
        (of_home(NAME, HERE), {}),  # a day of birth tells more than a village
        (of_home(NAME, KABUPATEN), {"Tanggal lahir": None}),
        (number(8), {}),
    ],
)
def test_somebody_who_only_shares_something_is_no_canary(by, text, cells):
    planted(text)
    roster = sent(by, xlsx([row(7, NAME, **cells)]))
    assert INVENTED not in told(by, roster)[2][1]
    assert not AuditEntry.objects.filter(deed="import.canary").exists()


def test_a_row_typed_anew_into_the_invented_one_is_refused(by):
    planted(number(7))
    roster = sent(by, xlsx([row(8, "Budi Santoso", "L", "01-02-1980")]))
    with acting(by):
        (found, _kept) = rows_of(by, roster)[0]
        actions.correct_row(by=by, at=AT, row=found, values={"nik": number(7)})
    assert INVENTED in told(by, roster)[2][1]


def test_the_finding_stands_in_the_story_of_the_export(by):
    planted(number(7))
    sent(by, xlsx([row(7, NAME)]))
    with acting(people.actor(people.person("auditor", KABUPATEN))) as auditor:
        (origin,) = origins(auditor, number(7))
    assert [entry.deed for entry in origin.entries] == ["import.canary"]
