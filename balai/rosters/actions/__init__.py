"""Every write of the imports. What they do to the register they do through the actions of its rooms."""

from balai.rosters.actions.applying import apply_roster
from balai.rosters.actions.correcting import correct_row, decide_row
from balai.rosters.actions.lists import (
    approve_roster,
    begin_again,
    choose_columns,
    discard_roster,
    note_stopped,
    take_in,
    tell_unknown,
)
from balai.rosters.actions.placing import place_families
from balai.rosters.actions.staging import stage_roster
from balai.rosters.actions.undoing import undo_roster

__all__ = [
    "apply_roster",
    "approve_roster",
    "begin_again",
    "choose_columns",
    "correct_row",
    "decide_row",
    "discard_roster",
    "note_stopped",
    "place_families",
    "stage_roster",
    "take_in",
    "tell_unknown",
    "undo_roster",
]
