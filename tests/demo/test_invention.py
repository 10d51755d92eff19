"""What is invented, before anything is written."""

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from balai.base import months
from balai.demo.rules import Village, draws, figures, invent, papers, profile, story, targets
from balai.intake.rules.marking import marks
from balai.intake.rules.registers import registers
from balai.reports.rules.published import of_region
from balai.villages.rules import Extent, agencies, check_answer, items

TOLD = story()
MUSI_RAWAS, KETAPANG, BARITO_TIMUR, MALUKU_TENGAH = TOLD.kabupaten


def villages(kabupaten, number=None):
    count = number or kabupaten.villages
    return [Village(f"{kabupaten.code}.{place % 14 + 1:02d}.{2000 + place}", f"Desa {place}") for place in range(count)]


def invented(kabupaten, seed=1, told=TOLD, number=None):
    return invent(np.random.default_rng(seed), told, kabupaten, villages(kabupaten, number))


@pytest.fixture(scope="module")
def musi_rawas():
    return invented(MUSI_RAWAS)


def formed_by(found, day):
    return sum(one.founded_on is not None and one.founded_on <= day for one in found)


def test_the_same_seed_invents_the_same_and_another_seed_does_not(musi_rawas):
    assert invented(MUSI_RAWAS) == musi_rawas
    assert invented(MUSI_RAWAS, seed=2) != musi_rawas


def test_every_village_is_told_of_once_in_the_order_of_codes(musi_rawas):
    assert [one.village for one in musi_rawas] == sorted(villages(MUSI_RAWAS), key=lambda village: village.code)


@pytest.mark.parametrize(
    ("kabupaten", "day", "formed"),
    [
        (MUSI_RAWAS, date(2016, 12, 31), 0),
        (MUSI_RAWAS, date(2021, 12, 31), 25),
        (MUSI_RAWAS, date(2023, 12, 31), 199),
        (BARITO_TIMUR, date(2022, 8, 23), 37),
        (BARITO_TIMUR, date(2022, 12, 31), 103),
        (KETAPANG, date(2025, 11, 30), 171),
        (MALUKU_TENGAH, date(2024, 12, 31), 173),
        (MALUKU_TENGAH, date(2025, 11, 30), 178),
    ],
)
def test_so_many_are_formed_by_a_day(kabupaten, day, formed):
    assert formed_by(invented(kabupaten), day) == formed


def test_maluku_tengah_is_formed_like_its_province():
    assert targets()["maluku_2024"].number(192) == 173
    assert round(173 / 192 * 100) == round(89.98)


def test_the_first_villages_stand_in_every_kecamatan(musi_rawas):
    first = [one for one in musi_rawas if one.founded_on and one.founded_on <= date(2021, 12, 31)]
    assert len({one.village.code[:8] for one in first}) == 14


def test_the_target_is_the_figure_that_pages_show():
    (shown,) = (figure for figure in of_region("16.05") if figure.counts)
    assert dict(shown.counts) == dict(targets()["musi_rawas_2021"].counts)
    assert shown.formed == targets()["musi_rawas_2021"].formed == 25


def test_every_answer_activity_and_register_is_one_that_is_known(musi_rawas):
    for one in musi_rawas:
        for item, value, text, _on in one.answers:
            check_answer(item, value, text)
        assert {agency for agency, _on, _title in one.activities} <= agencies().keys()
        assert {register for register, _period, _values in one.returns} <= registers().keys()


def test_nothing_happens_before_the_founding_or_after_the_last_month(musi_rawas):
    last = months.last_day(TOLD.closing)
    for one in musi_rawas:
        days = [on for *_rest, on in one.answers] + [on for _agency, on, _title in one.activities]
        assert all(one.founded_on <= on <= last for on in days)


def test_a_village_without_kampung_kb_has_figures_and_no_profile():
    without = [one for one in invented(KETAPANG) if one.founded_on is None]
    assert len(without) == 91
    assert not any(one.answers or one.activities for one in without)
    assert all(one.returns for one in without)


def test_something_is_not_filled_not_reported_or_implausible(musi_rawas):
    asked = [item for item in items() if item.startswith(("fund_", "poktan_", "mech_"))]
    latest = {one.village: {item for item, *_rest in one.answers} for one in musi_rawas}
    assert any(set(asked) - answered for answered in latest.values())
    assert any(not answered for answered in latest.values())
    reports = Counter(period for one in musi_rawas for register, period, _v in one.returns if register == "pus")
    assert any(count < 199 for count in reports.values())
    marked = [marks(registers()[register], values) for one in musi_rawas for register, _p, values in one.returns]
    assert {name for found in marked for name, _keys in found} >= {
        "above_target", "methods_sum", "unmet_above_couples",
    }  # fmt: skip


def test_the_published_month_of_the_published_villages_has_no_holes(musi_rawas):
    first = [one for one in musi_rawas if one.founded_on <= date(2021, 12, 31)]
    for one in first:
        told = {register: values for register, period, values in one.returns if period == TOLD.past}
        assert len(told) == 9
        assert not any(marks(registers()[register], values) for register, values in told.items())


