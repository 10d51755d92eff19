"""Server time of the pages at national load: 83,762 villages, 12 months, both rule sets, on SQLite, beside a page that
asks the database nothing. `python -m tools.bench.pages`.
"""

import atexit
import os
import shutil
import statistics
import tempfile
import time
from datetime import date

import django

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
os.environ.pop("DATABASE_URL", None)
django.setup()

import numpy as np  # noqa: E402  the folder comes first
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from balai.access.rules import operator  # noqa: E402
from balai.base import months  # noqa: E402
from balai.classification import rules as classification  # noqa: E402
from balai.classification.models import Edition, Outcome, Run  # noqa: E402
from balai.regions.actions import load_places  # noqa: E402
from balai.regions.models import Place  # noqa: E402
from balai.villages.models import Answer, KampungKB  # noqa: E402
from balai.villages.rules import ItemKind, items  # noqa: E402
from tests.reports import seed  # noqa: E402

LAST, MONTHS, ROUNDS, WARM = "2025-12", 12, 21, 3
KABUPATEN, VILLAGE = "35.11", "16.05.01.2002"
FOUNDED = date(2019, 1, 1)
YARDSTICK = "yardstick: page without a query, ms"
PAGES = {
    YARDSTICK: "/cari",
    "kabupaten, ms (at most 150)": f"/wilayah/{KABUPATEN}",
    "village, ms (at most 50)": f"/desa/{VILLAGE}",
    "what-if, ms": f"/desa/{VILLAGE}/andaikan?pokja=0",
    "kecamatan, ms": f"/wilayah/{KABUPATEN}.01",
    "province, ms": "/wilayah/35",
    "nation, ms": "/",
    "search, ms": "/cari?q=suka maju",
}
FIRST = "nation, first call after a run, ms"
COLUMNS = [field.column for field in Outcome._meta.fields if field.name != "id"]


def fill():
    """The tree, a Kampung KB in every village, a profile in one kecamatan, and two million outcomes."""
    call_command("migrate", verbosity=0)
    load_places(by=operator("bench"), at=seed.AT)
    codes = list(Place.objects.today().villages().order_by("code").values_list("code", flat=True))
    KampungKB.objects.bulk_create(
        (
            KampungKB(village_id=code, founded_earliest=FOUNDED, founded_latest=FOUNDED, **seed.ENTERED)
            for code in codes
        ),
        batch_size=5000,
    )
    yes_no = [key for key, item in items().items() if item.kind is ItemKind.YES_NO]
    Answer.objects.bulk_create(
        Answer(kampung=kampung, village_code=kampung.village_id, item=key, value=1, from_on=FOUNDED, **seed.ENTERED)
        for kampung in KampungKB.objects.within("16.05.01")
        for key in yes_no
    )
    found = seed.columns(len(codes), np.random.default_rng(11))
    for rules in classification.names():
        judge(codes, found, rules)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return len(codes)


def judge(codes, found, rules):
    """The same classes in every month, under runs of their own."""
    every = list(seed.outcomes(codes, found, rules, Run(pk=0), Edition(pk=0), {}))
    fields = [field for field in Outcome._meta.fields if field.name != "id"]
    rows = [[getattr(row, field.attname) for field in fields] for row in every]
    edition_at, run_at = COLUMNS.index("edition_id"), COLUMNS.index("run_id")
    insert = (
        f"INSERT INTO {Outcome._meta.db_table} ({', '.join(COLUMNS)}) "  # noqa: S608  own names only
        f"VALUES ({', '.join(['%s'] * len(COLUMNS))})"
    )
    for month in months.between(months.shift(LAST, 1 - MONTHS), LAST):
        made = Run.objects.create(rules=rules, rules_version=classification.load(rules).stamp, figures="plausible",
                                  period=month, at=seed.AT, by="bench")  # fmt: skip
        edition = Edition.objects.create(rules=rules, period=month)
        for row in rows:
            row[edition_at], row[run_at] = edition.pk, made.pk
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, rows)


def milliseconds(client, path):
    """Median server time of a page after a few warm rounds."""
    taken = []
    for number in range(WARM + ROUNDS):
        started = time.perf_counter()
        response = client.get(path)
        spent = 1000 * (time.perf_counter() - started)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        if number >= WARM:
            taken.append(spent)
    return round(statistics.median(taken), 1)


def first(client):
    """The nation's page when nothing is remembered."""
    cache.clear()
    started = time.perf_counter()
    client.get("/")
    return round(1000 * (time.perf_counter() - started), 1)


def run():
    villages = fill()
    call_command("collectstatic", verbosity=0, interactive=False)
    client = Client(headers={"host": "localhost"})
    figures = {name: milliseconds(client, path) for name, path in PAGES.items()}
    figures[FIRST] = first(client)
    return {"villages x months x rule sets": f"{villages} x {MONTHS} x {len(classification.names())}"} | figures


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
