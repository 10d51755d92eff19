"""Personal tables: no row is read or written without somebody who does it (docs/adr/0012).

`Model.objects` gives the rows that the acting principal may see and raises where nobody acts. It is also the base
manager, so that `person.family`, `save()` and `refresh_from_db()` go the same way. `unscoped(reason)` is the only other
door; a test fixes the number of its callers.
"""

import logging
from contextlib import contextmanager

from django.db import models
from django.db.models import Q, Value
from django.db.models.lookups import Exact, GreaterThanOrEqual, In, LessThan
from django.db.models.sql.where import AND, OR, WhereNode

from balai.access.models.principal import acting_now, principal
from balai.access.rules import OPERATOR, Actor, Walls, is_everywhere
from balai.base.errors import NotAllowed

log = logging.getLogger(__name__)


class NoPrincipal(RuntimeError):
    """Personal rows were asked for while nobody acts."""


@contextmanager
def acting(actor):
    """Within, `actor` reads and writes personal tables."""
    with principal(actor):
        yield actor


@contextmanager
def unscoped(reason):
    """Within, personal tables are read and written whole. Logged, as a fact and not as a warning, for its callers are
    counted by a test."""
    log.info("unscoped: %s", reason)
    with principal(Actor(name=f"unscoped:{reason}", role=OPERATOR)):
        yield


def _principal(model):
    actor = acting_now()
    if actor is None:
        raise NoPrincipal(f"{model.__name__} is personal: read and write it within acting(principal)")
    return actor


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, actor):
        walls = self.model.walls
        if not walls.opens_to(actor):
            return self.none()
        rows = self
        if actor.role.assigned:
            rows = rows.filter(**{f"{walls.family}__in": actor.assignment or ()})
        if is_everywhere(actor):
            return rows
        inside = Q(pk__in=())
        for lo, hi in actor.ranges:
            inside |= Q(**{f"{walls.region}__gte": lo, f"{walls.region}__lt": hi})
        return rows.filter(inside)

    def update(self, **fields):
        self._keep_inside({self.model._meta.get_field(name).attname: value for name, value in fields.items()})
        return super().update(**fields)

    def raw(self, *args, **kwargs):
        raise TypeError("SQL of one's own sees no walls")

    def extra(self, *args, **kwargs):
        raise TypeError("SQL of one's own sees no walls")

    # `save`, `create` and the bulk writes all end in the next two, which Django marks so that a manager has them.
    def _insert(self, objs, *args, **kwargs):
        walls = self.model.walls
        for row in objs:
            self._keep_inside({name: getattr(row, name) for name in (walls.region, walls.family)})
        return super()._insert(objs, *args, **kwargs)

    _insert.alters_data = True
    _insert.queryset_only = False

    def _update(self, values):
        self._keep_inside({field.attname: value for field, _model, value in values})
        return super()._update(values)

    _update.alters_data = True
    _update.queryset_only = False

    def _keep_inside(self, written):
        """What is written may not lie out of scope; that the rows lie inside, the query itself has seen to."""
        actor, walls = _principal(self.model), self.model.walls
        kept = walls.takes_from(actor)
        if walls.region in written and not is_everywhere(actor):
            kept = kept and isinstance(written[walls.region], str) and actor.covers(written[walls.region])
        if walls.family in written and actor.role.assigned:
            family = written[walls.family]
            kept = kept and getattr(family, "pk", family) in (actor.assignment or ())
        if not kept:
            raise NotAllowed("Data ini di luar wilayah atau tugas Anda.")


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):
    def get_queryset(self):
        return super().get_queryset().visible_to(_principal(self.model))


class Scoped(models.Model):
    """A personal table. `walls` says what guards it; the database's own walls are made from the same object."""

    walls: Walls
    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class JoinedInScope:
    """Of a key to a personal table: a query joining through it, either way, joins only rows in scope. select_related,
    values("family__address"), filters and counts see no more than the managers do."""

    joins_in_scope = True  # a check at start-up asks every key to a personal table for it

    def get_extra_restriction(self, alias, related_alias):
        """`alias` stands for the personal table, `related_alias` for the one that holds the key."""
        joined = ((self.remote_field.model, alias), (self.model, related_alias))
        return WhereNode([part for model, name in joined if name for part in _in_scope(model, name)], AND)

    def deconstruct(self):
        """In the database it is an ordinary key; migrations import none of our code."""
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.plain}", args, kwargs


class ScopedKey(JoinedInScope, models.ForeignKey):
    plain = "ForeignKey"


class ScopedOneToOne(JoinedInScope, models.OneToOneField):
    plain = "OneToOneField"


def _in_scope(model, alias):
    """What visible_to says, for a joined table: conditions that all must hold."""
    if not issubclass(model, Scoped):
        return []
    actor, walls = _principal(model), model.walls
    if not walls.opens_to(actor) or not actor.ranges or (actor.role.assigned and not actor.assignment):
        return [Exact(Value(0), Value(1))]
    columns = {field.attname: field.get_col(alias) for field in model._meta.concrete_fields}
    region, assigned = columns[walls.region], []
    if actor.role.assigned:
        assigned = [In(columns[walls.family], actor.assignment)]
    if is_everywhere(actor):
        return assigned
    spans = [WhereNode([GreaterThanOrEqual(region, lo), LessThan(region, hi)], AND) for lo, hi in actor.ranges]
    return [WhereNode(spans, OR), *assigned]
