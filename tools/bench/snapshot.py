"""The register frozen as promised tables, and one village worked out at once, at a size.

`python -m tools.bench.snapshot FAMILIES [postgresql|sqlite]`. The population is invented, goes into the register by the
bulk doors (told, not judged), and is frozen in a process of its own, so that peak memory is the snapshot's. On
PostgreSQL more than 25,000 families are these, copied inside the database over eight kabupaten of the province.
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

from tools.bench import beside, live, multiplied, of_postgres

FAMILIES = 20_000
BY_THE_DOOR, PLACES, PROVINCE = 25_000, 8, "16"
KABUPATEN, PERIOD, DAY = "16.05", "2025-11", date(2025, 11, 30)
AT = datetime(2025, 12, 1, tzinfo=UTC)


def fill(families, folder):
    """An empty database with the province's regions and so many families; gives a village of about a thousand."""
    from tools.bench.register import set_up  # noqa: PLC0415  after the settings

    url = os.environ.get("DATABASE_URL", "")
    set_up(url)
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.synth.actions import load  # noqa: PLC0415
    from balai.synth.actions.writing import homes, write  # noqa: PLC0415
    from balai.synth.rules import Wanted  # noqa: PLC0415

    loaded = min(families, BY_THE_DOOR) if url else families
    places = homes(KABUPATEN, loaded, 1)
    largest = max(places, key=lambda pair: pair[1])[0]
    first = [(code, 1_000 if code == largest else number) for code, number in places]
    write(folder, Wanted(1, DAY, first), progress=lambda _families: None)
    begun, used = time.perf_counter(), time.process_time()
    with acting(operator("bench")):
        load(by=operator("bench"), at=AT, folder=folder, progress=lambda _families: None)
    took, cpu = time.perf_counter() - begun, time.process_time() - used
    print(f"loaded {loaded} in {took:.0f} s, {cpu:.0f} s CPU of this process", file=sys.stderr, flush=True)
    if url:
        spread(round(families / sum(number for _code, number in first)) - 1, largest)
    return largest


def spread(copies, spared):
    """The register copied over the kabupaten; the village that is worked out at once stays as it is."""
    from django.db import connections  # noqa: PLC0415

    from balai.access.rules import operator  # noqa: PLC0415
    from balai.regions.actions import load_places  # noqa: PLC0415
    from balai.regions.inputs import packaged_places  # noqa: PLC0415

    codes = [(code, name) for code, name in packaged_places() if code.startswith(PROVINCE)]
    there = multiplied.villages([code for code, _name in codes if code != spared], PLACES)
    places = [(code, name) for code, name in codes if code[: len(KABUPATEN)] in {PROVINCE, *there}]
    load_places(by=operator("bench"), at=AT, places=places)
    begun = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        families = multiplied.multiply(cursor, copies, there)
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        print(f"{families} families in {time.perf_counter() - begun:.0f} s:", *cursor.fetchone(), file=sys.stderr)


def freeze(out):
    import django  # noqa: PLC0415

    django.setup()
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.snapshot.actions import build  # noqa: PLC0415
    from balai.snapshot.actions.checking import manifests  # noqa: PLC0415

    url = os.environ.get("DATABASE_URL", "")
    by, begun, used, server = operator("bench"), time.perf_counter(), time.process_time(), of_server(url)
    with acting(by):
        build(by=by, at=AT, on=DAY, folder=out, period=PERIOD, region=PROVINCE if url else KABUPATEN)
    took, cpu, served = time.perf_counter() - begun, time.process_time() - used, of_server(url) - server
    found = [one.families for _place, one in manifests(out / PERIOD) if one.families]
    told = f"{took:.1f} s ({cpu:.1f} s CPU of this process, {served:.1f} s of the server)"
    return {
        "snapshot": f"{told}, {1e6 * took / sum(found):.0f} µs a family",
        "kabupaten": f"{len(found)}, the largest of {max(found)} families",
        "peak memory": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
    }


def of_server(url):
    """Processor seconds of PostgreSQL so far."""
    return beside.cpu(of_postgres.server(url)) if url else 0.0


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
