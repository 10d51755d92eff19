"""The same figures of the same villages by DuckDB, pandas, PostgreSQL and Spark, each in a process of its own.

`python -m tools.bench.beside ENGINE FOLDER OUT` works out all figures of complete tables, writes them as rows and
prints seconds, processor seconds and the peak of memory, its own and its children's (a server's, a Java's) together.
pandas and PostgreSQL take their conditions from the same definitions; nothing is left out.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

import duckdb as plain_duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from balai.indicators import rules
from tools.bench import promised

ENGINES = ("duckdb", "pandas", "postgresql", "spark")
ROUNDS, EVERY = 2, 0.1
TICK = os.sysconf("SC_CLK_TCK")


def family(root):
    """The process and all below it."""
    above = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            above[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in above.items() if parent == pid]
    return found


def cpu(root):
    """Processor seconds of a process, of all below it, and of those that they have seen off."""
    used = 0
    for pid in family(root):
        with suppress(OSError):
            used += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return used / TICK


def memory(root):
    """MB of a process and all below it; what several share counts once."""
    found = 0
    for pid in family(root):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            found += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return found // 1024


@contextmanager
def watched(root):
    """A list whose only number is the greatest memory of a process and all below it, so far."""
    peak, done = [memory(root)], threading.Event()

    def look():
        while not done.wait(EVERY):
            peak[0] = max(peak[0], memory(root))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def measured(work, root=None):
    """The rows, and the best of a few rounds."""
    root = root or os.getpid()
    rounds = []
    with watched(root) as peak:
        for _round in range(ROUNDS):
            begun, used = time.perf_counter(), cpu(root)
            rows = work()
            rounds.append((time.perf_counter() - begun, cpu(root) - used))
    seconds, processor = min(rounds)
    return rows, {"s": round(seconds, 2), "CPU s": round(processor, 2), "peak MB": peak[0]}


def by_duckdb(folders, plan):
    engine = import_module("balai.indicators.engines.duckdb")
    return measured(lambda: engine.of_folders(folders, plan))


def by_pandas(folders, plan):
    engine = import_module("tools.bench.of_pandas")
    return measured(lambda: engine.figures(folders, plan, promised.AS_OF))


def by_postgresql(folders, plan):
    engine, server = import_module("tools.bench.of_postgres"), import_module("tests.postgres")
    with server.cluster() as url:
        begun = time.perf_counter()
        with engine.loaded(url, folders, plan) as connection:
            took = time.perf_counter() - begun
            rows, found = measured(lambda: engine.figures(connection, plan), engine.server(url))
            return rows, found | {"loading s": round(took, 1)}


def by_spark(folders, plan):
    engine = import_module("balai.indicators.engines.spark")
    session = engine.session("local[2]", driver_memory="4g", driver_host="127.0.0.1", driver_bindAddress="127.0.0.1")
    try:
        return measured(lambda: engine.figures(session, folders, plan))
    finally:
        session.stop()


def write(rows, out):
    names = ("region", "code", "n", "d", "bin")
    kinds = (pa.string(), pa.string(), pa.int64(), pa.int64(), pa.int32())
    columns = zip(*rows, strict=True)
    pq.write_table(pa.table([pa.array(c, k) for c, k in zip(columns, kinds, strict=True)], names), out)


def different(first, second):
    """How many rows only one of the two has."""
    text = " UNION ALL ".join(
        f"(FROM '{one}' EXCEPT ALL FROM '{other}')" for one, other in ((first, second), (second, first))
    )
    return plain_duckdb.sql(text).shape[0]


def work(engine, folder, out):
    plan = rules.compiled(None, promised.AS_OF)
    rows, found = globals()[f"by_{engine}"](sorted(folder.iterdir()), plan)
    write(rows, out)
    return found | {"figures": len({row.code for row in rows}), "rows": len(rows)}


def run(folder):
    """What each engine took, with those rows of it that DuckDB has otherwise."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as name:
        for engine in ENGINES:
            out = Path(name) / f"{engine}.parquet"
            words = [sys.executable, "-m", "tools.bench.beside", engine, str(folder), str(out)]
            done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
            of_it = json.loads(done.stdout.splitlines()[-1])
            of_it["rows unlike DuckDB's"] = different(Path(name) / "duckdb.parquet", out)
            found[engine] = of_it
    return found


if __name__ == "__main__":
    print(json.dumps(work(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
