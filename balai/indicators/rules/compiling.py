"""Indicators as queries: one grouped query a promised table for all figures asked, in the words of each engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from balai.indicators.rules.declared import Table
from balai.indicators.rules.expressions import Node
from balai.indicators.rules.measures import SUMS, Measure, definitions, measure, waits_for
from balai.indicators.rules.reading import Catalogue
from balai.indicators.rules.rendering import ENGINES, count_if, sql
from balai.indicators.rules.rendering import name as quoted
from balai.indicators.rules.results import Row

VILLAGE = "village"


@dataclass(frozen=True)
class Slot:
    """Which of a query's aggregates are the numerator and the denominator of a figure."""

    code: str
    n: int
    d: int | None


@dataclass(frozen=True)
class TableQuery:
    """`wide` gives a row a village: its code, then the aggregates; `bins` one query a median: village, value, count."""

    table: str
    columns: tuple[str, ...]
    slots: tuple[Slot, ...]
    wide: Mapping[str, str]
    bins: Mapping[str, Mapping[str, str]]

    def long(self, engine: str) -> str:
        """The same as rows: region, code, n, d, bin."""
        texts = (
            [f"SELECT region, f.code, f.n, f.d, CAST(NULL AS INT) AS bin FROM ({self._each(engine)}) AS t"]
            if self.slots
            else []
        )
        texts += [
            f"SELECT {quoted(VILLAGE, engine)} AS region, '{code}' AS code, n, CAST(NULL AS BIGINT) AS d, bin"
            f" FROM ({text[engine]}) AS t"
            for code, text in self.bins.items()
        ]
        return " UNION ALL ".join(texts)

    def _each(self, engine: str) -> str:
        unnest, struct = ("explode", "named_struct") if engine == "spark" else ("unnest", "struct_pack")
        return (
            f"SELECT {quoted(VILLAGE, engine)} AS region, {unnest}({self._list(engine, struct)}) AS f"
            f" FROM ({self.wide[engine]}) AS w"
        )

    def _list(self, engine: str, struct: str) -> str:
        rows = []
        for slot in self.slots:
            d = "CAST(NULL AS BIGINT)" if slot.d is None else f"a{slot.d}"
            if engine == "spark":
                rows.append(f"{struct}('code', '{slot.code}', 'n', a{slot.n}, 'd', {d})")
            else:
                rows.append(f"{struct}(code := '{slot.code}', n := a{slot.n}, d := {d})")
        return f"array({', '.join(rows)})" if engine == "spark" else f"[{', '.join(rows)}]"

    def rows(self, wide: Iterable[tuple[Any, ...]]) -> Iterable[Row]:
        """What `wide` answered, taken apart in the process."""
        for village, *cells in wide:
            for slot in self.slots:
                yield Row(village, slot.code, cells[slot.n], None if slot.d is None else cells[slot.d], None)


@dataclass
class Aggregates:
    """The aggregates of one query; an equal one is asked once."""

    texts: dict[tuple[str, ...], int] = field(default_factory=dict)

    def count(self, where: Node | None) -> int:
        if where is None:
            return self._put(*("COUNT(*)" for _ in ENGINES))
        return self._put(*(count_if(sql(where, engine)) for engine in ENGINES))

    def together(self, how: str, value: Node, where: Node) -> int:
        return self._put(*(_together(how, value, where, engine) for engine in ENGINES))

    def _put(self, *texts: str) -> int:
        return self.texts.setdefault(texts, len(self.texts))

    def text(self, engine: str) -> str:
        at = ENGINES.index(engine)
        return ", ".join(f"{texts[at]} AS a{number}" for texts, number in self.texts.items())


def _together(how: str, value: Node, where: Node, engine: str) -> str:
    text = f"CASE WHEN {sql(where, engine)} THEN CAST({sql(value, engine)} AS BIGINT) END"
    return f"CAST(COALESCE(SUM({text}), 0) AS BIGINT)" if how in SUMS else f"MAX({text})"


def query(table: Table, measures: Iterable[Measure]) -> TableQuery:
    aggregates, slots, bins = Aggregates(), [], {}
    columns: dict[str, None] = {VILLAGE: None}
    for one in measures:
        for node in filter(None, (one.n, one.d, one.value, one.over)):
            columns.update(dict.fromkeys(node.columns()))
        if one.how == "median":
            bins[one.code] = {engine: _histogram(one, engine) for engine in ENGINES}
        else:
            slots.append(_slot(one, aggregates))
    wide = {engine: _grouped(table.name, aggregates.text(engine), engine) for engine in ENGINES if slots}
    return TableQuery(table.name, tuple(columns), tuple(slots), wide, bins)


def _slot(one: Measure, aggregates: Aggregates) -> Slot:
    n = _aggregate(one, one.value, one.n, aggregates)
    return Slot(one.code, n, _aggregate(one, one.over, one.d, aggregates) if one.divided else None)


def _aggregate(one: Measure, value: Node | None, where: Node | None, aggregates: Aggregates) -> int:
    if value is None or where is None:
        return aggregates.count(where)
    return aggregates.together(one.how, value, where)


def _grouped(table: str, aggregates: str, engine: str) -> str:
    village = quoted(VILLAGE, engine)
    return f"SELECT {village}, {aggregates} FROM {quoted(table, engine)} GROUP BY {village}"


def _histogram(one: Measure, engine: str) -> str:
    assert one.value is not None
    assert one.n is not None
    village = quoted(VILLAGE, engine)
    return (
        f"SELECT {village}, CAST({sql(one.value, engine)} AS INT) AS bin, COUNT(*) AS n"
        f" FROM {quoted(one.table, engine)} WHERE {sql(one.n, engine)} GROUP BY 1, 2"
    )


@dataclass(frozen=True)
class Plan:
    """Everything to be asked of a snapshot for some codes."""

    queries: tuple[TableQuery, ...]
    waits: Mapping[str, str]  # code of a figure that is not worked out yet -> what it waits for
    highest: frozenset[str] = frozenset()  # codes of which a place above has the greatest, not the sum


def compiled(catalogue: Catalogue, codes: Iterable[str] | None, on: date) -> Plan:
    """The queries of the indicators asked (None: all) with the numbers in force that day."""
    parameters = catalogue.parameters_on(on)
    asked = list(catalogue.indicators) if codes is None else list(codes)
    measures: dict[str, list[Measure]] = {}
    waits: dict[str, str] = {}
    for code, one in definitions(catalogue, asked).items():
        waiting = waits_for(catalogue, one)
        if waiting:
            waits[code] = waiting
        elif not one.formula:
            found = measure(code, one, catalogue, parameters)
            measures.setdefault(one.table, []).append(found)
    queries = tuple(query(catalogue.tables[table], measures[table]) for table in catalogue.tables if table in measures)
    highest = frozenset(one.code for found in measures.values() for one in found if one.how == "max")
    return Plan(queries, waits, highest)
