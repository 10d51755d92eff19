"""A plan on columns in memory, for one village at once: no text to be read, nothing to be planned at every turn.

The typed trees become steps, an equal tree one step, and every step leaves a pair of arrays. Of a yes or no: where it
holds, and where it does not (neither: NULL). Of all else: the values, and where there is one. Days are counted from
1970; texts are numbered as they come, since they are only ever compared for being the same.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from balai.indicators.engines.stepping import OPERATIONS, ROLLING, Pair, plain, truth
from balai.indicators.rules import Catalogue, Plan, Row, Table, order
from balai.indicators.rules.checking import levels, rolled
from balai.indicators.rules.compiling import VILLAGE
from balai.indicators.rules.expressions import Node
from balai.indicators.rules.measures import SUMS, Measure, definitions, measure

Values = npt.NDArray[Any]
Columns = Mapping[str, Any]  # name to an array, masked where it is empty; or to a pair, a yes or no as 1 and 0
NO_WORDS: Mapping[str | None, int] = MappingProxyType({})
EPOCH = date(1970, 1, 1)
YES_OR_NO = {"and", "or", "not"}  # the operations that take pairs of a yes or no as they are
SPANS = {"months_between", "years_between"}


class Step(NamedTuple):
    work: Callable[..., Pair]
    slots: tuple[int, ...]


@dataclass
class Scope:
    """What is known of one table while it is read: where its columns stand, and what was worked out already."""

    rows: int  # the slot of a condition that holds everywhere
    columns: dict[str, int] = field(default_factory=dict)
    found: dict[Node, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """Slots of a measure."""

    of: Measure
    n: int
    d: int
    value: int = 0
    over: int = 0


class Prepared:
    """The steps from filled (or, where told so, complete) tables to the figures of a plan. Any thread may use it."""

    def __init__(
        self, found: Catalogue, tables: Mapping[str, Table], plan: Plan, on: date, *, complete: bool = False
    ) -> None:
        """`tables`: those of the catalogue that are there, with the columns that are needed."""
        self.parameters = found.parameters_on(on)
        self.texts: list[tuple[int, str]] = []
        self.fixed: list[tuple[int, Pair]] = []
        self.loaded: list[tuple[int, str, str, str]] = []
        self.everywhere: list[tuple[int, str]] = []
        self.steps: list[tuple[int, Step]] = []
        self.size = 1  # slot 0 says how many texts there are
        self.scopes: dict[str, Scope] = {}
        for name in order(tables):
            self._table(tables, name, complete=complete)
        self.figures_of = {
            query.table: [self._figure(one) for one in measures(found, query, self.parameters)]
            for query in plan.queries
            if query.table in tables
        }

    def _slot(self) -> int:
        self.size += 1
        return self.size - 1

    def _step(self, work: Callable[..., Pair], *slots: int) -> int:
        made = self._slot()
        self.steps.append((made, Step(work, slots)))
        return made

    def _table(self, tables: Mapping[str, Table], name: str, *, complete: bool) -> None:
        table, scope = tables[name], Scope(self._slot())
        self.scopes[name] = scope
        self.everywhere.append((scope.rows, name))
        for column, declared in (table.complete if complete else table.columns).items():
            scope.columns[column] = self._slot()
            self.loaded.append((scope.columns[column], name, column, declared.type))
        if not complete:
            for column in table.rolled:
                scope.columns[column] = self._rolled(tables, table, column, scope)
            for level in levels(table, self.parameters):
                for column, node in level.items():
                    scope.columns[column] = self._node(node, scope)

    def _rolled(self, tables: Mapping[str, Table], table: Table, name: str, scope: Scope) -> int:
        declared = table.rolled[name]
        over = self.scopes.get(declared.over)
        if over is None:
            return self._node(Node("literal", "null"), scope)
        roll = rolled(tables, table, name, self.parameters)
        where, of = (self._node(node, over) if node else over.rows for node in (roll.where, roll.of))
        ours, theirs = scope.columns[declared.by], over.columns[declared.by]
        return self._step(ROLLING[declared.how], 0, ours, theirs, where, of)

    def _node(self, node: Node, scope: Scope) -> int:
        if node.op == "column":
            return scope.columns[node.value]
        if node not in scope.found:
            scope.found[node] = self._literal(node) if node.op == "literal" else self._operation(node, scope)
        return scope.found[node]

    def _literal(self, node: Node) -> int:
        made = self._slot()
        if node.type == "text":
            self.texts.append((made, node.value))
        else:
            self.fixed.append((made, self._fixed(node)))
        return made

    def _fixed(self, node: Node) -> Pair:
        value = node.value
        if node.type in ("bool", "null"):
            return np.bool_(value is True), np.bool_(value is False)
        if node.type == "date":
            value = (value - EPOCH).days
        return np.float64(value) if node.type == "real" else np.int64(value), np.True_

    def _operation(self, node: Node, scope: Scope) -> int:
        parts = node.parts
        if node.op in SPANS:
            parts = tuple(Node(what, "int", (part,)) for part in parts for what in ("month", "day"))
        slots = [self._part(node, part, number, scope) for number, part in enumerate(parts)]
        made = self._step(OPERATIONS[node.op], *slots)
        return self._step(truth, made) if node.op in ("case", "coalesce") and node.type == "bool" else made

    def _part(self, node: Node, part: Node, number: int, scope: Scope) -> int:
        """The slot of an operand; a yes or no that is compared or chosen is a value like others."""
        slot = self._node(part, scope)
        asked = node.op in YES_OR_NO or (node.op == "case" and number % 2 == 0 and number < len(node.parts) - 1)
        return slot if asked or part.type != "bool" else self._step(plain, slot)

    def _figure(self, one: Measure) -> Figure:
        scope = self.scopes[one.table]
        n, d = (self._node(node, scope) if node else scope.rows for node in (one.n, one.d))
        value, over = (self._node(node, scope) if node else 0 for node in (one.value, one.over))
        return Figure(one, n, d, value, over)

    def work(self, given: Mapping[str, Columns], words: Mapping[str | None, int] = NO_WORDS) -> "Worked":
        """Everything worked out of the columns of the tables. `words`: how texts are numbered in those of them that
        are pairs."""
        words, slots = dict(words), [(np.True_, np.True_)] * self.size
        for slot, name in self.everywhere:
            number = _rows(given[name])
            slots[slot] = np.ones(number, bool), np.zeros(number, bool)
        for slot, pair in self.fixed:
            slots[slot] = pair
        for slot, text in self.texts:
            slots[slot] = np.int64(words.setdefault(text, len(words))), np.True_
        for slot, table, column, kind in self.loaded:
            slots[slot] = _loaded(given[table][column], kind, words)
        slots[0] = np.int64(len(words) + 1), np.True_
        for slot, step in self.steps:
            slots[slot] = step.work(*[slots[one] for one in step.slots])
        return Worked(self, slots, list(words))

    def figure(self, code: str) -> Figure | None:
        """Where a figure's conditions stand; None where it is not counted."""
        return next((one for found in self.figures_of.values() for one in found if one.of.code == code), None)

    def figures(self, given: Mapping[str, Columns], words: Mapping[str | None, int] = NO_WORDS) -> list[Row]:
        return self.work(given, words).figures()


