"""The whole catalogue at village level, beside a plain scan of the same columns; time by the number of families.

`python -m tools.bench.indicators [FAMILIES ...] [--beside]`: with the flag beside Spark local[2].
"""

import resource
import subprocess
import sys
import tempfile
import time
from importlib import import_module
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
                con.execute(f'SELECT {columns} FROM "{query.table}"').fetchall()  # noqa: S608  declared names alone


def made(folder, families):
    """The folders of a snapshot, made in a process of its own: this one's peak memory is to be that of the counting."""
    code = (
        f"from pathlib import Path; from tools.bench import promised; promised.write(Path({str(folder)!r}), {families})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    return sorted(folder.iterdir())


def run(families=FAMILIES, *, beside=False):
    plan = rules.compiled(None, promised.AS_OF)
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as name:
        folders = made(Path(name) / "complete", families)
        scans = [timed(lambda: scan(folders, plan)) for _ in range(3)]
        out = Path(name) / "figures.parquet"
        runs = [timed(lambda: duckdb.write(folders, plan, out)) for _ in range(3)]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        others = by_spark(folders, plan, Path(name) / "of_spark") if beside else {}
    plain, whole = min(c for _w, c in scans), min(c for _w, c in runs)
    return {
        f"catalogue, {families} families, s": round(min(w for w, _c in runs), 2),
        "CPU, s": round(whole, 2),
        "plain scan, CPU s": round(plain, 2),
        "ratio": round(whole / plain, 1),
        "target, ratio": AT_MOST,
        "peak MB": peak,
        "target, MB": PEAK,
        **others,
    }


def by_spark(folders, plan, out):
    """Wall seconds of Spark on two threads of this machine: the first run and the next."""
    spark = import_module("balai.indicators.engines.spark")
    session = spark.session("local[2]", driver_memory="4g", driver_host="127.0.0.1", driver_bindAddress="127.0.0.1")
    try:
        runs = [timed(lambda at=at: spark.write(session, folders, plan, out / at)) for at in ("first", "next")]
    finally:
        session.stop()
    return {f"Spark local[2], {at} run, s": round(w, 1) for at, (w, _c) in zip(("first", "next"), runs, strict=True)}


if __name__ == "__main__":
    sizes = [int(one) for one in sys.argv[1:] if one.isdecimal()] or [FAMILIES]
    for size in sizes:
        for figure, value in run(size, beside="--beside" in sys.argv).items():
            print(f"{figure}: {value}", flush=True)
