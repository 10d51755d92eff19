"""A query's rows as one row: the database joins each column to one text, so that no value becomes an object of its own.

What it writes, `rules/packed.py` reads. Numbers of codes and days are characters, those of a row side by side: fewer
than 32,768 (a small integer), and days lie above what no text may hold (U+D800 to U+DFFF). All else is a list of JSON.
"""

from typing import NamedTuple

from django.db import connection

from balai.snapshot.rules.packed import DAYS, HIGHEST, MORE, NONE, NUMBERS


class Way(NamedTuple):
    """How one database says it."""

    numbers: str
    beside: str
    listed: str
    cells: dict[str, str]


WAYS = {
    "sqlite": Way(  # char(NULL) is U+0000
        numbers="group_concat(char({}), '')", beside=", ", listed="json_group_array({})",
        cells={"INTEGER": f"{{}} + {MORE}", "BOOLEAN": f"{{}} + {MORE}",
               "DATE": f"min(julianday({{}}) - 1721425.5 + {DAYS}, {HIGHEST})"},
    ),
    "postgresql": Way(
        numbers="string_agg({}, '')", beside=" || ", listed="CAST(json_agg({}) AS text)",
        cells={"INTEGER": f"chr(coalesce({{}} + {MORE}, {NONE}))",
               "BOOLEAN": f"chr(coalesce(CAST({{}} AS int) + {MORE}, {NONE}))",
               "DATE": f"chr(least(coalesce({{}} - DATE '0001-01-01' + {DAYS}, {NONE}), {HIGHEST}))",
               "UUID": "replace(CAST({} AS text), '-', '')"},
    ),
}  # fmt: skip


def packed(sql, kinds):
    """The text of a query whose columns are of these kinds, by the names of DuckDB's types."""
    way, names = WAYS[connection.vendor], [f"c{number}" for number in range(len(kinds))]
    cells = [(kind, way.cells.get(kind, "{}").format(name)) for name, kind in zip(names, kinds.values(), strict=True)]
    numbers = [cell for kind, cell in cells if kind in NUMBERS]
    told = ["count(*)", *([way.numbers.format(way.beside.join(numbers))] if numbers else [])]
    told += [way.listed.format(cell) for kind, cell in cells if kind not in NUMBERS]
    return f"WITH f({', '.join(names)}) AS ({sql}) SELECT {', '.join(told)} FROM f"  # noqa: S608
