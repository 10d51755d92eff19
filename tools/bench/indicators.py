"""The whole catalogue at village level, beside a plain scan of the same columns; time by the number of families.

`python -m tools.bench.indicators [FAMILIES] [--beside]`: with the flag beside pandas, PostgreSQL and Spark local[2].
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from balai.indicators import rules
from balai.indicators.engines import duckdb
from tools.bench import promised

FAMILIES, AT_MOST, PEAK = 1_000_000, 8, 1024


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
                con.execute(f'SELECT {columns} FROM "{query.table}"').fetchall()


def run(families=FAMILIES):
    plan = rules.compiled(None, promised.AS_OF)
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as name:
        folders = promised.write(Path(name), families)
        scans = [timed(lambda: scan(folders, plan)) for _ in range(3)]
        out = Path(name) / "figures.parquet"
        runs = [timed(lambda: duckdb.write(folders, plan, out)) for _ in range(3)]
    plain, whole = min(c for _w, c in scans), min(c for _w, c in runs)
    return {
        f"catalogue, {families} families, s": round(min(w for w, _c in runs), 2),
        "CPU, s": round(whole, 2),
        "plain scan, CPU s": round(plain, 2),
        "ratio": round(whole / plain, 1),
    }


if __name__ == "__main__":
    for figure, value in run(*map(int, sys.argv[1:])).items():
        print(f"{figure}: {value}")
