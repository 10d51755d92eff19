"""Every event is one action with one day; `undo` takes it back."""

from balai.events.actions.asking import NeedsHead
from balai.events.actions.households import (
    record_divorce,
    record_marriage,
    record_merge,
    record_split,
    record_taking_in,
)
from balai.events.actions.lives import record_birth, record_death, record_new_head
from balai.events.actions.moving import (
    record_family_moving_in,
    record_moving_in,
    record_moving_out,
    record_moving_within,
)
from balai.events.actions.returning import find_gone, record_family_return, record_return, record_return_alone
from balai.events.actions.undoing import undo

__all__ = [
    "NeedsHead",
    "find_gone",
    "record_birth",
    "record_death",
    "record_divorce",
    "record_family_moving_in",
    "record_family_return",
    "record_marriage",
    "record_merge",
    "record_moving_in",
    "record_moving_out",
    "record_moving_within",
    "record_new_head",
    "record_return",
    "record_return_alone",
    "record_split",
    "record_taking_in",
    "undo",
]
