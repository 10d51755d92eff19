"""The register frozen as promised tables, and one village worked out at once, at a size.

`python -m tools.bench.snapshot FAMILIES [postgresql|sqlite]`. The population is invented, goes into the register by the
bulk doors (told, not judged), and is frozen in a process of its own, so that peak memory is the snapshot's.
"""

import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from tools.bench import live

FAMILIES = 20_000
KABUPATEN, PERIOD, DAY = "16.05", "2025-11", date(2025, 11, 30)
AT = datetime(2025, 12, 1, tzinfo=UTC)


def fill(families, folder):
    """An empty database with the kabupaten's regions and so many families; gives a village of about a thousand."""
    from tools.bench.register import set_up  # noqa: PLC0415  after the settings

    set_up(os.environ.get("DATABASE_URL", ""))
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.synth.actions import load  # noqa: PLC0415
    from balai.synth.actions.writing import homes, write  # noqa: PLC0415
    from balai.synth.rules import Wanted  # noqa: PLC0415

    places = homes(KABUPATEN, families, 1)
    largest = max(places, key=lambda pair: pair[1])[0]
    first = [(code, 1_000 if code == largest else number) for code, number in places]
    write(folder, Wanted(1, DAY, first), progress=lambda _families: None)
    begun, used = time.perf_counter(), time.process_time()
    with acting(operator("bench")):
        load(by=operator("bench"), at=AT, folder=folder, progress=lambda _families: None)
    took, cpu = time.perf_counter() - begun, time.process_time() - used
    print(f"loaded in {took:.0f} s, {cpu:.0f} s CPU of this process", file=sys.stderr, flush=True)
    if os.environ.get("DATABASE_URL"):
        from django.db import connections  # noqa: PLC0415

        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
            print("database:", *cursor.fetchone(), file=sys.stderr, flush=True)
    return largest


def freeze(out):
    import django  # noqa: PLC0415

    django.setup()
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.snapshot.actions import build  # noqa: PLC0415
    from balai.snapshot.actions.checking import manifests  # noqa: PLC0415

    by, begun, used = operator("bench"), time.perf_counter(), time.process_time()
    with acting(by):
        build(by=by, at=AT, on=DAY, folder=out, period=PERIOD, region=KABUPATEN)
    took, cpu = time.perf_counter() - begun, time.process_time() - used
    families = sum(one.families for _place, one in manifests(out / PERIOD))
    return {
        "snapshot": f"{took:.1f} s ({cpu:.1f} s CPU of this process), {1e6 * took / families:.0f} µs a family",
        "peak memory": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
    }


def step(name, *words):
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.snapshot", name, *map(str, words)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    print(name, done.stdout.splitlines()[-1], file=sys.stderr, flush=True)  # not lost if a later step fails
    return json.loads(done.stdout.splitlines()[-1])


def measure(families):
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        village = step("fill", families, Path(folder) / "rekaan")
        return step("freeze", Path(folder) / "potret") | step("at_once", village)


def run(families=FAMILIES, vendor="postgresql"):
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="balai-bench-"))
        os.environ |= {"BALAI_HOME": home, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
        if vendor == "postgresql":
            from tests.postgres import cluster  # noqa: PLC0415

            os.environ["DATABASE_URL"] = stack.enter_context(cluster())
        return {f"{vendor}, {families} families: {name}": value for name, value in measure(families).items()}


if __name__ == "__main__":
    word, *rest = sys.argv[1:] or [str(FAMILIES)]
    steps = {"fill": lambda: fill(int(rest[0]), Path(rest[1])), "freeze": lambda: freeze(Path(rest[0])),
             "at_once": lambda: live.at_once(rest[0])}  # fmt: skip
    print(json.dumps(steps[word]() if word in steps else run(int(word), *rest)))
