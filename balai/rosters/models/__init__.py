"""Lists that came in, their rows under seal, and what would undo them."""

from balai.rosters.models.known import known_of
from balai.rosters.models.lists import ColumnChoice, Roster
from balai.rosters.models.rows import RosterImage, RosterRow

__all__ = ["ColumnChoice", "Roster", "RosterImage", "RosterRow", "known_of"]