def test_figures_of_a_sound_month_add_up():
    values = figures.registers(413, figures.Rates(26.0, 55.0, 23.5, 7.0), figures.GROUPS)
    assert not any(marks(registers()[register], columns) for register, columns in values.items())
    assert values["mix"]["users"] == 227
    groups = values["poktan"] | values["uppka_pikr"]
    reached = [groups[f"{group}_members"] / groups[f"{group}_target"] * 100 for group in figures.GROUPS]
    assert sum(reached) / 5 == pytest.approx(26, abs=1)


def test_a_group_that_is_not_there_has_no_members():
    values = figures.registers(400, figures.Rates(10, 50, 30, 5), ("bkb", "bkl"))
    assert values["poktan"]["bkr_members"] == values["bkr"]["groups"] == 0
    assert values["poktan"]["bkb_members"] > 0


@pytest.mark.parametrize("dimension", ["input", "process", "output"])
@pytest.mark.parametrize("passes", [True, False])
def test_scores_are_drawn_that_pass_or_fail_as_wanted(dimension, passes):
    rng = np.random.default_rng(5)
    weights = TOLD.weights[dimension]
    first = draws.scores(rng, dimension, weights, passes)
    later = draws.scores(rng, dimension, weights, passes, before=first)
    for scores in (first, later):
        assert (scores.mean() >= 3) == passes
        assert ((scores >= 1) & (scores <= 4)).all()
    assert np.abs(later - first).sum() <= 1


def test_few_groups_cap_the_participation():
    weights = [[0, 0, 0, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]]
    assert draws.scores(np.random.default_rng(1), "output", weights, passes=False, groups=1)[0] == 1


def test_what_was_answered_stays_answered_in_the_same_words():
    known = {"mech_planning": (1, "bulanan"), "fund_csr": (0, "")}
    found = {"mech_planning": (1, "tahunan"), "fund_csr": (1, ""), "fund_apbn": (0, ""), "rkm": (0, "")}
    rng = np.random.default_rng(3)
    assert profile.changes(rng, known, found, unfilled=1.0) == {"fund_csr": (1, "")}
    assert profile.changes(rng, known, found, unfilled=0.0) == {
        "fund_csr": (1, ""), "fund_apbn": (0, ""), "rkm": (0, ""),
    }  # fmt: skip


@pytest.mark.parametrize("scores", [[1, 1, 1, 1, 1], [2, 2, 2, 2, 2], [3, 3, 3, 3, 3], [4, 4, 4, 3, 3]])
def test_a_profile_gives_the_counts_that_its_scores_stand_for(scores):
    found = profile.answers(np.random.default_rng(9), np.array(scores), np.array([scores[0], scores[1], 1]))
    for what, order, score in (
        ("funds", profile.FUNDS, scores[1]), ("poktan", profile.POKTAN, scores[2]),
        ("data_uses", profile.DATA_USES, scores[0]), ("mechanisms", profile.MECHANISMS, scores[1]),
    ):  # fmt: skip
        least, most = profile.HOW_MANY[what][score - 1]
        assert least <= sum(found[item][0] for item in order) <= most
    assert found["pokja"][0] == (scores[0] > 1)


def test_a_shorter_story_ends_where_it_is_told_to():
    short = replace(TOLD, opening="2025-11")
    found = invented(BARITO_TIMUR, told=short, number=30)
    assert {period for one in found for _register, period, _values in one.returns} == {"2021-12", "2025-11"}


def test_the_papers_go_with_the_profile(musi_rawas):
    for one in musi_rawas:
        since = {item for item, value, _text, _on in one.answers if value}
        assert {kind for kind, *_rest in one.papers.documents} == {
            kind for item, kind in papers.DOCUMENTS.items() if item in since
        }
        assert (one.papers.pokja is not None) == ("pokja" in since)
        assert one.papers.coverage[0][2] == one.founded_on
        assert one.papers.coverage[-1][0] == Extent.VILLAGE


def test_early_villages_grow_from_a_dusun_to_the_whole_village(musi_rawas):
    first = [one for one in musi_rawas if one.founded_on <= date(2021, 12, 31)]
    assert all([extent for extent, *_rest in one.papers.coverage] == ["dusun", "desa"] for one in first)
    assert not any(one.papers.steps for one in first)
    templates = [one.papers.pokja[0] for one in first if one.papers.pokja]
    assert templates.count("delapan_fungsi") > 20


def test_steps_are_taken_in_order_and_end_with_the_founding(musi_rawas):
    stepped = [one for one in musi_rawas if one.papers.steps]
    assert {len(one.papers.steps) for one in stepped} == {4, 5}
    for one in stepped:
        days = [done_on for _step, done_on in one.papers.steps]
        assert days == sorted(days)
        assert days[-1] == one.founded_on
