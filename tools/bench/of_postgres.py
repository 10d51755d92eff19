"""All figures by PostgreSQL: the catalogue's grouped queries in its words, over tables of the columns they read."""

import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import sqlglot

from balai.indicators.engines import duckdb
from balai.indicators.rules import Row

KINDS = {"VARCHAR": "text", "DOUBLE": "double precision"}
PIECE = 1 << 20


def server(url):
    """The process of the server that the socket's folder belongs to."""
    folder = parse_qs(urlsplit(url).query)["host"][0]
    return int((Path(folder) / "data" / "postmaster.pid").read_text().split()[0])


@contextmanager
def loaded(url, folders, plan):
    """A connection to a database that holds every table of the plan with the columns it asks for."""
    with psycopg.connect(url, autocommit=True) as connection, duckdb.connect() as con:
        duckdb.view(con, folders, plan)
        for query in plan.queries:
            put(con, connection, query)
        connection.execute("VACUUM ANALYZE")
        yield connection


def put(con, connection, query):
    names = ", ".join(f'"{name}"' for name in query.columns)
    described = con.execute(f'DESCRIBE SELECT {names} FROM "{query.table}"').fetchall()  # noqa: S608  declared names
    columns = ", ".join(f'"{name}" {KINDS.get(kind, kind)}' for name, kind, *_ in described)
    connection.execute(f'CREATE UNLOGGED TABLE "{query.table}" ({columns})')
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        path = Path(folder) / "rows.csv"
        con.execute(f"COPY (SELECT {names} FROM \"{query.table}\") TO '{path}' (FORMAT csv, HEADER false)")  # noqa: S608
        with path.open("rb") as file, connection.cursor().copy(f'COPY "{query.table}" FROM STDIN (FORMAT csv)') as copy:
            while piece := file.read(PIECE):
                copy.write(piece)


def asked(text):
    """A query of DuckDB's in PostgreSQL's words."""
    return sqlglot.transpile(text, read="duckdb", write="postgres")[0]


def figures(connection, plan):
    rows = []
    for query in plan.queries:
        if query.slots:
            rows += query.rows(connection.execute(asked(query.wide["duckdb"])).fetchall())
        for code, text in query.bins.items():
            found = connection.execute(asked(text["duckdb"])).fetchall()
            rows += [Row(village, code, n, None, bin_) for village, bin_, n in found]
    return rows
