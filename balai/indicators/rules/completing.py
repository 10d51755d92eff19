"""The query that completes a promised table: what register and growth filled, its rolled and derived columns put in.

It reads `<table>_filled` and, for what it rolls up, complete tables under their own names.
"""

from collections.abc import Collection, Mapping
from typing import Any

from balai.indicators.rules.checking import Roll, levels, rolled
from balai.indicators.rules.declared import Table
from balai.indicators.rules.expressions import Node
from balai.indicators.rules.rendering import count_if, sql
from balai.indicators.rules.rendering import name as quoted

TYPES = {"bool": "BOOLEAN", "int": "INT", "real": "DOUBLE", "date": "DATE", "text": "STRING"}
FILLED = "_filled"


def completing(
    tables: Mapping[str, Table], table: str, parameters: Mapping[str, Any], engine: str, present: Collection[str]
) -> str:
    """One SELECT with every column of the complete table in its order. `present`: the tables that can be rolled up."""
    one = tables[table]
    text = _rolled(tables, one, parameters, engine, present)
    for level in levels(one, parameters):
        more = ", ".join(
            f"{_cast(node, one, column, engine)} AS {quoted(column, engine)}" for column, node in level.items()
        )
        text = f"SELECT *, {more} FROM ({text}) AS t"
    names = ", ".join(quoted(column, engine) for column in one.complete)
    return f"SELECT {names} FROM ({text}) AS t"


def _cast(node: Node, table: Table, column: str, engine: str) -> str:
    return f"CAST({sql(node, engine)} AS {TYPES[table.derived[column].type]})"


def _rolled(
    tables: Mapping[str, Table], table: Table, parameters: Mapping[str, Any], engine: str, present: Collection[str]
) -> str:
    columns = [f"f.{quoted(column, engine)}" for column in table.columns]
    joins: dict[tuple[str, str], list[str]] = {}
    for name, declared in table.rolled.items():
        kind, as_name = TYPES[declared.type], quoted(name, engine)
        if declared.over not in present:
            columns.append(f"CAST(NULL AS {kind}) AS {as_name}")
            continue
        roll = rolled(tables, table, name, parameters)
        key = (declared.over, declared.by)
        found = joins.setdefault(key, [])
        found.append(f"{_aggregate(roll, engine)} AS {as_name}")
        source = f"{_alias(key)}.{as_name}"
        text = f"COALESCE({source}, 0)" if declared.how == "count" else source
        columns.append(f"CAST({text} AS {kind}) AS {as_name}")
    text = f"SELECT {', '.join(columns)} FROM {quoted(table.name + FILLED, engine)} AS f"
    for key, aggregates in joins.items():
        over, by = (quoted(part, engine) for part in key)
        inner = f"SELECT {by}, {', '.join(aggregates)} FROM {over} GROUP BY {by}"
        text += f" LEFT JOIN ({inner}) AS {_alias(key)} ON f.{by} = {_alias(key)}.{by}"
    return text


def _alias(key: tuple[str, str]) -> str:
    return "by_".join(key)


def _aggregate(roll: Roll, engine: str) -> str:
    where = sql(roll.where, engine) if roll.where else ""
    if roll.of is None:
        return count_if(where) if where else "COUNT(*)"
    of = sql(roll.of, engine)
    given = f"CASE WHEN {where} THEN {of} END" if where else of
    return f"{ {'any': 'BOOL_OR', 'all': 'BOOL_AND'}.get(roll.declared.how, roll.declared.how.upper()) }({given})"
