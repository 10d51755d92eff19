"""Numbers as people read them, and the geometry of the pictures."""

from datetime import date

import pytest

from balai.base.errors import NotValid
from balai.base.words import Said
from balai.classification.rules import INPUTS
from balai.reports.rules import asking, flow, kinds, numbers, outline, published, sentences, trend, waffle
from balai.reports.rules.kinds import BASIC, NO_DATA, SUSTAINABLE, UNFORMED, UNTOLD, Tally

TIGHT = numbers.NARROW_SPACE


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [(1234.5, "id", "1.234,5"), (1234.5, "en", "1,234.5"), (12, "id", "12"), (3.25, "id", "3,25"), (0.1, "en", "0.1")],
)
def test_numbers_follow_the_language(value, language, said):
    assert numbers.plain(value, language) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(44, 100, "44 %"), (0, 9, "0 %"), (9, 9, "100 %"), (1, 300, "0,3 %"), (299, 300, "99,7 %"), (1, 9999, "< 0,1 %"),
     (99999, 100000, "> 99,9 %"), (1, 0, "–")],
)  # fmt: skip
def test_a_share_never_says_none_or_all_when_it_is_not(part, whole, said):
    assert numbers.share(part, whole).replace(TIGHT, " ") == said


def test_months_and_days():
    assert numbers.month("2021-12") == "Desember 2021"
    assert numbers.month("2021-08", "en", short=True) == "Aug 2021"
    assert numbers.month("2024-S2") == "2024-S2"
    assert numbers.month("2022") == "2022"
    assert numbers.day(date(2026, 11, 21)) == "21 Nov 2026"
    assert [numbers.is_few(n) for n in (0, 1, 29, 30)] == [False, True, True, False]


def test_a_village_without_kampung_kb_is_no_class():
    assert kinds.kind_of(4, False) is UNFORMED
    assert kinds.kind_of(4, None) is SUSTAINABLE
    assert kinds.kind_of(None, True) is UNTOLD


def test_a_tally_adds_up():
    tally = (Tally.of({SUSTAINABLE: 2, UNTOLD: 1}) + Tally.of({BASIC: 3})).with_rest(10)
    assert (tally.villages, tally.known, tally.classed, tally.untold, tally.count(NO_DATA)) == (10, 6, 5, 1, 4)
    assert tally.largest is BASIC
    assert tally.share_of_class(SUSTAINABLE) == 0.4
    assert Tally().share_of_class(SUSTAINABLE) == 0.0
    assert Tally().largest is NO_DATA
    assert Tally.of({NO_DATA: 3}).largest is NO_DATA


def test_a_waffle_has_one_square_for_each_village():
    small, large = waffle.waffles([Tally.of({SUSTAINABLE: 1, BASIC: 6}), Tally.of({BASIC: 100})])
    assert (small.columns, small.rows, small.unit) == (3, 3, large.unit)
    assert small.blocks[0].path == "M0 0h1v1h-1z"
    assert small.blocks[1].path == "M1 0h2v1h-2zM0 1h3v1h-3zM0 2h1v1h-1z"
    assert (large.width, large.height, large.grid) == (120, 120, True)
    assert large.blocks[0].room
    assert waffle.waffles([]) == []


def test_the_flow_keeps_every_village():
    drawn = flow.flow({(BASIC, SUSTAINABLE): 6, (BASIC, BASIC): 3, (SUSTAINABLE, BASIC): 1})
    assert sum(ribbon.count for ribbon in drawn.ribbons) == 10
    assert [(step.kind, step.count) for step in drawn.left] == [(SUSTAINABLE, 1), (BASIC, 9)]
    assert {(ribbon.before.sign, ribbon.after.sign): ribbon.rises for ribbon in drawn.ribbons} == {
        ("4", "1"): -1, ("1", "4"): 1, ("1", "1"): 0
    }  # fmt: skip
    assert flow.flow({}).ribbons == ()
    assert drawn.left[0].middle == pytest.approx(drawn.left[0].y + drawn.left[0].height / 2 + 4, abs=0.1)


def moment(period, village_class, low=1, high=4, version="1"):
    return trend.Moment(period, village_class, low, high, version)


def test_the_step_line_breaks_where_nothing_can_be_told():
    drawn = trend.trend(
        [moment("2025-01", 2), moment("2025-02", 2), moment("2025-03", None, 2, 3), moment("2025-05", 4, version="2")]
    )
    assert drawn.line.count("M") == 2
    assert drawn.line.count("L") == 1
    assert [point.new_version for point in drawn.points] == [False, False, False, True]
    assert drawn.points[2].height == trend.ROW
    assert [period for period, _x in drawn.ticks] == ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05"]
    assert trend.trend([]) is None


