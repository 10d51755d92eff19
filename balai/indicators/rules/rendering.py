"""A typed tree as SQL of one engine. Every bracket is written; whole numbers are 64 bits wide before they are added."""

from collections.abc import Callable

from balai.indicators.rules.expressions import Node

ENGINES = ("duckdb", "spark")
QUOTES = {"duckdb": '"', "spark": "`"}
INFIX = {"and", "or", "=", "<>", "<", "<=", ">", ">=", "+", "-", "*"}
ARITHMETIC = {"+", "-", "*", "negative"}


def name(column: str, engine: str) -> str:
    quote = QUOTES[engine]
    return f"{quote}{column}{quote}"


def sql(node: Node, engine: str) -> str:
    if node.op == "column":
        return name(node.value, engine)
    if node.op == "literal":
        return literal(node)
    parts = [sql(part, engine) for part in node.parts]
    if node.op in ARITHMETIC:
        parts = [_wide(part, text) for part, text in zip(node.parts, parts, strict=True)]
    if node.op in INFIX:
        return f"({parts[0]} {node.op.upper()} {parts[1]})"
    return SHAPES[node.op](parts) if node.op in SHAPES else _days(parts, engine)


def literal(node: Node) -> str:
    if node.type == "null":
        return "NULL"
    if node.type == "bool":
        return "TRUE" if node.value else "FALSE"
    if node.type == "real":
        return f"CAST('{node.value!r}' AS DOUBLE)"
    if node.type == "date":
        return f"DATE '{node.value.isoformat()}'"
    return f"'{node.value}'" if node.type == "text" else str(node.value)


def count_if(condition: str) -> str:
    """How many rows meet it. Three to four times quicker than FILTER on DuckDB, whose COUNT_IF is NULL where the
    condition is NULL in every row of a group."""
    return f"CAST(COALESCE(COUNT_IF({condition}), 0) AS BIGINT)"


def _wide(node: Node, text: str) -> str:
    return f"CAST({text} AS BIGINT)" if node.type == "int" else text


def _case(parts: list[str]) -> str:
    *pairs, last = parts
    branches = " ".join(f"WHEN {pairs[n]} THEN {pairs[n + 1]}" for n in range(0, len(pairs), 2))
    return f"CASE {branches} ELSE {last} END"


def _part(what: str, day: str) -> str:
    return f"CAST(EXTRACT({what} FROM {day}) AS BIGINT)"


def _months(parts: list[str]) -> str:
    """Completed months from the second day to the first: a month is completed on the same number of the day."""
    later, earlier = parts
    return (
        f"(({_part('YEAR', later)} - {_part('YEAR', earlier)}) * 12"
        f" + ({_part('MONTH', later)} - {_part('MONTH', earlier)})"
        f" - CASE WHEN {_part('DAY', later)} < {_part('DAY', earlier)} THEN 1 ELSE 0 END)"
    )


def _years(parts: list[str]) -> str:
    later, earlier = parts
    of_year = [f"({_part('MONTH', day)} * 100 + {_part('DAY', day)})" for day in parts]
    return (
        f"({_part('YEAR', later)} - {_part('YEAR', earlier)} - CASE WHEN {of_year[0]} < {of_year[1]} THEN 1 ELSE 0 END)"
    )


def _days(parts: list[str], engine: str) -> str:
    later, earlier = parts
    days = f"DATEDIFF({later}, {earlier})" if engine == "spark" else f"({later} - {earlier})"
    return f"CAST({days} AS BIGINT)"


SHAPES: dict[str, Callable[[list[str]], str]] = {
    "not": lambda parts: f"(NOT {parts[0]})",
    "is_null": lambda parts: f"({parts[0]} IS NULL)",
    "negative": lambda parts: f"(- {parts[0]})",
    "in": lambda parts: f"({parts[0]} IN ({', '.join(parts[1:])}))",
    "between": lambda parts: f"({parts[0]} BETWEEN {parts[1]} AND {parts[2]})",
    "coalesce": lambda parts: f"COALESCE({', '.join(parts)})",
    "least": lambda parts: f"LEAST({', '.join(parts)})",
    "greatest": lambda parts: f"GREATEST({', '.join(parts)})",
    "case": _case,
    "months_between": _months,
    "years_between": _years,
}
