from balai.access.models.pouring import growing_keys, lasting_key, learn_sizes, pour
from balai.access.models.scoped import (
    NoPrincipal,
    Scoped,
    ScopedKey,
    ScopedManager,
    ScopedOneToOne,
    ScopedQuerySet,
    acting,
    unscoped,
)
from balai.access.models.trail import AuditChain, AuditChange, AuditEntry, AuditSubject
from balai.access.models.verifying import verify
from balai.access.models.walls import put_up
from balai.access.rules import Walls

__all__ = [
    "AuditChain",
    "AuditChange",
    "AuditEntry",
    "AuditSubject",
    "NoPrincipal",
    "Scoped",
    "ScopedKey",
    "ScopedManager",
    "ScopedOneToOne",
    "ScopedQuerySet",
    "Walls",
    "acting",
    "growing_keys",
    "lasting_key",
    "learn_sizes",
    "pour",
    "put_up",
    "unscoped",
    "verify",
]
