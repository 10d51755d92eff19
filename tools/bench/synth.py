"""A million invented families to Parquet, beside reading what was written and writing it once more.
`python -m tools.bench.synth [FAMILIES]`."""

import atexit
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import django
import duckdb

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
django.setup()

from balai.synth.actions.writing import write  # noqa: E402  the folder comes first
from balai.synth.rules import Wanted, sizes  # noqa: E402

FAMILIES, VILLAGES, AT_MOST = 1_000_000, 300, 60


def run(families=FAMILIES):
    folder = Path(FOLDER)
    wanted = Wanted(1, date(2025, 11, 30), list(enumerate_villages(families)), dirt=0.03)
    begun = time.perf_counter()
    rows = write(folder / "made", wanted, progress=lambda _families: None)
    made = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    begun = time.perf_counter()
    for name in rows:
        read = duckdb.read_parquet(str(folder / "made" / f"{name}-*.parquet"))
        read.write_parquet(str(folder / f"{name}.parquet"), compression="zstd")
    again = time.perf_counter() - begun
    size = sum(path.stat().st_size for path in (folder / "made").iterdir()) // 10**6
    return {
        f"{rows['families']} families, {rows['members']} people, {sum(rows.values())} rows, s": round(made, 1),
        "target, s": AT_MOST,
        "ratio to reading and writing them once more": round(made / again, 1),
        "peak MB": memory,
        "files, MB": size,
    }


def enumerate_villages(families):
    for number, size in enumerate(sizes(VILLAGES, families, seed=1)):
        yield f"16.05.{number // 30 + 1:02d}.{2001 + number % 30}", size


if __name__ == "__main__":
    for figure, value in run(*map(int, sys.argv[1:])).items():
        print(f"{figure}: {value}")