def measures(found: Catalogue, query: Any, parameters: Mapping[str, Any]) -> list[Measure]:
    codes: Collection[str] = [*(slot.code for slot in query.slots), *query.bins]
    told = definitions(found, codes)
    return [measure(code, told[code], found, parameters) for code in codes]


def _rows(columns: Columns) -> int:
    """What is the same in all rows may stand there once."""
    found = (np.shape(cells[0] if isinstance(cells, tuple) else cells) for cells in columns.values())
    return next(shape[0] for shape in found if shape)


def _loaded(cells: Any, kind: str, words: dict[str | None, int]) -> Pair:
    if isinstance(cells, tuple):
        return truth((cells[0] == 1, cells[1])) if kind == "bool" else cells
    known, values = ~np.ma.getmaskarray(cells), np.ma.getdata(cells)
    if kind == "bool":
        return values.astype(bool) & known, ~values.astype(bool) & known
    if kind == "text":
        told = (words.setdefault(word, len(words)) for word in values.tolist())
        return np.fromiter(told, np.int64, len(values)), known
    if kind == "date":
        return values.astype("datetime64[D]").astype(np.int64), known
    return values.astype(np.float64 if kind == "real" else np.int64), known


@dataclass(frozen=True)
class Worked:
    """What stands in the slots for some rows."""

    prepared: Prepared
    slots: list[Pair]
    words: list[str | None]

    def figures(self) -> list[Row]:
        return [row for table, found in self.prepared.figures_of.items() for row in self.rows(table, found)]

    def where(self, table: str, slot: int) -> Values:
        """The rows of which a condition holds."""
        found: Values = self.slots[self.prepared.scopes[table].rows][0] & self.slots[slot][0]
        return found

    def texts(self, table: str, column: str, slot: int) -> list[str | None]:
        """A column of the rows of which a condition holds."""
        values, known = self.slots[self.prepared.scopes[table].columns[column]]
        chosen = self.where(table, slot)
        pairs = zip(values[chosen].tolist(), known[chosen].tolist(), strict=True)
        return [self.words[value] if there else None for value, there in pairs]

    def rows(self, table: str, found: Iterable[Figure]) -> Iterable[Row]:
        """Figures village by village."""
        scope = self.prepared.scopes[table]
        codes = self.slots[scope.columns[VILLAGE]][0]
        for village in np.unique(codes):
            here = codes == village
            for one in found:
                for n, d, bin_ in self._told(table, one, here):
                    yield Row(self.words[village], one.of.code, n, d, bin_)

    def _told(self, table: str, one: Figure, here: Values) -> Iterable[tuple[int | None, int | None, int | None]]:
        n = self.where(table, one.n) & here
        if one.of.how == "median":
            values, numbers = np.unique(self._values(one.value, n), return_counts=True)
            return [(int(number), None, int(value)) for value, number in zip(values, numbers, strict=True)]
        if one.of.how == "max":
            values = self._values(one.value, n)
            return [(int(values.max()) if len(values) else None, None, None)]
        d = self._amount(one.over, self.where(table, one.d) & here) if one.of.divided else None
        return [(self._amount(one.value if one.of.how in SUMS else 0, n), d, None)]

    def _amount(self, slot: int, chosen: Values) -> int:
        return int(self._values(slot, chosen).sum() if slot else np.count_nonzero(chosen))

    def _values(self, slot: int, chosen: Values) -> Values:
        return np.broadcast_to(self.slots[slot][0], chosen.shape)[chosen]
