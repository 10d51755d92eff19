"""Every write of verification, and of the places below a village."""

from balai.quality.actions.places import add_place, end_place, rename_place, reopen_place
from balai.quality.actions.rounds import open_round, undo_round
from balai.quality.actions.verifying import Verified, send_back, undo, verify, verify_many

__all__ = [
    "Verified",
    "add_place",
    "end_place",
    "open_round",
    "rename_place",
    "reopen_place",
    "send_back",
    "undo",
    "undo_round",
    "verify",
    "verify_many",
]