SQUARE = [[[[100.0, 0.0], [101.0, 0.0], [101.0, 1.0], [100.5, 1.0000001], [100.0, 1.0], [100.0, 0.0]]]]
DOT = [[[[100.5, 0.5], [100.50001, 0.5], [100.5, 0.50001], [100.5, 0.5]]]]


def test_outlines_become_paths():
    into = outline.frame({"a": SQUARE, "b": DOT})
    assert outline.path(SQUARE, into) == f"M0 {into.height}l800 0 0 -{into.height} -800 0 0 {into.height}z"
    assert outline.path(DOT, into).endswith("h4v4h-4z")
    x, _y, wide = outline.centre(SQUARE, into)
    assert 300 < x < 500
    assert wide == 800


def test_published_figures_say_where_they_contradict_themselves():
    nation = published.of_region("")
    assert any("19,66" in figure.note("id") and "19.66" in figure.note("en") for figure in nation)
    assert [figure.percent("mandiri") for figure in nation] == [None, 5.9]
    musi_rawas = published.of_region("16.05")[0]
    assert [round(musi_rawas.percent(kind.key)) for kind in kinds.CLASSES] == [44, 4, 36, 16]
    assert all(figure.source for figure in published.every())


@pytest.mark.parametrize(
    ("villages", "formed", "tally", "period", "said"),
    [
        (9, 9, {SUSTAINABLE: 4, BASIC: 5}, "2021-12", "semuanya sudah membentuk Kampung KB; 44 % di antaranya (4"),
        (9, 5, {SUSTAINABLE: 4, UNFORMED: 4, UNTOLD: 1}, "2021-12", "5 (56 %) sudah membentuk Kampung KB; dari 4 yang"),
        (9, 2, {UNTOLD: 2}, "2021-12", "baru 2 yang ada datanya, dan 2 di antaranya"),
        (9, 0, {UNFORMED: 9}, "2021-12", "belum ada yang tercatat membentuk Kampung KB; kelasnya"),
        (9, 3, {}, None, "kelasnya belum pernah dihitung."),
    ],
)  # fmt: skip
def test_a_region_begins_with_one_sentence(villages, formed, tally, period, said):
    lead = sentences.lead("Musi Rawas", villages, formed, Tally.of(tally), period, "id")
    told = lead.message % {key: str(value) for key, value in lead.params.items()}
    assert said in told.replace(TIGHT, " ")
    assert told.count(".") == 1


def test_since_admits_that_it_may_be_longer():
    assert "setidaknya" in str(sentences.since("2021-12", True, "id"))
    assert str(sentences.since("2021-12", False, "en")) == "sejak December 2021"


FACTS = dict.fromkeys(INPUTS) | {"pokja": 1, "users": 100, "long_acting": 20, "marks": 2, "agencies_year": 3}


def test_the_form_asks_for_every_input():
    assert set(INPUTS) - set(asking.FIELDS) == {"marks", "agencies_year_all"}


@pytest.mark.parametrize(
    ("query", "key", "value"),
    [({"pokja": "0"}, "pokja", 0), ({"pokja": ""}, "pokja", None), ({}, "pokja", 1), ({"funds": "6"}, "funds", 6),
     ({}, "marks", 2), ({"users": "101"}, "marks", 0), ({"users": "10"}, "marks", 2),
     ({"agencies_year": "5"}, "agencies_year_all", 5),
     ({"bkb_members": "9", "bkb_target": "5"}, "marks", 10), ({"couples": "5", "unmet": "6"}, "marks", 6)],
)  # fmt: skip
def test_answers_take_the_place_of_facts(query, key, value):
    assert asking.answered(query, FACTS)[key] == value


@pytest.mark.parametrize(
    "query", [{"pokja": "2"}, {"funds": "7"}, {"users": "-1"}, {"users": "x"}, {"users": "9" * 20}]
)
def test_answers_that_cannot_be_are_refused(query):
    with pytest.raises(NotValid):
        asking.answered(query, FACTS)


def test_changed_fields_are_named():
    assert [field.key for field in asking.changed(FACTS | {"users": 1}, FACTS)] == ["users"]
    assert isinstance(sentences.coverage("x", 1, 1, 1, "id"), Said)
