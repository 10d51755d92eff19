"""One village as it stands now: the same sources, tables and definitions as a snapshot's, on its rows alone.

DuckDB makes the raw tables. It would plan completing and counting anew every time, so that is done on arrays.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from balai.access.models import acting
from balai.indicators.engines.arrays import Prepared
from balai.indicators.rules import FILLED, Plan, Row, catalogue, compiled
from balai.snapshot.actions import making
from balai.snapshot.models import closed, consistent, facts_of_villages, mark, pour_out, registers
from balai.snapshot.rules.pruning import pruned
from balai.snapshot.rules.raw import needed, select, stages
from balai.snapshot.rules.sources import sources

VILLAGES = 500  # whose figures stay in memory: whole numbers of a village, nobody's row
_known: dict = {}
KEPT = 16  # recipes: of some sets of figures, for some days and walls


@dataclass(frozen=True)
class Live:
    """`waits`: figure to what it waits for. `closed`: figures that rest on what the reader may not see."""

    rows: list[Row]
    waits: dict[str, str]
    closed: frozenset[str]


@dataclass(frozen=True)
class Recipe:
    """The texts by which a village's rows become figures; nothing of any village is in it."""

    plan: Plan
    sources: tuple[str, ...]
    stages: tuple[str, ...]
    filled: dict[str, str]
    grown: bool
    prepared: Prepared
    closed: frozenset[str]


def live(*, by, code, codes=None, on, earlier=None):
    """The figures of the village of that code on that day, as `by` may see them. `earlier`: file of its kabupaten's
    families in an earlier snapshot, from which those at risk before are known."""
    key = code, codes and tuple(codes), on, earlier, by.role.name, by.agency, by.ranges, by.assignment
    with acting(by):
        now = mark(code, on)
    before, found = _known.get(key, (None, None))
    if before != now:
        recipe, filled = taken(by=by, code=code, codes=codes, on=on, earlier=earlier)
        found = Live(recipe.prepared.figures(filled), dict(recipe.plan.waits), recipe.closed)
        _remember(key, (now, found))
    return found


def _remember(key, told):
    """Of so many villages; threads may meet here, and then one of them works for nothing."""
    if len(_known) >= VILLAGES:
        _known.clear()
    _known[key] = told


def taken(*, by, code, codes, on, earlier=None, keyed=False):
    """How the figures asked (None: all) are worked out, and of each filled table the columns that they rest on, with
    the keys of its rows where `keyed`."""
    recipe = _recipe(None if codes is None else tuple(codes), on, frozenset(closed(by)), keyed)
    with acting(by), _workplace(on) as (base, folder):
        with consistent():
            _pour(folder, recipe, code, on)
        making.take_in(base, folder, recipe.sources)
        making.take_before(base, earlier)
        for text in recipe.stages:
            making.asked(base, text)
        if recipe.grown:
            making.grow(base, on)
        return recipe, {name: making.asked(base, text).fetchnumpy() for name, text in recipe.filled.items()}


@lru_cache(maxsize=KEPT)
def _recipe(codes, on, shut, keyed):
    found = catalogue()
    plan, hidden = compiled(codes, on), frozenset()
    if shut:
        hidden = frozenset(code for code in _codes(plan) if _rests_on(code, on) & shut)
        plan = compiled([code for code in _codes(plan) if code not in hidden], on)
    tables = pruned(found, plan, on, keyed=keyed)
    texts = {name: select(table, ordered=name in making.GROWN) for name, table in tables.items()}
    grown = making.GROWN if set(making.GROWN) <= set(tables) else ()  # one of them alone: nothing of growth was asked
    return Recipe(
        plan=plan,
        sources=tuple(needed(texts.values())[1]),
        stages=(
            *(f"CREATE TEMP TABLE {name} AS {stages()[name]}" for name in needed(texts.values())[0]),
            *(f"CREATE TEMP TABLE raw_{name} AS {texts[name]}" for name in grown),
        ),
        filled=texts | {name: f"FROM {name}{FILLED}" for name in grown},
        grown=bool(grown),
        prepared=Prepared(found, tables, plan, on),
        closed=hidden,
    )  # fmt: skip


def _codes(plan):
    """Of the figures that a plan works out."""
    return [code for query in plan.queries for code in (*(slot.code for slot in query.slots), *query.bins)]


@cache
def _rests_on(code, on):
    """The sources behind one figure."""
    tables = pruned(catalogue(), compiled([code], on), on)
    return frozenset(needed(select(table) for table in tables.values())[1])


@cache
def _engine():
    """One for all threads of the process; each call has a connection of its own, whose tables nobody else sees."""
    return duckdb.connect(config={"threads": 1})


@contextmanager
def _workplace(on):
    with TemporaryDirectory(prefix="balai-") as folder, _engine().cursor() as base:
        making.on_day(base, on)
        yield base, Path(folder)


def _pour(folder, recipe, code, on):
    queries = registers(code, on)
    if set(recipe.sources) - set(queries):
        for name, rows in facts_of_villages(code, on).items():
            making.write_rows(rows, folder / f"{name}.csv")
    for name in recipe.sources:
        if name in queries:
            pour_out(queries[name], len(sources()[name]), folder / f"{name}.csv")
