"""One village worked out while its page waits: nothing known of it, one family written since, nothing written since.

`python -m tools.bench.live [sqlite|postgresql]`. Villages of 1,000 and 5,000 families, invented, loaded by bulk (not
measured). Processor time is that of the process; the definitions are read before, once a process, and told apart.
"""

import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

KABUPATEN, DAY = "16.05", date(2025, 11, 30)
AT = datetime(2025, 12, 1, tzinfo=UTC)
SIZES = (1_000, 5_000)
CALLS = 15
SETS = {"all figures": None, "one programme": ("F01", "F02", "F03", "F05", "F09"), "one": ("D19",)}


def fill(folder):
    """An empty database with the kabupaten's regions and two villages; gives their codes."""
    from tools.bench.register import set_up  # noqa: PLC0415  after the settings

    set_up(os.environ.get("DATABASE_URL", ""))
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.synth.actions import load  # noqa: PLC0415
    from balai.synth.actions.writing import homes, write  # noqa: PLC0415
    from balai.synth.rules import Wanted  # noqa: PLC0415

    places = sorted(homes(KABUPATEN, 20_000, 1), key=lambda pair: -pair[1])[: len(SIZES)]
    villages = [(code, families) for (code, _number), families in zip(places, SIZES, strict=True)]
    write(folder, Wanted(1, DAY, sorted(villages)), progress=lambda _families: None)
    with acting(operator("bench")):
        load(by=operator("bench"), at=AT, folder=folder, progress=lambda _families: None)
    if os.environ.get("DATABASE_URL"):
        from django.db import connections  # noqa: PLC0415

        connections["owner"].cursor().execute("ANALYZE")
    return [code for code, _families in villages]


def at_once(village):
    import django  # noqa: PLC0415

    django.setup()
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.families.models import Family, LastWrite  # noqa: PLC0415
    from balai.snapshot.actions import living  # noqa: PLC0415

    by = operator("bench")
    with acting(by):
        families = list(Family.objects.within(village).values_list("pk", flat=True))
    begun = time.process_time()
    living.live(by=by, code="00.00.00.0000", on=DAY)
    found = {"definitions, once a process": f"{1000 * (time.process_time() - begun):.0f} ms CPU"}
    before = memory()

    def forget():
        living._known.clear()
        living._shelf.kept.clear()

    def write(number=[10**6]):  # noqa: B006  counts on
        number[0] += 1
        with acting(by):
            LastWrite.objects.note([families[number[0] % len(families)]], entry=number[0], at=AT, by="bench")

    for name, codes in SETS.items():
        cases = {"cold": forget, "one family written": write, "nothing written": lambda: None}
        for case, prepare in cases.items():
            laps = [lap(living, by, village, codes, prepare) for _call in range(CALLS)]
            took, cpu = zip(*laps, strict=True)
            found[f"village of {len(families)} families, {name}, {case}"] = (
                f"{statistics.median(cpu):.1f} ms CPU median, {min(cpu):.1f} at best ({statistics.median(took):.1f} ms)"
            )
    found[f"village of {len(families)} families, memory"] = (
        f"{memory() - before} MB more at the peak, {memory()} MB in all"
    )
    return found


def lap(living, by, village, codes, prepare):
    prepare()
    begun, used = time.perf_counter(), time.process_time()
    living.live(by=by, code=village, codes=codes, on=DAY)
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - used)


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def step(name, *words):
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.live", name, *map(str, words)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def run(vendor="sqlite"):
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="balai-bench-"))
        os.environ |= {"BALAI_HOME": home, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
        if vendor == "postgresql":
            from tests.postgres import cluster  # noqa: PLC0415

            os.environ["DATABASE_URL"] = stack.enter_context(cluster())
        villages = step("fill", Path(home) / "rekaan")
        return {f"{vendor}: {name}": value for code in villages for name, value in step("at_once", code).items()}


if __name__ == "__main__":
    word, *rest = sys.argv[1:] or ["sqlite"]
    steps = {"fill": lambda: fill(Path(rest[0])), "at_once": lambda: at_once(rest[0])}
    print(json.dumps(steps[word]() if word in steps else run(word), indent=None if word in steps else 1))
