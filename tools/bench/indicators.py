"""The whole catalogue at village level, beside a plain scan of the same columns; time by the number of families.

`python -m tools.bench.indicators [FAMILIES ...] [--beside] [--parts]`: beside pandas, PostgreSQL and Spark local[2];
or in parts, for a population that the disk would not hold at once.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from balai.indicators import rules
from balai.indicators.engines import duckdb
from tools.bench import beside, promised

FAMILIES, AT_MOST, PEAK = 1_000_000, 8, 1024
PART = 12  # kabupaten, some two million families


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(work):
    """Wall and CPU seconds."""
    began, used = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - began, cpu() - used


def scan(folders, plan):
    """Reads every column that the plan needs, and nothing else."""
    with duckdb.connect() as con:
        for batch in duckdb.batches(folders):
            duckdb.view(con, batch, plan)
            for query in plan.queries:
                columns = ", ".join(f'max("{name}")' for name in query.columns)
                con.execute(f'SELECT {columns} FROM "{query.table}"').fetchall()  # noqa: S608  declared names alone


def made(folder, families, only=None):
    """The folders of a snapshot, made in a process of its own: this one's peak memory is to be that of the counting."""
    code = (
        "from pathlib import Path; from tools.bench import promised;"
        f" promised.write(Path({str(folder)!r}), {families}, only={only!r})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    return sorted(folder.iterdir())


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def said(families, runs, scans):
    """The figures of (wall, CPU) pairs: of the whole catalogue, and of reading its columns."""
    (wall, whole), plain = runs, scans[1]
    return {
        f"catalogue, {families} families, s": round(wall, 2),
        "CPU, s": round(whole, 2),
        "CPU, µs a family": round(1e6 * whole / families, 2),
        "plain scan, CPU s": round(plain, 2),
        "ratio": round(whole / plain, 1),
        "target, ratio": AT_MOST,
        "peak MB": peak(),
        "target, MB": PEAK,
    }


def run(families=FAMILIES, *, with_others=False):
    plan = rules.compiled(None, promised.AS_OF)
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as name:
        folders = made(Path(name) / "complete", families)
        scans = [timed(lambda: scan(folders, plan)) for _ in range(3)]
        runs = [timed(lambda: duckdb.write(folders, plan, Path(name) / "figures.parquet")) for _ in range(3)]
        found = said(families, *(tuple(map(min, zip(*pairs, strict=True))) for pairs in (runs, scans)))
        others = beside.run(Path(name) / "complete") if with_others else {}
    return found | {f"{engine}: {what}": value for engine, of_it in others.items() for what, value in of_it.items()}


def in_parts(families, part=PART):
    """A population that the disk would not hold: some kabupaten at a time, made, counted once, and taken away."""
    plan = rules.compiled(None, promised.AS_OF)
    runs, scans = [], []
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as name:
        figures, complete = Path(name) / "figures", Path(name) / "complete"
        figures.mkdir()
        numbers = range(len(promised.kabupaten(families)))
        for first in numbers[::part]:
            folders = made(complete, families, list(numbers[first : first + part]))
            scans.append(timed(partial(scan, folders, plan)))
            runs.append(timed(partial(duckdb.write, folders, plan, figures / f"{first:03d}.parquet")))
            shutil.rmtree(complete)
            done, used = first + len(folders), sum(c for _w, c in runs)
            print(f"{done} of {len(numbers)} kabupaten: {used:.1f} s CPU", file=sys.stderr, flush=True)
        runs.append(timed(partial(joined, figures, plan)))
    return said(families, *(tuple(map(sum, zip(*pairs, strict=True))) for pairs in (runs, scans)))


def joined(figures, plan):
    """The rows of all parts in one file; of provinces and the nation, that several parts have, added."""
    n = f"CASE WHEN code IN ({', '.join(map(repr, sorted(plan.highest))) or repr('')}) THEN max(n) ELSE sum(n) END"
    rows = f"FROM '{figures}/*.parquet' WHERE length(region)"
    added = f"SELECT region, code, {n}::BIGINT, sum(d)::BIGINT, bin {rows} = 2 GROUP BY region, code, bin"
    with duckdb.connect() as con:
        con.execute(f"COPY ({rows} > 2 UNION ALL {added}) TO '{figures}/whole' (FORMAT parquet)")


if __name__ == "__main__":
    sizes = [int(one) for one in sys.argv[1:] if one.isdecimal()] or [FAMILIES]
    for size in sizes:
        figures = in_parts(size) if "--parts" in sys.argv else run(size, with_others="--beside" in sys.argv)
        for figure, value in figures.items():
            print(f"{figure}: {value}", flush=True)
