import gc
import json
from datetime import date

import pytest
from django.db import connection

from balai.access.models import AuditEntry
from balai.access.rules import OPERATOR, Actor
from balai.base.errors import NotAllowed, NotValid
from balai.classification.actions import classify, classify_months, classifying
from balai.classification.models import Outcome, Run
from balai.classification.rules import INPUTS, explain, load
from tests.classification.conftest import OTHER, VILLAGE

FULL = {"pokja": 1, "pokja_sk": 1, "pokja_members": 12, "pokja_trained": 1, "fund_apbn": 1, "fund_apbd": 1,
        "fund_dana_desa": 1, "fund_hibah": 0, "fund_csr": 0, "fund_swadaya": 0, "secretariat": 1, "data_house": 1,
        "companion": 1, "regulation": 1, "rkm": 1, "data_use": 1, "use_pk": 1, "use_routine": 1, "use_potential": 1,
        "use_sector": 0, "use_other": 0, "mech_planning": 1, "mech_coordination": 1, "mech_socialisation": 1,
        "mech_monitoring": 1, "mech_reporting": 1}  # fmt: skip


def full(world, code=VILLAGE):
    """The first vector of the programme: 3.40, 3.33, 3.50."""
    kampung = world.kampung(code)
    for item, value in FULL.items():
        world.answer(kampung, item, value)
    for agency in (1, 2, 3, 4):
        world.activity(agency, date(2025, 5, 5), code=code)
    groups = {f"{g}_{part}": n for g in ("bkb", "bkr", "bkl", "uppka", "pikr")
              for part, n in (("groups", 1), ("target", 100), ("members", 25))}  # fmt: skip
    world.figures(code, couples=1000, users=600, long_acting=200, unmet=80, **groups)
    return kampung


def test_an_outcome_is_stored_with_all_that_explains_it(world, by, at):
    full(world)
    run = classify(by=by, at=at, period="2025-11", rules="balai-2026", region="76.05")
    row = Outcome.objects.get()
    assert (row.run, row.code, row.village_class, row.class_low, row.class_high) == (run, VILLAGE, 4, 4, 4)
    assert (row.input_index, row.process_index, row.output_index) == (340, 333, 350)
    assert (row.scores, row.reasons, row.formed) == ("434333433443", "a" * 12, True)
    assert explain(load("balai-2026"), dict(zip(INPUTS, json.loads(row.inputs), strict=True))).village_class == 4
    assert (run.villages, run.changed, run.figures, run.rules_version) == (1, 1, "plausible", load("balai-2026").stamp)
    assert AuditEntry.objects.get().detail["changed"] == 1


def test_nothing_known_of_a_village_is_stored_as_nothing(world, by, at):
    world.kampung(earliest=None, latest=None)
    classify(by=by, at=at, period="2025-11", rules="balai-2026")
    row = Outcome.objects.get()
    assert (row.village_class, row.class_low, row.class_high, row.formed) == (None, 1, 4, None)
    assert (row.input_index, row.process_index, row.output_index, row.scores) == (None, None, None, "." * 12)


def test_the_same_again_writes_nothing(world, by, at):
    full(world)
    classify(by=by, at=at, period="2025-11", rules="balai-2026")
    again = classify(by=by, at=at, period="2025-11", rules="balai-2026")
    assert (again.villages, again.changed, Outcome.objects.count()) == (1, 0, 1)


def test_only_what_changed_is_written_again(world, by, at):
    kampung = full(world)
    full(world, OTHER)
    classify(by=by, at=at, period="2025-11", rules="balai-2026")
    world.answer(kampung, "rkm", 0, date(2025, 11, 1))
    again = classify(by=by, at=at, period="2025-11", rules="balai-2026", region="76.05.03")
    assert (again.villages, again.changed) == (2, 1)
    assert Outcome.objects.filter(superseded=True).get().code == VILLAGE
    now = Outcome.objects.current("balai-2026", "2025-11").get(code=VILLAGE)
    assert (now.run, now.scores[6], now.reasons[6]) == (again, "3", "r")


def test_other_figures_are_another_outcome(world, by, at):
    full(world)
    classify(by=by, at=at, period="2025-11", rules="balai-2026")
    again = classify(by=by, at=at, period="2025-11", rules="balai-2026", figures="reported")
    assert (again.changed, again.figures) == (1, "reported")


