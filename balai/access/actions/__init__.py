from balai.access.actions.trail import forget_changes, record, seal
from balai.access.actions.walls import raise_walls

__all__ = ["forget_changes", "raise_walls", "record", "seal"]
