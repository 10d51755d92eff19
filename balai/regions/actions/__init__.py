"""Every write on places: loading the tree, other names, changes over time, places below the village, outlines."""

from balai.regions.actions.below import add_place_below
from balai.regions.actions.boundaries import load_boundaries
from balai.regions.actions.history import end_place, record_change
from balai.regions.actions.naming import end_place_below, rename_place_below, reopen_place_below
from balai.regions.actions.tables import load_bps_codes, load_changes
from balai.regions.actions.tree import add_alias, load_places

__all__ = [
    "add_alias",
    "add_place_below",
    "end_place",
    "end_place_below",
    "load_boundaries",
    "load_bps_codes",
    "load_changes",
    "load_places",
    "record_change",
    "rename_place_below",
    "reopen_place_below",
]
