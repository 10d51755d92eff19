"""Aid received, and what other lists say."""

from balai.aid.models.listing import ListEntry, ListVersion, inside
from balai.aid.models.receiving import Aid

__all__ = ["Aid", "ListEntry", "ListVersion", "inside"]
