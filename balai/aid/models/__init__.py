"""Aid received, and what other lists say."""

from balai.aid.models.listing import ListEntry, ListVersion, inside
from balai.aid.models.receiving import Aid, AidFile

__all__ = ["Aid", "AidFile", "ListEntry", "ListVersion", "inside"]
