"""Loading the national tree, matching written names, searching: on SQLite, beside plain inserts of as many rows and a
plain look-up by key. `python -m tools.bench.regions`.
"""

import atexit
import os
import resource
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime

import django

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
os.environ.pop("DATABASE_URL", None)
django.setup()

from django.core.management import call_command  # noqa: E402  the folder comes first
from django.db import connection, transaction  # noqa: E402

from balai.access.rules import operator  # noqa: E402
from balai.regions import actions  # noqa: E402
from balai.regions.models import Place  # noqa: E402

WHO = {"by": operator("bench"), "at": datetime(2026, 1, 1, tzinfo=UTC)}
SEARCHES = ("sendana", "Kab. Musi Rawas", "suka maju", "sendana majene", "76.05.03", "7605032024", "baru", "xyzzy")
ROUNDS = 15


def seconds(work):
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 2)


@transaction.atomic
def plain_insert():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain (code text PRIMARY KEY, name text, search_name text)")
        rows = list(Place.objects.values_list("code", "name", "search_name"))
        cursor.executemany("INSERT INTO plain VALUES (%s, %s, %s)", rows)


def milliseconds(text):
    """Median of some searches, wall time."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        Place.objects.search(text)
        found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found)


def paths():
    """Every village as a SIGA file would write it."""
    names = dict(Place.objects.today().values_list("code", "name"))
    return [
        (names[code[:2]].upper(), names[code[:5]].upper(), names[code[:8]].upper(), name.upper())
        for code, name in names.items()
        if len(code) == 13
    ]


def run():
    call_command("migrate", verbosity=0)
    first = seconds(lambda: actions.load_places(**WHO))
    again = seconds(lambda: actions.load_places(**WHO))
    plain = seconds(plain_insert)
    written = paths()
    gazetteer = Place.objects.gazetteer()
    matching = seconds(lambda: [gazetteer.match(*path) for path in written])
    found = {text: milliseconds(text) for text in SEARCHES}
    slowest = max(found, key=found.get)
    return {
        "load 91,599 places, s (at most 20)": first,
        "load again, s": again,
        "yardstick: plain inserts of as many rows, s": plain,
        "ratio load to plain inserts": round(first / plain, 1),
        "match 83,762 written paths, s": matching,
        "search, slowest of 8, ms (at most 50)": f"{found[slowest]:.0f} ({slowest})",
        "search, median of 8, ms": round(statistics.median(found.values())),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    for figure, value in run().items():
        print(f"{figure}: {value}")
