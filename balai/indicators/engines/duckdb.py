"""DuckDB inside the process: one village's tables in memory, or Parquet folders a few kabupaten at a time."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb

from balai.indicators.rules import NATION, Plan, Row

MEMORY, THREADS = "1GB", 2
BATCH = 128 * 2**20  # bytes of Parquet a query: binding it costs as much as reading some thousands of families


def connect(memory=MEMORY, threads=THREADS, spill=None):
    """A database of its own in memory. What does not fit goes to `spill`; without a folder it is refused."""
    con = duckdb.connect(
        config={"memory_limit": memory, "threads": threads, "preserve_insertion_order": "false",
                "temp_directory": str(spill) if spill else ""}
    )  # fmt: skip
    con.execute("SET enable_progress_bar = false")
    return con


def present(con):
    return {name for (name,) in con.execute("SELECT table_name FROM information_schema.tables").fetchall()}


def figures(con, plan: Plan) -> list[Row]:
    """The villages' figures of the complete tables and views of a connection. A table that is not there is left out."""
    there = present(con)
    rows: list[Row] = []
    for query in plan.queries:
        if query.table in there:
            if query.slots:
                rows += query.rows(con.execute(query.wide["duckdb"]).fetchall())
            for code, text in query.bins.items():
                found = con.execute(text["duckdb"]).fetchall()
                rows += [Row(village, code, n, None, bin_) for village, bin_, n in found]
    return rows


def of_folders(folders: Sequence[Path], plan: Plan, *, memory=MEMORY, threads=THREADS) -> list[Row]:
    """The villages' figures of folders that hold `<table>.parquet`."""
    rows: list[Row] = []
    with connect(memory, threads) as con:
        for batch in batches(folders):
            view(con, batch, plan)
            rows += figures(con, plan)
    return rows


def batches(folders: Iterable[Path]) -> Iterator[list[Path]]:
    """Folders in their order, so many together that a query has enough to read."""
    batch: list[Path] = []
    size = 0
    for folder in sorted(folders):
        batch.append(folder)
        size += sum(path.stat().st_size for path in folder.glob("*.parquet"))
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def view(con, folders: Sequence[Path], plan: Plan) -> None:
    """Shows the tables of the plan under their names; one that no folder has is gone."""
    for query in plan.queries:
        paths = [str(path) for folder in folders if (path := folder / f"{query.table}.parquet").exists()]
        if paths:
            con.read_parquet(paths).create_view(query.table, replace=True)
        else:
            con.execute(f'DROP VIEW IF EXISTS "{query.table}"')


def write(folders: Sequence[Path], plan: Plan, out: Path, *, memory=MEMORY, threads=THREADS, progress=None) -> int:
    """Writes `out`, one Parquet file with the rows of all villages and of every place above them; returns how many.

    A folder holds whole kabupaten. Batches are rolled up to these as they come: memory does not grow with the nation.
    """
    parts = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    try:
        with connect(memory, threads, spill=parts) as con:
            found = list(batches(folders))
            for number, batch in enumerate(found, start=1):
                view(con, batch, plan)
                _part(con, plan, parts / f"{number}.parquet")
                if progress:
                    progress(number, len(found))
            return _joined(con, plan, parts, out)
    finally:
        shutil.rmtree(parts)


def _part(con, plan, path):
    """The rows of one batch with those of its kecamatan and kabupaten."""
    there = present(con)
    texts = [query.long("duckdb") for query in plan.queries if query.table in there]
    if texts:
        up = _up(plan, " UNION ALL ".join(texts), "[region, left(region, 8), left(region, 5)]")
        con.execute(f"COPY ({up}) TO '{path}'")


def _up(plan, rows, places):
    """Rows added for each of the places; of a highest value the highest."""
    highest = ", ".join(f"'{code}'" for code in sorted(plan.highest))
    n = f"CASE WHEN code IN ({highest}) THEN max(n) ELSE sum(n)::BIGINT END" if highest else "sum(n)::BIGINT"
    return (
        f"SELECT region, code, {n} AS n, sum(d)::BIGINT AS d, bin"
        f" FROM (SELECT unnest({places}) AS region, code, n, d, bin FROM ({rows})) GROUP BY region, code, bin"
    )


def _joined(con, plan, parts, out):
    """All parts with the rows of provinces and the nation, put in their place in one step."""
    if not any(parts.glob("*.parquet")):
        con.execute("CREATE TABLE part (region TEXT, code TEXT, n BIGINT, d BIGINT, bin INT)")
    else:
        con.read_parquet(str(parts / "*.parquet")).create_view("part")
    up = _up(plan, "FROM part WHERE length(region) = 5", f"[left(region, 2), '{NATION}']")
    whole = parts / "whole"
    con.execute(f"COPY (FROM part UNION ALL {up}) TO '{whole}' (FORMAT parquet)")
    rows = con.execute(f"SELECT count(*) FROM read_parquet('{whole}')").fetchall()[0][0]
    whole.replace(out)
    return rows
