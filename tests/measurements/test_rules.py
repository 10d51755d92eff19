"""What may be measured, what was meant, and what it means: rows drawn by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.growth.rules import Gain, Index
from balai.measurements import rules
from balai.measurements.rules import HEAD, HEIGHT, MUAC, QUANTITIES, WEIGHT, Facts, Measured
from balai.measurements.rules.results import height_used

BORN = date(2024, 11, 22)
TODAY = date(2026, 11, 22)
BOY, GIRL = 1, 2


def kg(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("quantity", "text", "value", "offered", "words"),
    [
        (WEIGHT, "", None, None, ""),
        (WEIGHT, "8,6", "8.60", None, ""),
        (WEIGHT, " 8.65 kg ", "8.65", None, ""),
        (WEIGHT, "8.600", "8.60", None, ""),
        (WEIGHT, "8,655", None, None, "Terlalu teliti"),
        (WEIGHT, "0,9", "0.90", None, ""),
        (WEIGHT, "0,89", None, None, "antara"),
        (WEIGHT, "58", "58.00", None, ""),
        (WEIGHT, "58,01", None, "5.80", "komanya"),
        (WEIGHT, "86", None, "8.60", "komanya"),
        (WEIGHT, "8600", None, "8.60", "gram"),
        (WEIGHT, "8600 g", None, "8.60", "gram"),
        (WEIGHT, "58001", None, None, "antara"),
        (WEIGHT, "600", None, None, "antara"),
        (HEIGHT, "0,86", None, "86.0", "meter"),
        (HEIGHT, "1,02", None, "102.0", "meter"),
        (HEIGHT, "860", None, "86.0", "milimeter"),
        (HEIGHT, "37,9", None, None, "antara"),
        (HEIGHT, "38", "38.0", None, ""),
        (HEIGHT, "150", "150.0", None, ""),
        (HEIGHT, "150,1", None, None, "antara"),
        (HEIGHT, "86,55", None, None, "Terlalu teliti"),
        (MUAC, "135", None, "13.5", "milimeter"),
        (HEAD, "440", None, "44.0", "milimeter"),
        (WEIGHT, "delapan", None, None, "angkanya"),
        (WEIGHT, "-8,6", None, None, "angkanya"),
        (WEIGHT, "8,6,1", None, None, "angkanya"),
        (WEIGHT, "٨", None, None, "angkanya"),
        (WEIGHT, "0", None, None, "antara"),
    ],
)
def test_a_typed_number_is_read_or_asked_back(quantity, text, value, offered, words):
    found = rules.read(quantity, text)
    assert (found.value, found.offered) == (kg(value), kg(offered))
    assert words in str(found.said or "")
    assert bool(found.said) is bool(words)


def test_what_is_offered_is_told_without_zeros_at_the_end():
    assert str(rules.read(HEIGHT, "0,86").said) == "0.86 tampaknya dalam meter. Maksudnya 86 cm?"
    assert str(rules.read(HEIGHT, "1").said) == "1 tampaknya dalam meter. Maksudnya 100 cm?"
    assert str(rules.plain(Decimal("8.60"))) == "8.6"


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text):
    for one in QUANTITIES.values():
        found = rules.read(one, text)
        assert found.value is None or one.low <= found.value <= one.high
        assert found.offered is None or one.low <= found.offered <= one.high


@given(st.sampled_from(list(QUANTITIES.values())), st.integers(0, 10**6))
def test_what_is_offered_may_be_stored(quantity, number):
    offered = rules.read(quantity, str(number)).offered
    assert offered is None or rules.read(quantity, str(offered)).value == offered


@pytest.mark.parametrize(
    ("facts", "born_on", "wrong"),
    [
        (Facts(TODAY, weight_kg=Decimal("8.6")), BORN, []),
        (Facts(TODAY, muac_cm=Decimal("13.5")), BORN, []),
        (Facts(BORN, weight_kg=Decimal("3.1")), BORN, []),
        (Facts(TODAY), BORN, ["weight_kg"]),
        (Facts(TODAY, oedema=True), BORN, ["weight_kg"]),
        (Facts(TODAY + timedelta(1), weight_kg=Decimal(9)), BORN, ["measured_on"]),
        (Facts(BORN - timedelta(1), weight_kg=Decimal(9)), BORN, ["measured_on"]),
        (Facts(TODAY, weight_kg=Decimal(9)), None, ["measured_on"]),
        (Facts(TODAY, weight_kg=Decimal(9)), TODAY - timedelta(1826), []),
        (Facts(TODAY, weight_kg=Decimal(9)), TODAY - timedelta(1827), ["measured_on"]),
        (Facts(TODAY, weight_kg=Decimal("0.5"), height_cm=Decimal(200)), BORN, ["weight_kg", "height_cm"]),
        (Facts(TODAY, weight_kg=Decimal(9), position="x"), BORN, ["position"]),
        (Facts(TODAY, weight_kg=Decimal(9), position="h"), BORN, []),
    ],
)
def test_what_cannot_be_is_named(facts, born_on, wrong):
    assert [field for field, _said in rules.faults(facts, born_on, TODAY)] == wrong


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "0 hari"), (30, "30 hari"), (31, "1 bulan"), (365, "11 bulan"), (730, "23 bulan"), (731, "2 tahun"),
     (800, "2 tahun 2 bulan"), (1096, "3 tahun")],
)  # fmt: skip
def test_an_age_is_told_in_completed_months(days, said):
    assert str(rules.age_of(days)) == said


@pytest.mark.parametrize(
    ("height", "position", "days", "used"),
    [
        ("80", "", 700, 80.0), ("80", "l", 700, 80.0), ("80", "h", 700, 80.7), ("80", "h", 274, 80.7),
        ("60", "h", 273, 60.0), ("80", "h", 731, 80.0), ("80", "l", 731, 79.3), ("80", "", 731, 80.0),
    ],
)  # fmt: skip
def test_a_length_measured_standing_is_set_right(height, position, days, used):
    assert height_used(Facts(TODAY, height_cm=Decimal(height), position=position), days) == pytest.approx(used)


def test_no_height_is_no_height():
    assert height_used(Facts(TODAY), 700) is None


def measured(days, weight=None, height=None, sex=BOY, child="a", **more):
    facts = Facts(BORN + timedelta(days), weight_kg=kg(weight), height_cm=kg(height), **more)
    return Measured(child, sex, BORN, facts)


def one(days, weight=None, height=None, **more):
    (found,) = rules.results([measured(days, weight, height, **more)], TODAY)
    return found


def test_nothing_measured_gives_nothing():
    assert rules.results([], TODAY) == []


@pytest.mark.parametrize(
    ("sex", "days", "weight", "height", "waz", "haz", "whz", "codes"),
    [  # golden vectors of the domain dossier, 6.2
        (BOY, 183, "6.0", "64.0", -2.51, -1.70, -1.97, (2, 3, 3)),
        (BOY, 548, "8.2", "74.5", -2.58, -2.88, -1.69, (2, 2, 3)),
        (GIRL, 365, "7.0", "69.0", -2.05, -1.94, -1.45, (2, 3, 3)),
    ],
)
def test_scores_and_classes_are_those_of_the_standards(sex, days, weight, height, waz, haz, whz, codes):
    found = one(days, weight, height, sex=sex)
    assert [found.z[index] for index in (Index.WAZ, Index.HAZ, Index.WHZ)] == [waz, haz, whz]
    assert tuple(found.codes[index] for index in (Index.WAZ, Index.HAZ, Index.WHZ)) == codes
    assert all(found.words.values())
    assert found.odd == frozenset()


def test_what_was_not_measured_has_no_score():
    found = one(183, "6.0")
    assert set(found.z) == {Index.WAZ}
    assert set(found.words) == {Index.WAZ}


def test_a_strange_value_is_shown_and_not_classed():
    found = one(400, "5.0", "70.0")
    assert Index.WHZ in found.odd
    assert Index.WHZ in found.z
    assert Index.WHZ not in found.words
    assert "Ada nilai yang sangat jarang" in " ".join(map(str, rules.advice(found, None)))


def test_swollen_feet_are_severe_wasting_without_a_score():
    found = one(548, "8.2", "74.5", oedema=True)
    assert set(found.z) & {Index.WAZ, Index.WHZ} == set()
    assert found.codes[Index.WHZ] == 1
    assert found.refer
    assert "hari ini juga" in str(next(rules.advice(found, True)))


@pytest.mark.parametrize(("days", "name"), [(730, "PB/U"), (731, "TB/U")])
def test_under_two_years_it_is_a_length(days, name):
    found = one(days, "10", "80")
    assert found.name(Index.HAZ) == name
    assert found.name(Index.WAZ) == "BB/U"


def gains(*weights, child="a"):
    rows = [measured(300 + 30 * at, weight, child=child) for at, weight in enumerate(weights) if weight]
    return rules.results(rows, TODAY)


def told(result):
    return " ".join(map(str, rules.advice(result, None)))


def test_a_child_that_gains_is_told_so():
    found = gains("9.0", "9.4")
    assert [one.gain for one in found] == [Gain.FIRST, Gain.GAINED]
    assert rules.GAINS[found[1].gain] == "naik"
    assert told(found[1]) == ""
    assert found[1].gain_g == 400


def test_a_child_that_does_not_gain_is_referred_the_first_time():
    found = gains("9.0", "9.0", "9.0")
    assert [one.gain for one in found[1:]] == [Gain.NOT_GAINED, Gain.NOT_GAINED]
    assert "tidak naik (T)" in told(found[1])
    assert "(2T)" in told(found[2])
    assert all(one.refer for one in found[1:])


def test_a_month_missed_says_nothing_of_gain():
    found = gains("9.0", None, "9.4")
    assert found[1].gain is Gain.ABSENT
    assert "belum dapat dinilai" in told(found[1])


def test_a_strange_weight_is_no_gain():
    found = gains("9.0", "25.0", "9.4")
    assert [one.gain for one in found] == [Gain.FIRST, Gain.NONE, Gain.ABSENT]


def test_children_are_judged_each_for_itself():
    rows = [measured(300, "9", child="b"), measured(300, "9", child="a"), measured(330, "9.4", child="a")]
    assert [one.gain for one in rules.results(rows, TODAY)] == [Gain.FIRST, Gain.FIRST, Gain.GAINED]


@pytest.mark.parametrize(
    ("weight", "below", "above", "word"),
    [("6.0", True, False, "garis merah"), ("9.6", False, False, ""), ("13.0", False, True, "garis oranye")],
)
def test_the_lines_of_the_card_say_whom_to_refer(weight, below, above, word):
    found = one(365, weight)
    assert (found.below_red, found.above_orange) == (below, above)
    assert word in told(found)
    assert found.refer is (below or above)


def test_the_month_of_a_place_is_summed():
    sums = rules.summed(9, [*gains("9.0", "9.4"), *gains("9.0", None, "9.4")[1:], *gains("9.0", "9.0")[1:]])
    assert (sums.children, sums.weighed, sums.gained, sums.not_gained, sums.absent, sums.first) == (9, 4, 1, 1, 1, 1)
    assert sums.judged == 2
    assert (sums.below_red, sums.above_orange, sums.odd) == (0, 0, 0)


def test_months_are_those_of_the_calendar():
    assert rules.same_month(date(2026, 11, 1), date(2026, 11, 30))
    assert not rules.same_month(date(2026, 11, 1), date(2025, 11, 1))
    assert not rules.same_month(date(2026, 10, 31), date(2026, 11, 1))
