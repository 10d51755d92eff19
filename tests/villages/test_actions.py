"""What holds for every write of the registry: scope, audit, one transaction, and nothing that stood is changed."""

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.apps import apps

from balai.access import actions as audit
from balai.access.models import AuditEntry
from balai.base.errors import NotAllowed
from balai.villages import actions
from balai.villages.models import KampungKB, VillageMonth
from balai.villages.models.recorded import Recorded
from balai.villages.rules import ReturnRow
from tests.villages.conftest import AT, VILLAGES

DAY = date(2025, 1, 1)
LATER = AT + timedelta(days=1)
REPEATS = {KampungKB, VillageMonth}  # they repeat what versions and returns say
MODELS = list(apps.get_app_config("villages").get_models())
HERE, NEXT_DOOR, OTHER_KABUPATEN = VILLAGES[0], VILLAGES[1], VILLAGES[3]


@pytest.fixture
def standing(kampung, by):
    """Rows that deeds hang on."""
    who = {"by": by, "at": AT, "source": "uji"}
    VillageMonth.objects.create(code=HERE, period="2025-10", couples=10, users=9, unmet=2)
    return {
        "pokja": actions.record_pokja(kampung=kampung, template="empat_seksi", **who),
        "house": actions.record_data_house(village=HERE, exists=True, **who),
        "coverage": actions.record_coverage(kampung=kampung, extent="rw", from_on=DAY, **who),
    }


@pytest.fixture
def deeds(kampung, standing):
    """Every action by name, as a call that changes something in VILLAGES[0]."""
    pokja, house, coverage = standing.values()
    two = (OTHER_KABUPATEN, HERE)
    return {
        "assess_data_house": lambda **who: actions.assess_data_house(house=house, on=DAY, found={"decree": 1}, **who),
        "attach_evidence": lambda by, at, source: actions.attach_evidence(
            by=by, at=at, kampung=kampung, title="SK", stream=BytesIO(b"%PDF-1.7")
        ),
        "correct": lambda by, at, source: actions.correct(by=by, at=at, row=coverage, areas="RW 3"),
        "correct_kampung": lambda **who: actions.correct_kampung(kampung=kampung, name="Mawar", **who),
        "end_kampung": lambda **who: actions.end_kampung(kampung=kampung, on=DAY, reason="digabung", **who),
        "mark_crossings": lambda by, at, source: actions.mark_crossings(
            by=by, at=at, periods=["2025-10"], first=HERE, last=HERE
        ),
        "record_activities": lambda **who: actions.record_activities(
            batch=None, rows=[(code, 19, DAY, "") for code in two], **who
        ),
        "record_answers": lambda **who: actions.record_answers(
            batch=None, rows=[(kampung, "pokja", 1, "", DAY)], **who
        ),
        "record_companion": lambda **who: actions.record_companion(kampung=kampung, kind="pkb", **who),
        "record_coverage": lambda **who: actions.record_coverage(kampung=kampung, extent="desa", from_on=DAY, **who),
        "record_data_house": lambda **who: actions.record_data_house(village=HERE, exists=False, **who),
        "record_data_houses": lambda **who: actions.record_data_houses(
            batch=None, rows=[(code, False, None, None, None, DAY) for code in two], **who
        ),
        "record_document": lambda **who: actions.record_document(
            kampung=kampung, kind="rkm", level="kades", **who
        ),
        "record_group": lambda **who: actions.record_group(village=HERE, kind="bkb", **who),
        "record_member": lambda **who: actions.record_member(pokja=pokja, name="Siti", position="pengarah", **who),
        "record_pokja": lambda **who: actions.record_pokja(kampung=kampung, template="delapan_fungsi", **who),
        "record_returns": lambda by, at, source: actions.record_returns(
            by=by, at=at, batch=UUID(int=1), register="pus", exported_on=DAY,
            rows=[ReturnRow(code, "2025-11", {"PUS": 1}, [], {"couples": 1}) for code in two],
        ),
        "record_step": lambda **who: actions.record_step(kampung=kampung, step="pokja", done_on=DAY, **who),
        "record_training": lambda **who: actions.record_training(kampung=kampung, title="Orientasi", **who),
        "register_kampung": lambda **who: actions.register_kampung(village=NEXT_DOOR, **who),
        "register_kampungs": lambda **who: actions.register_kampungs(
            batch=None, rows=[(code, 7, "", None, None) for code in two], **who
        ),
    }  # fmt: skip


ACTIONS = sorted(set(actions.__all__) - {"StepTaken"})
SCOPED = pytest.mark.parametrize("name", ACTIONS)


def everything():
    """All rows of the registry; a return without its one flag that may change."""
    return {
        (model, tuple(value for field, value in sorted(row.items()) if field != "superseded"))
        for model in MODELS
        for row in map(_plain, model.objects.values())
    }


def _plain(row):
    return {name: str(value) for name, value in row.items()}


def test_every_action_is_in_the_table(deeds):
    assert sorted(deeds) == ACTIONS


@SCOPED
def test_every_deed_leaves_one_entry_and_changes_nothing_that_stood(deeds, by, name):
    before, entries = everything(), AuditEntry.objects.count()
    deeds[name](by=by, at=LATER, source="uji")
    after = everything()
    assert {model for model, _row in before - after} <= REPEATS
    assert after - before
    entry = AuditEntry.objects.latest("id")
    assert AuditEntry.objects.count() == entries + 1
    assert (entry.by, entry.at) == (by.name, LATER)
    assert "Siti" not in f"{entry.subject} {entry.detail}"


@SCOPED
def test_no_deed_reaches_into_another_kabupaten(deeds, stranger, name):
    before, entries = everything(), AuditEntry.objects.count()
    with pytest.raises(NotAllowed):
        deeds[name](by=stranger, at=LATER, source="uji")
    assert everything() == before
    assert AuditEntry.objects.count() == entries


@SCOPED
def test_without_its_entry_no_deed_is_done(deeds, by, name, monkeypatch):
    def fail(**entry):
        raise OSError("disk full")

    before = everything()
    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        deeds[name](by=by, at=LATER, source="uji")
    assert everything() == before


def test_every_recorded_model_has_its_action(deeds, by):
    for number, name in enumerate(ACTIONS):
        deeds[name](by=by, at=LATER + timedelta(minutes=number), source="uji")
    assert len([model for model in MODELS if issubclass(model, Recorded)]) >= 12
    assert [model.__name__ for model in MODELS if not model.objects.exists()] == []