def test_a_village_that_drops_out_keeps_no_standing_outcome(world, by, at):
    kampung = world.kampung()
    classify(by=by, at=at, period="2025-11", rules="portal-2023")
    kampung.ended_on, kampung.ended_reason = date(2025, 1, 1), "digabung"
    kampung.save()
    again = classify(by=by, at=at, period="2025-11", rules="portal-2023")
    assert (again.villages, Outcome.objects.current("portal-2023", "2025-11").count()) == (0, 0)


def test_many_months_at_once_are_the_months_one_by_one(world, by, at):
    kampung = full(world)
    world.answer(kampung, "pokja_trained", 0, date(2025, 10, 1))
    months = ["2025-09", "2025-10", "2025-11"]
    told = []
    runs = classify_months(by=by, at=at, periods=months, rules="balai-2026", progress=lambda *step: told.append(step))
    assert [run.period for run in runs] == months
    assert told == [(1, 2), (2, 2)]
    rows = list(Outcome.objects.order_by("edition__period").values_list("edition__period", "scores", "inputs"))
    Outcome.objects.all().delete()
    for month in months:
        classify(by=by, at=at, period=month, rules="balai-2026")
    assert rows == list(Outcome.objects.order_by("edition__period").values_list("edition__period", "scores", "inputs"))
    assert [scores[0] for _period, scores, _inputs in rows] == ["4", "3", "3"]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_every_row_is_stored_however_many_go_at_once(world, by, at, monkeypatch, at_once):
    monkeypatch.setattr(classifying, "AT_ONCE", at_once)
    for code in (VILLAGE, OTHER):
        world.figures(code, couples=int(code[-1]))
    [run] = classify_months(by=by, at=at, periods=["2025-11", "2025-11"], rules="balai-2026")
    assert (run.villages, run.changed) == (2, 2)
    rows = Outcome.objects.order_by("code").values_list("code", "inputs")
    assert [(code, json.loads(inputs)[INPUTS.index("couples")]) for code, inputs in rows] == [(VILLAGE, 4), (OTHER, 5)]


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_left_as_it_was(world, by, at, collecting):
    try:
        (gc.enable if collecting else gc.disable)()
        classify(by=by, at=at, period="2025-11", rules="balai-2026")
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


def test_one_look_into_the_index_finds_a_month_of_a_village(year):
    if connection.vendor == "sqlite":
        plan = Outcome.objects.of_village(VILLAGE, "balai-2026").explain()
        assert "outcome_one_current (edition_id=? AND code=?)" in plan
        assert "outcome_one_current (edition_id=? AND code>? AND code<?)" in (
            Outcome.objects.current("balai-2026", "2025-11").within("76").explain()
        )


def test_who_may_not_classify_is_refused(world, at):
    majene = Actor("a", OPERATOR, (("76.05", "76.05/"),))
    with pytest.raises(NotAllowed):
        classify(by=majene, at=at, period="2025-11", rules="balai-2026")
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"period": "2025-13"}, "bukan bulan"), ({"rules": "x"}, "portal-2023"), ({"region": "99"}, "kode “99”"),
     ({"figures": "guessed"}, "reported, plausible")],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(world, by, at, wrong, told):
    full(world)
    with pytest.raises(NotValid, match=told):
        classify(**{"by": by, "at": at, "period": "2025-11", "rules": "balai-2026", "region": "76"} | wrong)
    assert not Run.objects.exists()


@pytest.fixture
def year(world, by, at):
    """VILLAGE: Berkelanjutan from November on; OTHER: figures but no Kampung KB, and only in November."""
    full(world)
    world.figures(OTHER, couples=10)
    for rules in ("balai-2026", "portal-2023"):
        classify_months(by=by, at=at, periods=["2025-09", "2025-10", "2025-11"], rules=rules, region="76")


def test_history_and_names(year):
    assert [row.period for row in Outcome.objects.of_village(VILLAGE, "balai-2026")] == [
        "2025-09",
        "2025-10",
        "2025-11",
    ]
    found = Outcome.objects.current("balai-2026", "2025-11")
    assert [(row.code, row.name) for row in found.named()] == [(VILLAGE, "Mosso"), (OTHER, "Limboro")]
