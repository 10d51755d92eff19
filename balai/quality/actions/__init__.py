"""Every write of verification."""

from balai.quality.actions.rounds import open_round, undo_round
from balai.quality.actions.verifying import Verified, send_back, undo, verify, verify_many

__all__ = ["Verified", "open_round", "send_back", "undo", "undo_round", "verify", "verify_many"]
