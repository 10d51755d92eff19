"""A query's rows as one row: the database joins each column to one text, so that no value becomes an object of its own.

What it writes, `rules/packed.py` reads. Numbers of codes and days are characters, those of a row side by side: fewer
than 32,768 (a small integer), and days lie above what no text may hold (U+D800 to U+DFFF). All else is a list of JSON.
"""

from typing import NamedTuple

from django.db import connection

from balai.snapshot.rules.packed import HIGHEST, NONE, SHIFT, plain_numbers


class Way(NamedTuple):
    """How one database says it."""

    character: str
    beside: str
    below: str
    listed: str
    cells: dict[str, str]


WAYS = {
    "sqlite": Way(
        character="{}", beside=", ", below="group_concat(char({}), '')", listed="json_group_array({})",
        cells={"DATE": "CAST(julianday({}) - 1721425.5 AS INTEGER)"},
    ),
    "postgresql": Way(
        character="chr({})", beside=" || ", below="string_agg({}, '')", listed="CAST(json_agg({}) AS text)",
        cells={"DATE": "{} - DATE '0001-01-01'", "BOOLEAN": "CAST({} AS int)",
               "UUID": "replace(CAST({} AS text), '-', '')"},
    ),
}  # fmt: skip
LOWEST = {"sqlite": "min", "postgresql": "least"}


def packed(sql, kinds):
    """The text of a query whose columns are of these kinds, by the names of DuckDB's types."""
    way, lowest = WAYS[connection.vendor], LOWEST[connection.vendor]
    names = [f"c{number}" for number in range(len(kinds))]
    cells = {name: way.cells.get(kind, "{}").format(column)
             for column, (name, kind) in zip(names, kinds.items(), strict=True)}  # fmt: skip
    numbers = [
        way.character.format(
            f"{lowest}(coalesce({cells[name]} + {SHIFT[kinds[name]]}, {NONE}), {HIGHEST})"
            if kinds[name] == "DATE"
            else f"coalesce({cells[name]} + {SHIFT[kinds[name]]}, {NONE})"
        )
        for name in plain_numbers(kinds)
    ]
    told = [way.below.format(way.beside.join(numbers))] if numbers else []
    told += [way.listed.format(cell) for name, cell in cells.items() if name not in plain_numbers(kinds)]
    return f"WITH f({', '.join(names)}) AS ({sql}) SELECT {', '.join(['count(*)', *told])} FROM f"  # noqa: S608
