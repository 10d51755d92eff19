"""Every write of aid and of lists. Whoever calls acts: personal tables open to nobody else (access.models.acting)."""

from balai.aid.actions.deciding import begin_again, decide_match, match_more, undo_decision
from balai.aid.actions.giving import correct_aid, end_aid, record_aid, undo_aid
from balai.aid.actions.listing import apply_list, bring_list, match_lines, note_stopped, remove_list, take_in_list
from balai.aid.actions.loading import apply_aid, apply_step, load_aid, note_aid_stopped, take_in_aid, undo_aid_file

__all__ = [
    "apply_aid",
    "apply_list",
    "apply_step",
    "begin_again",
    "bring_list",
    "correct_aid",
    "decide_match",
    "end_aid",
    "load_aid",
    "match_lines",
    "match_more",
    "note_aid_stopped",
    "note_stopped",
    "record_aid",
    "remove_list",
    "take_in_aid",
    "take_in_list",
    "undo_aid",
    "undo_aid_file",
    "undo_decision",
]
