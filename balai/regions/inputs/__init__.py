"""Reads what comes from outside: the packaged tree, tables of changes and of BPS codes, outlines."""

from balai.regions.inputs.outlines import read_outlines
from balai.regions.inputs.packaged import SOURCE, packaged_aliases, packaged_places
from balai.regions.inputs.tables import read_bps_codes, read_changes

__all__ = ["SOURCE", "packaged_aliases", "packaged_places", "read_bps_codes", "read_changes", "read_outlines"]
