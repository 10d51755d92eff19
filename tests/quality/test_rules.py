"""States, bands, figures and effects: drawn, without a database."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.base.words import Said
from balai.quality import rules
from balai.quality.rules import Band, Decision, Issue, Outcome, State
from balai.survey.rules import items

AT = datetime(2026, 3, 1, tzinfo=UTC)
BEFORE, AFTER = AT - timedelta(days=1), AT + timedelta(days=1)
ON = date(2026, 11, 22)

#  outcome      entry then  village then   entry now  round opened   state
STATES = """
   -            0           A              0          -              draft
   -            0           A              7          before         draft
   verified     0           A              0          -              verified
   verified     7           A              7          before         verified
   verified     7           A              7          after          due
   verified     7           A              8          -              changed
   verified     7           A              8          after          changed
   verified     7           B              7          -              moved
   verified     7           B              8          after          moved
   sent_back    7           A              7          -              sent_back
   sent_back    7           A              7          after          sent_back
   sent_back    7           B              7          -              sent_back
   sent_back    7           A              8          -              fixed
   sent_back    7           B              8          after          fixed
"""


def drawn(table):
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("outcome", "then", "village", "now", "opened", "state"), drawn(STATES))
def test_the_state_of_a_record(outcome, then, village, now, opened, state):
    decision = None if outcome == "-" else Decision(Outcome(outcome), int(then), village, AT)
    opened_at = {"-": None, "before": BEFORE, "after": AFTER}[opened]
    assert rules.state_of(decision, int(now), "A", opened_at) is State(state)


@given(
    outcome=st.sampled_from(Outcome), entry=st.integers(0, 9), later=st.integers(1, 9), village=st.sampled_from("AB"),
    opened=st.sampled_from([None, BEFORE, AFTER]),
)  # fmt: skip
def test_no_record_that_was_written_after_the_decision_is_verified(outcome, entry, later, village, opened):
    decision = Decision(outcome, entry, village, AT)
    assert rules.state_of(decision, entry + later, "A", opened) not in (State.VERIFIED, State.SENT_BACK, State.DUE)


#  state        visited     opened      to visit?
WALK = """
   verified     2020-01-01  2026-01-01  no
   sent_back    2026-11-01  2026-01-01  yes
   moved        2026-11-01  -           yes
   draft        -           -           yes
   draft        -           2026-01-01  yes
   draft        2026-01-01  2026-01-01  no
   draft        2025-12-31  2026-01-01  yes
   changed      2020-01-01  -           no
   due          2025-06-01  2026-01-01  yes
   due          2026-06-01  2026-01-01  no
   fixed        2026-06-01  2026-01-01  no
"""


@pytest.mark.parametrize(("state", "visited", "opened", "to_visit"), drawn(WALK))
def test_whom_the_cadre_has_to_visit(state, visited, opened, to_visit):
    days = [None if day == "-" else date.fromisoformat(day) for day in (visited, opened)]
    assert rules.is_to_visit(State(state), *days) is (to_visit == "yes")


@pytest.mark.parametrize(
    ("days", "band"),
    [(None, "never"), (0, "quarter"), (90, "quarter"), (91, "year"), (365, "year"), (366, "longer")],
)
def test_how_long_ago_a_visit_was(days, band):
    assert rules.band_of(None if days is None else ON - timedelta(days=days), ON) is Band(band)


def test_every_state_band_and_outcome_has_its_words():
    assert all(one.label and one.explained for one in State)
    assert all(one.label for one in Band)
    assert dict(Outcome.choices()) == {"verified": "disahkan", "sent_back": "dikembalikan"}


def test_what_waits_for_the_officer_is_neither_verified_nor_with_the_cadre():
    assert set(rules.WAITING) == set(State) - {State.VERIFIED, State.SENT_BACK}


def test_figures_are_gathered_and_put_together():
    counts = {("A", "verified", "quarter"): 3, ("A", "draft", "never"): 2, ("B", "sent_back", "year"): 4}
    found = rules.gathered(counts)
    assert (found["A"].whole, found["A"].verified, found["A"].waiting, found["A"].within_a_year) == (5, 3, 2, 3)
    whole = rules.together(found.values())
    assert (whole.whole, whole.sent_back, whole.within_a_year) == (9, 4, 7)
    assert whole.bands == Counter(quarter=3, never=2, year=4)
    assert found["A"].whole == 5


def test_what_concerns_most_and_weighs_most_comes_first():
    rows = [Issue("a", Said("a"), 10, 1), Issue("b", Said("b"), 4, 3), Issue("c", Said("c"), 0, 9),
            Issue("d", Said("d"), 10, 1)]  # fmt: skip
    assert [one.choice for one in rules.by_effect(rows)] == ["b", "a", "d"]


def test_what_the_rule_of_stunting_asks_for_weighs_most():
    assert {key: rules.weight_of(items()[key]) for key in ("water", "method", "savings", "roof")} == {
        "water": 3, "method": 3, "savings": 2, "roof": 1,
    }  # fmt: skip
    assert set(items()) >= rules.effects.AT_RISK
