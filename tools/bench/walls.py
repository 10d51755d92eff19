"""A scoped list of two million families on PostgreSQL, behind both walls and in the role of the app, beside the same
filter written by hand as the owner without walls. `python -m tools.bench.walls [FAMILIES]`.

The cluster is one of the suite: thrown away afterwards, without fsync, on a socket of its own.
"""

import atexit
import contextlib
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django

from tests.postgres import cluster

STACK = contextlib.ExitStack()
atexit.register(STACK.close)
FOLDER = STACK.enter_context(tempfile.TemporaryDirectory(prefix="balai-bench-"))
URL = STACK.enter_context(cluster())
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings", "DATABASE_URL": URL}
django.setup()

from django.core.management import call_command  # noqa: E402  the cluster comes first
from django.db import connections, transaction  # noqa: E402
from django.db.models import Q, QuerySet  # noqa: E402

from balai.access.models import acting, put_up  # noqa: E402
from balai.access.rules import ROLES, Actor  # noqa: E402
from balai.families.models import Family  # noqa: E402
from balai.regions.inputs import packaged_places  # noqa: E402
from balai.regions.rules import span  # noqa: E402

FAMILIES, ROUNDS, WARM, PAGE, OWNER = 2_000_000, 101, 10, 50, "owner"
AT_MOST = 1.2
# Region or regions -> what it stands for.
SCOPES = {
    "kabupaten": ("16.05",),
    "largest province": ("35",),
    "three kecamatan apart": ("16.05.01", "35.11.01", "76.05.03"),
}
FILL = (
    "INSERT INTO families_family (id, region, address, made_at, made_by, invented)"
    " SELECT gen_random_uuid(), code, 'Jalan ' || house, now(), 'bench', true"
    " FROM unnest(%s::text[]) AS code, generate_series(1, %s) AS house ORDER BY random()"
)
ASKED = {
    "count": lambda rows: rows.count(),
    "first page": lambda rows: list(rows.order_by("region", "id")[:PAGE]),
}


def fill(families):
    """As many families in every village of the nation, in no order."""
    call_command("migrate", database=OWNER, verbosity=0)
    villages = [code for code, _name in packaged_places() if code.count(".") == 3]
    with connections[OWNER].cursor() as cursor:
        put_up(OWNER, "")
        cursor.execute(FILL, [villages, -(-families // len(villages))])
        cursor.execute("VACUUM ANALYZE families_family")
        cursor.execute("SELECT count(*) FROM families_family")
        return cursor.fetchone()[0]


def by_hand(regions, ask):
    """What the filter written by hand finds, and what it took."""
    inside = Q(pk__in=())
    for lo, hi in map(span, regions):
        inside |= Q(region__gte=lo, region__lt=hi)
    with transaction.atomic(using=OWNER), timed(OWNER) as took:
        return ask(QuerySet(Family, using=OWNER).filter(inside)), took


def behind_walls(regions, ask):
    """The same through the manager and row-level security."""
    who = Actor("bench", ROLES["field_officer"], tuple(map(span, regions)))
    with acting(who), transaction.atomic(), timed("default") as took:
        return ask(Family.objects.all()), took


@contextlib.contextmanager
def timed(alias):
    """Adds seconds on the clock and seconds of the server's processor, from when the transaction has begun and was told
    who acts. The processor's time stays the same where others work on the machine."""
    took, cursor = [], connections[alias].cursor()
    cursor.execute("SELECT 1")
    backend = Path(f"/proc/{connections[alias].connection.info.backend_pid}/schedstat")
    start, worked = time.perf_counter(), processor(backend)
    yield took
    took += [time.perf_counter() - start, processor(backend) - worked]


def processor(backend):
    return int(backend.read_text().split()[0]) / 1e9


def telling():
    """Milliseconds of the clock that telling adds to a transaction."""
    took = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        with acting(Actor("bench", ROLES["field_officer"], (span("16.05"),))), transaction.atomic():
            connections["default"].cursor().execute("SELECT 1")
        middle = time.perf_counter()
        with transaction.atomic():
            connections["default"].cursor().execute("SELECT 1")
        took.append(2 * middle - start - time.perf_counter())
    return round(1000 * statistics.median(took), 3)


def measured(regions, ask):
    """Medians in milliseconds: clock and processor by hand, clock and processor behind walls."""
    if by_hand(regions, ask)[0] != behind_walls(regions, ask)[0]:
        raise RuntimeError("the walls do not show what the filter shows")
    rounds = []
    for number in range(ROUNDS + WARM):
        order = (by_hand, behind_walls) if number % 2 else (behind_walls, by_hand)
        took = {work: work(regions, ask)[1] for work in order}
        rounds.append([*took[by_hand], *took[behind_walls]])
    return [1000 * statistics.median(column) for column in zip(*rounds[WARM:], strict=True)]


def run(families=FAMILIES):
    figures = {"families": fill(families)}
    for alias in (OWNER, "default"):  # the processor's time of helpers would not be seen
        connections[alias].cursor().execute("SET max_parallel_workers_per_gather = 0")
    for name, regions in SCOPES.items():
        for what, ask in ASKED.items():
            hand, hand_cpu, walls, walls_cpu = measured(regions, ask)
            figures[f"{name}, {what}"] = (
                f"server's processor {walls_cpu:.2f} ms behind walls, {hand_cpu:.2f} by hand: ratio "
                f"{walls_cpu / hand_cpu:.2f} (at most {AT_MOST}); clock {walls:.2f} and {hand:.2f}: {walls / hand:.2f}"
            )
    figures["telling the database who acts, ms"] = telling()
    figures["peak memory of the client, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:])), indent=2))
