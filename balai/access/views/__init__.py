from balai.access.views.doors import GET, POST, Door, NotFound, by_method, door, found, public, seen

__all__ = ["GET", "POST", "Door", "NotFound", "by_method", "door", "found", "public", "seen"]
