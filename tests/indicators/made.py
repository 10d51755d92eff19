"""Declarations made in the tests, small enough to be seen whole."""

from datetime import date

from balai.indicators.engines import duckdb
from balai.indicators.rules.compiling import compiled
from balai.indicators.rules.declared import Column, Derived, Indicator, Parameter, ParameterValue, Rolled, Table
from balai.indicators.rules.reading import EVERYWHERE, Catalogue

ON = date(2026, 11, 22)
WORDS = dict.fromkeys(
    ("name_id", "name_en", "means_id", "means_en", "counted_id", "counted_en", "of_id", "of_en", "source"), "-"
)
TYPES = {"bool": "BOOLEAN", "int": "INTEGER", "real": "DOUBLE", "date": "DATE", "text": "VARCHAR"}


def table(name="things", keys=(), derived=(), rolled=(), waits="", codes=(), **types):
    """A promised table with columns of the types given; `derived`: name to (type, expression)."""
    codes = dict(codes)
    first = {key: EVERYWHERE[key] for key in ("village", "rt", "as_of", *keys)}
    columns = {one: Column(type=kind, about="-", about_en="-", codes=codes.get(one, "")) for one, kind in types.items()}
    rules = {
        one: Derived(type=kind, about="-", about_en="-", expression=said) for one, (kind, said) in dict(derived).items()
    }
    rolls = {one: Rolled(type=kind, about="-", about_en="-", **said) for one, (kind, said) in dict(rolled).items()}
    places = dict.fromkeys((*first, *columns, *rules, *rolls), f"{name}.toml:1")
    return Table(
        name=name, about="-", about_en="-", row="-", waits=waits, keys=tuple(keys), columns={**first, **columns},
        derived=rules, rolled=rolls, places=places,
    )  # fmt: skip


def indicator(code="F01", **said):
    known = {
        "table": "things",
        "unit": "percent",
        "direction": "up",
        "levels": "desa",
        "basis": "standard",
        "since": ON,
    }
    return Indicator(**{**WORDS, **known, "code": code, "programme": "health", "place": "health.toml:7", **said})


def parameter(name, **values):
    """`parameter("water", d2022=(1, 2))`: from 2022-01-01 on."""
    dated = tuple(ParameterValue(since=date(int(day[1:]), 1, 1), value=value) for day, value in values.items())
    return Parameter(name=name, about="-", about_en="-", source="-", basis="standard", values=dated)


def catalogue(tables, indicators=(), parameters=()):
    """From tables and indicators as lists."""
    return Catalogue(
        {one.name: one for one in tables},
        {one.name: one for one in parameters},
        {one.code: one for one in indicators},
        "-",
    )


def fill(con, one, rows, suffix=""):
    """Puts rows (dictionaries; what is left out is NULL) into the table `one`."""
    columns = one.complete if not suffix else one.columns
    shape = ", ".join(f'"{name}" {TYPES[column.type]}' for name, column in columns.items())
    con.execute(f'CREATE OR REPLACE TABLE "{one.name}{suffix}" ({shape})')
    if rows:
        cells = [[row.get(name, ON if name == "as_of" else None) for name in columns] for row in rows]
        con.executemany(f'INSERT INTO "{one.name}{suffix}" VALUES ({", ".join("?" * len(columns))})', cells)


def counted(rows, *indicators, things=None, codes=None, on=ON, parameters=()):
    """What DuckDB counts of rows of the one table."""
    found = catalogue([things or table()], indicators, parameters)
    with duckdb.connect() as con:
        fill(con, things or table(), rows)
        return duckdb.figures(con, compiled(found, codes, on))
