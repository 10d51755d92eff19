"""Every write on places: loading the tree, other names, changes over time, places below the village, outlines."""

from balai.regions.actions.tree import add_alias, load_places

__all__ = ["add_alias", "load_places"]
