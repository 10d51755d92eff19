"""What the declared expressions may name, their typed trees, and the order in which tables are completed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from balai.base.errors import NotValid
from balai.indicators.rules.declared import Derived, Rolled, Table
from balai.indicators.rules.expressions import Known, Node, condition, expression
from balai.indicators.rules.near import near
from balai.indicators.rules.reading import Catalogue

RANGE = re.compile(r"(\d+)-(\d+)", re.ASCII)
NUMBERS = ("int", "real")


def codes(text: str) -> frozenset[Any]:
    """ "1 yes; 3-4 no" as the codes alone."""
    found: set[Any] = set()
    for piece in filter(None, map(str.strip, text.split(";"))):
        first = piece.split()[0]
        span = RANGE.fullmatch(first)
        if span:
            found.update(range(int(span[1]), int(span[2]) + 1))
        else:
            found.add(int(first) if first.isdecimal() else first)
    return frozenset(found)


def known(table: Table, parameters: Mapping[str, Any]) -> Known:
    complete = table.complete
    return Known(
        table=table.name,
        types={name: column.type for name, column in complete.items()},
        codes={
            name: codes(column.codes)
            for name, column in complete.items()
            if not isinstance(column, Rolled) and column.codes
        },
        parameters=parameters,
        place=table.name,
    )


@dataclass(frozen=True)
class Roll:
    """A rolled column, its expressions read against the table that it rolls up."""

    declared: Rolled
    where: Node | None
    of: Node | None


def levels(table: Table, parameters: Mapping[str, Any]) -> list[dict[str, Node]]:
    """The derived columns, each level naming only columns of the levels before it."""
    about = known(table, parameters)
    nodes = {name: derived(table, name, about) for name in table.derived}
    sorter = TopologicalSorter({name: set(node.columns()) & nodes.keys() for name, node in nodes.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        names = error.args[1]
        raise NotValid(
            "%(place)s: kolom turunan saling bergantung: %(names)s.",
            place=table.places[names[0]], names=" → ".join(names),
        ) from error  # fmt: skip
    found = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=list(nodes).index)
        found.append({name: nodes[name] for name in ready})
        sorter.done(*ready)
    return found


def derived(table: Table, name: str, about: Known) -> Node:
    declared: Derived = table.derived[name]
    node = expression(declared.expression, replace(about, place=f"{table.places[name]} [{name}]"))
    _same(node.type, declared.type, table.places[name], name)
    return node


def _same(found: str, declared: str, place: str, name: str) -> None:
    if found != declared:
        raise NotValid(
            "%(place)s: “%(name)s” dinyatakan %(declared)s, tetapi ungkapannya %(found)s.",
            place=place, name=name, declared=declared, found=found,
        )  # fmt: skip


def rolled(tables: Mapping[str, Table], table: Table, name: str, parameters: Mapping[str, Any]) -> Roll:
    declared = table.rolled[name]
    place = table.places[name]
    source = tables.get(declared.over)
    if source is None:
        raise NotValid(
            "%(place)s: tidak ada tabel “%(name)s”.%(near)s",
            place=place, name=declared.over, near=near(declared.over, tables),
        )  # fmt: skip
    for one in (table, source):
        if declared.by not in one.columns:
            raise NotValid("%(place)s: tabel %(table)s tidak punya “%(name)s”.", place=place, table=one.name,
                           name=declared.by)  # fmt: skip
    about = replace(known(source, parameters), place=f"{place} [{name}]")
    where = condition(declared.where, about) if declared.where else None
    of = expression(declared.of, about) if declared.of else None
    _fits(declared, of, place, name)
    return Roll(declared, where, of)


def _fits(declared: Rolled, of: Node | None, place: str, name: str) -> None:
    """A count asks nothing and is a whole number, any and all ask a yes or no, the rest keep the type of `of`."""
    wrong = (of is None) != (declared.how == "count")
    wrong = wrong or (declared.how in ("any", "all") and of is not None and of.type != "bool")
    wrong = wrong or (declared.how in ("min", "max") and of is not None and of.type in ("bool", "text"))
    wrong = wrong or (declared.how == "sum" and of is not None and of.type != "int")
    if wrong:
        raise NotValid("%(place)s: “%(name)s”: “of” tidak cocok dengan how = “%(how)s”.", place=place, name=name,
                       how=declared.how)  # fmt: skip
    _same("int" if of is None else of.type, declared.type, place, name)


def order(tables: Mapping[str, Table]) -> list[str]:
    """Tables as they can be completed: what is rolled up stands before what rolls it up."""
    needs = {name: {one.over for one in table.rolled.values() if one.over in tables} for name, table in tables.items()}
    try:
        return list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        names = " → ".join(error.args[1])
        raise NotValid("Tabel saling menggulung: %(names)s.", names=names) from error


def mistakes_of_tables(catalogue: Catalogue, parameters: Mapping[str, Any]) -> Iterator[NotValid]:
    """Every mistake in the expressions of the promised tables."""
    try:
        order(catalogue.tables)
    except NotValid as mistake:
        yield mistake
    for table in catalogue.tables.values():
        about = known(table, parameters)
        broken = False
        for name in (*table.rolled, *table.derived):
            try:
                if name in table.rolled:
                    rolled(catalogue.tables, table, name, parameters)
                else:
                    derived(table, name, about)
            except NotValid as mistake:
                broken = True
                yield mistake
        if not broken:
            try:
                levels(table, parameters)
            except NotValid as mistake:
                yield mistake
