import json
from datetime import UTC, date, datetime

import numpy as np
import pytest

from balai.classification.actions.evidence import gather
from balai.classification.rules import INPUTS
from balai.villages.rules import Mark
from tests.classification.conftest import OTHER, STAMP, VILLAGE

PERIOD = "2025-11"


def known(period=PERIOD, code=VILLAGE, region="76", periods=None):
    """The inputs of one village in one month, as columns and as JSON: both must say the same."""
    periods = periods or [period]
    found = gather(region, periods)
    place = list(zip(found.codes, found.months.tolist(), strict=True)).index((code, periods.index(period)))
    values = {key: found.columns[key][place] for key in INPUTS}
    values = {key: None if np.isnan(value) else int(value) for key, value in values.items()}
    assert json.loads(found.inputs[place]) == list(values.values())
    return values


def formed(period=PERIOD):
    found = gather("", [period])
    return dict(zip(found.codes, found.formed.tolist(), strict=True))


def test_a_village_of_which_nothing_is_filled_knows_only_how_much_is_unknown(world):
    world.kampung()
    filled = {key: value for key, value in known().items() if value is not None}
    assert filled == {"funds": 0, "funds_unknown": 6, "poktan": 0, "poktan_unknown": 5, "data_uses": 0,
                      "data_uses_unknown": 5, "mechanisms": 0, "mechanisms_unknown": 5}  # fmt: skip


def test_nothing_known_anywhere_is_no_row(world):
    assert gather("76", [PERIOD]).codes == []


def test_the_newest_answer_that_holds_at_the_end_of_the_month_counts(world):
    kampung = world.kampung()
    world.answer(kampung, "pokja", 0, date(2025, 1, 1))
    world.answer(kampung, "pokja", 1, date(2025, 11, 30))
    world.answer(kampung, "pokja_members", 9, date(2025, 12, 1))
    world.answer(kampung, "overview", None)
    answers = {p: known(p, periods=["2025-12", "2025-10", "2025-11"]) for p in ("2025-10", "2025-11", "2025-12")}
    assert [answers[p]["pokja"] for p in sorted(answers)] == [0, 1, 1]
    assert [answers[p]["pokja_members"] for p in sorted(answers)] == [None, None, 9]


def test_of_two_answers_for_one_day_the_later_entered_counts(world):
    kampung = world.kampung()
    world.answer(kampung, "rkm", 1, at=datetime(2025, 6, 2, tzinfo=UTC))
    world.answer(kampung, "rkm", 0, at=datetime(2025, 6, 1, tzinfo=UTC))
    assert known()["rkm"] == 1


def test_an_answer_taken_back_is_not_filled(world):
    kampung = world.kampung()
    world.answer(kampung, "secretariat", 1, date(2025, 1, 1))
    world.answer(kampung, "secretariat", None, date(2025, 8, 1))
    assert known("2025-07")["secretariat"] == 1
    assert known("2025-08")["secretariat"] is None


def test_only_the_main_kampung_answers_for_the_village(world):
    world.kampung()
    world.answer(world.kampung(number=2), "pokja", 1)
    assert known()["pokja"] is None


def test_counts_know_what_was_not_filled(world):
    kampung = world.kampung()
    for item, value in (("fund_apbn", 1), ("fund_csr", 0), ("fund_swadaya", 1), ("mech_planning", 1)):
        world.answer(kampung, item, value)
    found = known()
    assert (found["funds"], found["funds_unknown"]) == (2, 3)
    assert (found["mechanisms"], found["mechanisms_unknown"]) == (1, 4)


def test_no_use_of_data_says_no_to_every_kind(world):
    kampung = world.kampung()
    world.answer(kampung, "data_use", 0)
    assert (known()["data_uses"], known()["data_uses_unknown"]) == (0, 0)


def test_the_months_own_count_of_groups_goes_before_the_profile(world):
    kampung = world.kampung()
    for item, value in (("poktan_bkb", 0), ("poktan_bkr", 1), ("poktan_bkl", 1)):
        world.answer(kampung, item, value)
    world.figures(bkb_groups=2, bkr_groups=0)
    assert (known()["poktan"], known()["poktan_unknown"]) == (2, 2)


def test_documents_speak_where_the_profile_is_silent(world):
    kampung = world.kampung()
    first = world.document(kampung, "sk_pokja", date(2024, 1, 1), date(2025, 11, 30))
    world.document(kampung, "regulasi", date(2025, 12, 1))
    world.document(kampung, "rkm")
    world.answer(kampung, "rkm", 0)
    assert [known()[key] for key in ("pokja_sk", "regulation", "rkm")] == [None, None, 0]
    assert known("2025-10")["pokja_sk"] == 1
    world.document(kampung, "sk_pokja", date(2026, 1, 1), replaces=first, lineage=first.lineage)
    assert known("2025-10")["pokja_sk"] is None


