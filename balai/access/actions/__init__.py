from balai.access.actions.cutting import end_entries
from balai.access.actions.trail import forget_changes, record, seal
from balai.access.actions.walls import raise_walls

__all__ = ["end_entries", "forget_changes", "raise_walls", "record", "seal"]
