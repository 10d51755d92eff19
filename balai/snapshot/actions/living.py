"""One village as it stands now: the same sources, tables and definitions as a snapshot's, on its rows alone.

DuckDB would plan every query anew each time, so all of it is done on arrays.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import duckdb

from balai.access.models import acting
from balai.base.memory import uncollected
from balai.indicators.engines.arrays import Prepared
from balai.indicators.rules import Plan, Row, Table, catalogue, compiled
from balai.snapshot.actions.holding import Reading, Shelf
from balai.snapshot.models import closed, consistent
from balai.snapshot.rules.frames import Words, framed
from balai.snapshot.rules.pruning import GROWN, pruned
from balai.snapshot.rules.raw import needed, select
from balai.snapshot.rules.sources import BEFORE
from balai.snapshot.rules.staging import Stages
from balai.snapshot.rules.tabling import tabled

VILLAGES = 500  # whose figures stay in memory: whole numbers of a village, nobody's row
_known: dict = {}
_shelf = Shelf()
KEPT = 16  # recipes: of some sets of figures, for some days and walls


@dataclass(frozen=True)
class Live:
    """`waits`: figure to what it waits for. `closed`: figures that rest on what the reader may not see."""

    rows: list[Row]
    waits: dict[str, str]
    closed: frozenset[str]


@dataclass(frozen=True)
class Recipe:
    """How a village's rows become figures; nothing of any village is in it."""

    plan: Plan
    sources: tuple[str, ...]
    tables: dict[str, Table]
    grown: bool
    prepared: Prepared
    closed: frozenset[str]


@uncollected()
def live(*, by, code, codes=None, on, earlier=None):
    """The figures of the village of that code on that day, as `by` may see them. `earlier`: file of its kabupaten's
    families in an earlier snapshot, from which those at risk before are known."""
    key = code, codes and tuple(codes), on, earlier, _sight(by)
    recipe = _recipe(None if codes is None else tuple(codes), on, frozenset(closed(by)), keyed=False)
    with acting(by), consistent():
        reading = Reading(by, code, on)
        mark, found = _known.get(key, (None, None))
        if mark == reading.mark:
            return found
        held = _held(by, code, reading, recipe)
    found = Live(_worked(recipe, held, earlier).figures(), dict(recipe.plan.waits), recipe.closed)
    _remember(key, (reading.mark, found))
    return found


def ready(*, on):
    """Reads and compiles the definitions for those who see everything, so that no page of that day waits for it."""
    _recipe(None, on, frozenset(), keyed=False)


@uncollected()
def worked(*, by, code, codes, on):
    """How the figures asked are worked out, and everything worked out for them, with the keys of the rows."""
    recipe = _recipe(tuple(codes), on, frozenset(closed(by)), keyed=True)
    with acting(by), consistent():
        held = _held(by, code, Reading(by, code, on), recipe)
    return recipe, _worked(recipe, held, None)


def _sight(by):
    """Actors of one sight see the same rows."""
    return by.role.name, by.agency, by.ranges, by.assignment


def _held(by, code, reading, recipe):
    key = code, _sight(by)
    held = reading.held(_shelf.get(key), recipe.sources)
    _shelf.put(key, held)
    return held


def _worked(recipe, held, earlier):
    words = Words(held.words)
    stages = Stages(held.frames | {"before": _before(earlier, words)}, words, held.day)
    tables = tabled(recipe.tables, stages, grown=recipe.grown)
    return recipe.prepared.work(tables, words)


def _before(path, words):
    """Which families were at risk in an earlier half-year; nothing where no snapshot of then is kept."""
    rows = []
    if path is not None:
        with duckdb.connect() as base:
            asked = "replace(CAST(family AS VARCHAR), '-', '') AS family, krs"
            rows = base.read_parquet(str(path)).project(asked).fetchall()
    return framed(rows, BEFORE, words)


def _remember(key, told):
    """Of so many villages; threads may meet here, and then one of them works for nothing."""
    if len(_known) >= VILLAGES:
        _known.clear()
    _known[key] = told


@lru_cache(maxsize=KEPT)
def _recipe(codes, on, shut, keyed):
    found = catalogue()
    plan, hidden = compiled(codes, on), frozenset()
    if shut:
        hidden = frozenset(code for code in _codes(plan) if _rests_on(code, on) & shut)
        plan = compiled([code for code in _codes(plan) if code not in hidden], on)
    tables = pruned(found, plan, on, keyed=keyed)
    return Recipe(
        plan=plan,
        sources=tuple(needed(select(table) for table in tables.values())[1]),
        tables=tables,
        grown=set(GROWN) <= set(tables),  # one of them alone: nothing of growth was asked
        prepared=Prepared(found, tables, plan, on),
        closed=hidden,
    )


def _codes(plan):
    """Of the figures that a plan works out."""
    return [code for query in plan.queries for code in (*(slot.code for slot in query.slots), *query.bins)]


@cache
def _rests_on(code, on):
    """The sources behind one figure."""
    tables = pruned(catalogue(), compiled([code], on), on)
    return frozenset(needed(select(table) for table in tables.values())[1])
