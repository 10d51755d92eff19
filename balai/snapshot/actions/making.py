"""From sources to promised tables, in DuckDB: raw, then complete. The same for a kabupaten, a village, an invention."""

import csv
from contextlib import contextmanager
from hashlib import file_digest, sha256

import duckdb

from balai.indicators.rules import FILLED, completing, order
from balai.snapshot.rules import growing
from balai.snapshot.rules.doubts import DOUBTS
from balai.snapshot.rules.manifest import File
from balai.snapshot.rules.pruning import GROWN
from balai.snapshot.rules.raw import needed, raw_tables, select, stages
from balai.snapshot.rules.sources import BEFORE, sources

MEMORY = "640MB"
PARQUET = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"  # faster than the usual 3, and no larger here


@contextmanager
def opened(day, spill):
    """An empty DuckDB of its own that knows the day; what does not fit into memory goes to the folder `spill`."""
    base = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(spill)})
    try:
        on_day(base, day)
        yield base
    finally:
        base.close()


def asked(base, text):
    """Every text comes this way: names and texts of this room's files and of the catalogue, paths of our own; nothing
    that somebody typed."""
    return base.execute(text)


def quoted(path):
    return "'" + str(path).replace("'", "''") + "'"


def on_day(base, day):
    asked(base, f"SET VARIABLE as_of = DATE '{day.isoformat()}'")


def write_rows(rows, path):
    """Rows that are already here, as the database writes its own."""
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)


def take_in(base, folder, names):
    """The files of text of a folder become tables."""
    for name in names:
        file = of_text(folder / f"{name}.csv", sources()[name])
        asked(base, f"CREATE TEMP TABLE {name} AS SELECT * FROM {file}")  # noqa: S608


def of_text(path, columns):
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return f"read_csv({quoted(path)}, columns={{{kinds}}}, auto_detect=false, header=false, delim=',', quote='\"')"


def take_before(base, path):
    """Which families were at risk in an earlier half-year; nothing where no snapshot of then is kept."""
    columns = ", ".join(f"{name} {kind}" for name, kind in BEFORE.items())
    asked(base, f"CREATE TEMP TABLE before ({columns})")
    if path is not None:
        asked(base, f"INSERT INTO before SELECT family, krs FROM {quoted(path)}")  # noqa: S608


def stamp(base):
    """Of everything that was taken in: the same where the same rows were, in whatever order they came."""
    told = [
        asked(base, f"SELECT count(*), sum(hash(r)), bit_xor(hash(r)) FROM {name} r").fetchone()  # noqa: S608
        for name in (*sources(), "before")
    ]
    return sha256(repr(told).encode()).hexdigest()


def make_raw(base, tables):
    """raw_<table> of every promised table given; in their order are those beside which growth says something."""
    texts = {name: select(table, ordered=name in GROWN) for name, table in tables.items()}
    for name in needed(texts.values())[0]:
        asked(base, f"CREATE TEMP TABLE {name} AS {stages()[name]}")
    for name, text in texts.items():
        asked(base, f"CREATE TEMP TABLE raw_{name} AS {text}")
        if name not in GROWN:
            asked(base, filled(name))


def forget(base):
    """Sources and stages, which nothing needs once there are raw tables."""
    held = "SELECT table_name FROM duckdb_tables() WHERE NOT starts_with(table_name, 'raw_')"
    for (name,) in asked(base, held).fetchall():
        asked(base, f"DROP TABLE {name}")


def with_source(tables):
    """The promised tables that are filled today, in the order in which they are completed."""
    return {name: tables[name] for name in raw_tables()}


def filled(name):
    """Of a table of which growth says nothing."""
    return f"CREATE TEMP VIEW {name}{FILLED} AS SELECT * FROM raw_{name}"  # noqa: S608


def grow(base, day):
    """<table>_filled: the raw table, with what balai.growth says beside each row."""
    given = _columns(base, "measurements", growing.OF_MEASUREMENTS)
    _beside(base, "measurements", growing.of_measurements(given, day))
    base.execute(
        "CREATE TEMP TABLE weighed AS SELECT member, list(gain ORDER BY measured_on DESC) AS gains"
        " FROM measurements_filled WHERE gain IS NOT NULL GROUP BY member"
    )
    _beside(base, "children", growing.of_children(_columns(base, "children", growing.OF_CHILDREN)), (
        ", w.gains[1] AS gain, w.gains[2] AS gain_before", " LEFT JOIN weighed w ON w.member = r.member",
    ))  # fmt: skip


def _columns(base, table, wanted):
    columns = ", ".join(f"{expression} AS {name}" for name, expression in wanted.items())
    return asked(base, f"SELECT {columns} FROM raw_{table}").fetchnumpy()  # noqa: S608


def _beside(base, table, found, more=("", "")):
    """Rows and what was found of them stand in one order."""
    base.register("found", found)
    # letters of nobody have no type of their own, and files of all kabupaten are read together
    names = ", ".join("CAST(g.gain AS VARCHAR) AS gain" if name == "gain" else f"g.{name}" for name in found)
    base.execute(
        f"CREATE TEMP TABLE {table}_filled AS SELECT r.*, {names}{more[0]}"  # noqa: S608
        f" FROM raw_{table} r POSITIONAL JOIN found g{more[1]}"
    )
    base.unregister("found")


def complete(base, tables, day, folder):
    """<table>: filled, rolled and derived, one table after the other, into its file; what is asked of it from then on
    is read there. Gives what the manifest says of each."""
    files = {}
    for name in order(tables):
        path = folder / f"{name}.parquet"
        rows = f"{completing(name, day, 'duckdb', list(files))} ORDER BY {', '.join(raw_tables()[name].order)}"
        count = asked(base, f"COPY ({rows}) TO {quoted(path)} {PARQUET}").fetchall()[0][0]
        _let_go(base, name)
        asked(base, f"CREATE TEMP VIEW {name} AS SELECT * FROM {quoted(path)}")  # noqa: S608
        files[name] = _told(base, name, path, count)
    return files


def _let_go(base, name):
    asked(base, f"DROP TABLE raw_{name} CASCADE")  # and the view on it
    if name in GROWN:
        asked(base, f"DROP TABLE {name}{FILLED}")


def _told(base, name, path, count):
    """What the manifest says of a file."""
    described = asked(base, f"DESCRIBE {name}").fetchall()
    schema = sha256(repr([(column[0], column[1]) for column in described]).encode()).hexdigest()
    with path.open("rb") as file:
        return File(count, file_digest(file, "sha256").hexdigest(), schema)


def doubts(base):
    """{kind of doubt: {village: rows}}, of the villages that have such rows."""
    return {
        name: dict(
            asked(
                base,
                f"SELECT village, count(*) FROM {one.table} WHERE {one.where} GROUP BY village ORDER BY village",  # noqa: S608
            ).fetchall()
        )
        for name, one in DOUBTS.items()
    }
