from balai.access.models.scoped import NoPrincipal, Scoped, ScopedManager, ScopedQuerySet, Walls, acting, unscoped
from balai.access.models.trail import AuditEntry

__all__ = [
    "AuditEntry",
    "NoPrincipal",
    "Scoped",
    "ScopedManager",
    "ScopedQuerySet",
    "Walls",
    "acting",
    "unscoped",
]
