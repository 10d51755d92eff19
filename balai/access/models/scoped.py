"""Personal tables: no row is read without somebody who reads it (docs/adr/0012).

`Model.objects` gives the rows that the acting principal may see and raises where nobody acts. `unscoped(reason)` is the
only other door; a test fixes the number of its callers.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from balai.access.rules import Matter, Permission, Right

log = logging.getLogger(__name__)
_acting = ContextVar("acting", default=None)
_unscoped = ContextVar("unscoped", default="")


class NoPrincipal(RuntimeError):
    """Personal rows were asked for while nobody acts."""


@contextmanager
def acting(actor):
    """Within, `actor` reads and writes personal tables."""
    token = _acting.set(actor)
    try:
        yield actor
    finally:
        _acting.reset(token)


@contextmanager
def unscoped(reason):
    """Within, personal tables are read whole. Logged; its callers are counted by a test."""
    log.warning("unscoped: %s", reason)
    token = _unscoped.set(reason)
    try:
        yield
    finally:
        _unscoped.reset(token)


@dataclass(frozen=True)
class Walls:
    """What guards a personal table: its matter, the permission to see it, its columns of place and of family."""

    matter: Matter
    view: Permission = Permission.FAMILY_VIEW
    region: str = "region"
    family: str = "family_id"


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, actor):
        walls = self.model.walls
        if not actor.may(walls.view) or actor.right(walls.matter) < Right.MASKED:
            return self.none()
        inside = Q(pk__in=())
        for lo, hi in actor.ranges:
            inside |= Q(**{f"{walls.region}__gte": lo, f"{walls.region}__lt": hi})
        if actor.role.assigned:
            inside &= Q(**{f"{walls.family}__in": actor.assignment or ()})
        return self.filter(inside)


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):
    def get_queryset(self):
        rows = super().get_queryset()
        if _unscoped.get():
            return rows
        actor = _acting.get()
        if actor is None:
            raise NoPrincipal(f"{self.model.__name__} is personal: read it within acting(principal)")
        return rows.visible_to(actor)


class Scoped(models.Model):
    """A personal table. `walls` says what guards it; the database's own walls are made from the same object."""

    walls: Walls
    objects = ScopedManager()

    class Meta:
        abstract = True
