"""States of a record, rounds, how long ago, what to put right first: pure."""

from balai.quality.rules import effects
from balai.quality.rules.effects import Issue, by_effect, weight_of
from balai.quality.rules.figures import Figures, gathered, together
from balai.quality.rules.limits import AT_ONCE, FIRST_YEAR, LAST_YEAR, REASON_LETTERS, SMALL, UNDO_FOR
from balai.quality.rules.states import WAITING, Decision, Outcome, State, is_to_visit, state_of
from balai.quality.rules.visits import QUARTER, YEAR, Band, band_of
from balai.quality.rules.writes import BY_HAND

__all__ = [
    "AT_ONCE",
    "BY_HAND",
    "Band",
    "Decision",
    "FIRST_YEAR",
    "Figures",
    "Issue",
    "LAST_YEAR",
    "Outcome",
    "QUARTER",
    "REASON_LETTERS",
    "SMALL",
    "State",
    "UNDO_FOR",
    "WAITING",
    "YEAR",
    "band_of",
    "by_effect",
    "effects",
    "gathered",
    "is_to_visit",
    "state_of",
    "together",
    "weight_of",
]