def test_a_companion_is_a_pkb_others_only_direct(world):
    kampung, other = world.kampung(), world.kampung(OTHER)
    world.companion(kampung, "kader")
    world.companion(other, "kader")
    world.companion(other, "pkb", date(2025, 11, 1))
    assert known()["companion"] == 0
    assert known(code=OTHER)["companion"] == 1
    assert known("2025-10", code=OTHER)["companion"] == 0
    world.answer(kampung, "companion", 1)
    assert known()["companion"] == 1


def test_the_data_house_itself_goes_before_the_answer(world):
    kampung = world.kampung()
    world.answer(kampung, "data_house", 1)
    assert known()["data_house"] == 1
    world.house(False, date(2025, 1, 1), date(2025, 6, 1))
    world.house(True, date(2025, 6, 1))
    assert known("2025-05")["data_house"] == 0
    world.answer(kampung, "data_house", 0, date(2025, 7, 1))
    assert known()["data_house"] == 1


def test_agencies_are_distinct_and_the_programmes_own_are_told_apart(world):
    world.kampung()
    first = world.activity(3, date(2024, 11, 30))
    for agency, on in ((4, date(2024, 12, 1)), (4, date(2025, 3, 1)), (26, date(2025, 11, 30)), (9, date(2025, 12, 1))):
        world.activity(agency, on)
    found = known()
    assert [found[key] for key in ("agencies_ever", "agencies_year", "agencies_year_all")] == [3, 1, 2]
    world.activity(5, date(2023, 1, 1), replaces=first)
    assert known("2024-12")["agencies_year"] == 1
    assert known("2024-11")["agencies_ever"] == 1
    assert known("2022-12")["agencies_ever"] is None


def test_marks_are_joined_and_a_negative_method_spoils_the_users(world):
    world.figures(users=5, couples=9, users_marks=int(Mark.NEGATIVE), groups_marks=int(Mark.BKB_ABOVE_TARGET))
    assert known()["marks"] == Mark.NEGATIVE | Mark.SUM | Mark.BKB_ABOVE_TARGET
    assert (known()["users"], known()["couples"], known()["unmet"]) == (5, 9, None)


@pytest.mark.parametrize(
    ("earliest", "latest", "ended", "expected"),
    [
        (date(2019, 1, 1), date(2019, 1, 1), None, {VILLAGE: 1}),
        (date(2025, 11, 30), date(2025, 11, 30), None, {VILLAGE: 1}),
        (date(2025, 12, 1), date(2025, 12, 1), None, {}),
        (date(2020, 1, 1), date(2025, 12, 5), None, {VILLAGE: -1}),
        (None, None, None, {VILLAGE: -1}),
        (date(2019, 1, 1), date(2019, 1, 1), date(2025, 11, 30), {}),
        (date(2019, 1, 1), date(2019, 1, 1), date(2025, 12, 1), {VILLAGE: 1}),
    ],
)
def test_whether_the_kampung_existed(world, earliest, latest, ended, expected):
    reason = {"ended_on": ended, "ended_reason": "pindah"} if ended else {}
    world.kampung(earliest=earliest, latest=latest, **reason)
    assert formed() == expected


def test_figures_without_a_kampung_are_of_a_village_that_has_none(world):
    world.figures(couples=10)
    world.activity(3, date(2025, 1, 1), code=OTHER)
    assert formed() == {VILLAGE: 0}
    assert STAMP["source"] == "test"


def test_villages_and_months_are_kept_apart(world):
    for village, (code, months) in enumerate(((VILLAGE, (PERIOD, "2025-09")), (OTHER, ("2025-10", PERIOD)))):
        for month in months:
            world.figures(code, month, couples=100 * village + int(month[5:]), unmet=-1, bkb_groups=village)
    asked = ["2025-09", "2025-10", PERIOD]
    for periods in (asked, [PERIOD, "2025-09"]):
        assert known(periods=periods)["couples"] == 11
        assert known("2025-09", periods=periods)["couples"] == 9
        assert known(PERIOD, OTHER, periods=periods)["couples"] == 111
        assert (known(PERIOD, OTHER, periods=periods)["poktan"], known(periods=periods)["unmet"]) == (1, -1)
    assert known("2025-10", OTHER, periods=asked)["couples"] == 110
    assert len(gather("76", asked).codes) == 4
