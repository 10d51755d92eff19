"""Files that were asked for, and the rows of each table that can leave."""

from balai.exports.models.exports import Export
from balai.exports.models.sources import batches, is_invented, places_of, source_of
from balai.exports.models.tracing import Origin, origins

__all__ = ["Export", "Origin", "batches", "is_invented", "origins", "places_of", "source_of"]
