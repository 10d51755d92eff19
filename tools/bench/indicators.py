"""The whole catalogue at village level, beside a plain scan of the same columns; time by the number of families.

`python -m tools.bench.indicators [FAMILIES ...] [--beside] [--folded]`: beside pandas, PostgreSQL and Spark local[2];
or of a seventh that is read seven times, for making so many families takes ten times as long as counting them.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from balai.indicators import rules
from balai.indicators.engines import duckdb
from tools.bench import beside, promised

FAMILIES, AT_MOST, PEAK = 1_000_000, 8, 1024
FOLD, LAPS = 7, 3


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


def folded(place, folders, fold):
    """The same folders under so many names: each is read once for each of them, and counted apart."""
    for number in range(fold):
        (place / str(number)).mkdir()
        for folder in folders:
            (place / str(number) / folder.name).symlink_to(folder)
    return sorted(place.glob("[0-9]/*"))


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


def run(families=FAMILIES, *, with_others=False, fold=1):
    plan, laps = rules.compiled(None, promised.AS_OF), LAPS if fold == 1 else 1
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as name:
        folders = folded(Path(name), made(Path(name) / "complete", families // fold), fold)
        scans = [timed(lambda: scan(folders, plan)) for _ in range(laps)]
        runs = [timed(lambda: duckdb.write(folders, plan, Path(name) / "figures.parquet")) for _ in range(laps)]
        found = said(families, *(tuple(map(min, zip(*pairs, strict=True))) for pairs in (runs, scans)))
        others = beside.run(Path(name) / "complete") if with_others else {}
    return found | {f"{engine}: {what}": value for engine, of_it in others.items() for what, value in of_it.items()}


if __name__ == "__main__":
    sizes = [int(one) for one in sys.argv[1:] if one.isdecimal()] or [FAMILIES]
    for size in sizes:
        fold = FOLD if "--folded" in sys.argv else 1
        figures = run(size, with_others="--beside" in sys.argv, fold=fold)
        for figure, value in figures.items():
            print(f"{figure}: {value}", flush=True)
