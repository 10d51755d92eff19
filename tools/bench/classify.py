"""Classifies an invented nation: 83,762 villages by 12 months on SQLite, with what storing costs, beside plain reads
and plain inserts of the same rows. `python -m tools.bench.classify [VILLAGES]`.
"""

import atexit
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import django

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
os.environ.pop("DATABASE_URL", None)
django.setup()

from django.core.management import call_command  # noqa: E402  the folder comes first
from django.db import connection, transaction  # noqa: E402

from balai.access.rules import operator  # noqa: E402
from balai.base import months  # noqa: E402
from balai.classification.actions import classify_months  # noqa: E402
from balai.classification.actions.evidence import ITEMS  # noqa: E402
from balai.classification.models import Outcome  # noqa: E402

VILLAGES, MONTHS, ACTIVITIES, PER_PROVINCE = 83_762, 12, 8, 2_204
LAST = "2025-12"
WHEN, WHO = "2025-01-01 00:00:00", "bench"


def peak():
    """Largest memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def codes(villages):
    """Codes shaped like the real ones, province after province."""
    for number in range(villages):
        province, rest = divmod(number, PER_PROVINCE)
        yield f"{province + 11}.{rest // 160 + 1:02d}.{rest % 160 // 16 + 1:02d}.{2001 + rest % 16}"


def insert(cursor, table, columns, rows):
    names, places = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608


def fill(villages):
    """The database before the first run: places, Kampung KB, answers, figures, activities."""
    rng = random.Random(2026)
    periods = months.between(months.shift(LAST, 1 - MONTHS), LAST)
    every = list(codes(villages))
    kampungs = {code: uuid.UUID(int=rng.getrandbits(128)).hex for code in every}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        fill_places(cursor, every, kampungs)
        fill_answers(cursor, rng, periods, kampungs)
        fill_figures(cursor, rng, periods, every)
        fill_activities(cursor, rng, periods, kampungs)
        cursor.execute("PRAGMA foreign_keys=ON")
    return periods


def fill_places(cursor, every, kampungs):
    provinces = sorted({code[:2] for code in every})
    places = [*((code, 1, "provinsi") for code in provinces), *((code, 4, "desa") for code in every)]
    columns = ("code", "level", "kind", "name", "search_name", "source")
    insert(cursor, "regions_place", columns, ((*place, place[0], place[0], WHO) for place in places))
    columns = ("id", "recorded_at", "recorded_by", "source", "village_id", "number", "name", "founded_earliest",
               "founded_latest", "ended_reason", "invented")  # fmt: skip
    rows = ((key, WHEN, WHO, WHO, code, 1, "", "2019-01-01", "2019-01-01", "", 1) for code, key in kampungs.items())
    insert(cursor, "villages_kampungkb", columns, rows)


def fill_answers(cursor, rng, periods, kampungs):
    """25 answers a village, one in ten of them given during the year."""
    unfilled = ("use_other", "mech_reporting", "fund_csr", "fund_hibah", "rkm", "data_use")
    items = [key for key in ITEMS if key not in unfilled]
    columns = ("kampung_id", "village_code", "item", "value", "text", "from_on", "recorded_at", "recorded_by", "source")
    rows = (
        (key, code, item, int(rng.random() * 2), "",
         f"{rng.choice(periods)}-05" if rng.random() < 0.1 else "2023-01-31", WHEN, WHO, WHO)
        for code, key in kampungs.items() for item in items
    )  # fmt: skip
    insert(cursor, "villages_answer", columns, rows)


def fill_figures(cursor, rng, periods, every):
    groups = (f"{g}_{part}" for g in ("bkb", "bkr", "bkl", "uppka", "pikr") for part in ("groups", "target", "members"))
    columns = ("code", "period", "couples", "unmet", "couples_marks", "users", "long_acting", "users_marks",
               "groups_marks", *groups)  # fmt: skip
    rows = ((code, period, *month(rng, place)) for period in periods for place, code in enumerate(every))
    insert(cursor, "villages_villagemonth", columns, rows)


def fill_activities(cursor, rng, periods, kampungs):
    columns = ("id", "lineage", "recorded_at", "recorded_by", "source", "village_id", "agency", "on", "title")
    rows = (
        (uuid.UUID(int=rng.getrandbits(128)).hex, key, WHEN, WHO, WHO, code, rng.randint(1, 37),
         f"{rng.choice(('2023-05', *periods))}-09", "")
        for code, key in kampungs.items() for _ in range(ACTIVITIES)
    )  # fmt: skip
    insert(cursor, "villages_agencyactivity", columns, rows)


def month(rng, village):
    """Figures that move every month; the groups that a village has hardly do."""
    couples = rng.randint(40, 3000)
    users = int(couples * rng.random())
    figures = [couples, int((couples - users) * rng.random() / 2), 0, users, int(users * rng.random() / 2), 0, 0]
    for group in range(5):
        target = rng.randint(0, 600)
        figures += [(village >> group) % 3, target, int(target * rng.random())]
    return figures


def processor():
    """Seconds that this process and those it started and saw ending spent on the processor."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def timed(work):
    """Seconds on the clock and on the processor: two processes may use more of these than of those."""
    start, used = time.perf_counter(), processor()
    work()
    return round(time.perf_counter() - start, 2), round(processor() - used, 2)


def plain_read():
    """Every row of the same tables, all columns that the run needs, fetched and thrown away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT village_code, item, value, from_on || '' FROM villages_answer")
        while cursor.fetchmany(50_000):
            pass
        cursor.execute("SELECT * FROM villages_villagemonth")
        while cursor.fetchmany(50_000):
            pass
        cursor.execute("SELECT village_id, agency, \"on\" || '' FROM villages_agencyactivity")
        while cursor.fetchmany(50_000):
            pass


def plain_insert():
    """The rows that the run stored, once more, into a table of the same columns and indexes."""
    with connection.cursor() as cursor:
        for kind in ("table", "index"):
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = %s AND tbl_name = %s AND sql IS NOT NULL",
                [kind, "classification_outcome"],
            )
            for (statement,) in cursor.fetchall():
                cursor.execute(
                    statement.replace("classification_outcome", "copied").replace('INDEX "', 'INDEX "copied_')
                )
        cursor.execute("SELECT * FROM classification_outcome")
        names = len(cursor.description)
        with connection.cursor() as writer:
            writer.execute("BEGIN")
            while rows := cursor.fetchmany(50_000):
                writer.executemany(f"INSERT INTO copied VALUES ({', '.join(['%s'] * names)})", rows)  # noqa: S608
            writer.execute("COMMIT")


def run(villages=VILLAGES):
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        periods = fill(villages)
    at = datetime(2026, 1, 5, tzinfo=UTC)

    def work():
        classify_months(by=operator("bench"), at=at, periods=periods, rules="balai-2026")

    before = peak()
    wall, cpu = timed(work)
    figures = {"villages": villages, "months": len(periods), "seconds": wall, "processor seconds": cpu,
               "peak MB": peak(), "peak MB before": before}  # fmt: skip
    figures["outcomes"] = Outcome.objects.filter(superseded=False).count()
    figures["seconds, nothing changed"] = timed(work)[0]
    (read, read_cpu), (insert, insert_cpu) = timed(plain_read), timed(plain_insert)
    figures |= {"plain read, s": read, "plain insert, s": insert,
                "ratio to plain read + insert": round(cpu / (read_cpu + insert_cpu), 2)}  # fmt: skip
    figures["database MB"] = Path(FOLDER, "balai.sqlite3").stat().st_size >> 20
    return figures


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:])), indent=1))
