"""Imports invented SIGA folders of two sizes into SQLite beside the whole national tree, next to a plain reading and
plain inserts of the same rows. `python -m tools.bench.siga [VILLAGES …]`.
"""

import atexit
import csv
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, date, datetime
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
from balai.base.months import NAMES_ID  # noqa: E402
from balai.intake.actions import import_siga  # noqa: E402
from balai.intake.rules.registers import registers  # noqa: E402
from balai.regions import actions as regions  # noqa: E402
from balai.regions.inputs import packaged_places  # noqa: E402
from balai.regions.rules import parent_of  # noqa: E402

NATION = 83_762
SIZES = (312, 3_120)
AT, EXPORTED = datetime(2025, 12, 10, tzinfo=UTC), date(2025, 12, 5)
MONTHS = [name.upper() for name in NAMES_ID[:11]]
EVERY_MONTH = ("mix", "pus", "poktan", "bkb", "bkb_families", "bkr", "bkl", "pikr", "uppka")
TWO_MONTHS = ("weighing", "pregnant", "postpartum", "gati", "genting", "sidaya", "tamasya")
ONCE = ("kkb", "rdk", "krs", "resources")
WITH_CODES = {"bkb", "bkb_families", "bkr", "bkl", "pikr", "uppka", "kkb", "rdk", "krs"}
PLAIN = "INSERT INTO plain VALUES (%s, %s, %s)"


def peak():
    """Largest memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def paths(villages):
    """(code, names from the province down) of the first villages of the national tree."""
    names = dict(packaged_places())
    codes = [code for code in names if code.count(".") == 3][:villages]
    return [(code, [names[code[:2]], names[code[:5]], names[parent_of(code)], names[code]]) for code in codes]


def write(folder, villages):
    """One file a register, shaped like SIGA's; figures that a check compares are mostly 0, the others random."""
    rng = random.Random(2026)
    folder.mkdir()
    for key in (*EVERY_MONTH, *TWO_MONTHS, *ONCE):
        register = registers()[key]
        compared = {name for check in register.checks for name in check.keys}
        spread = [1 if c.key in compared or c.kind == "choice" else 400 for c in register.columns.values()]
        period = {"month": "BULAN", "half": "PERIODE"}.get(register.period)
        months = MONTHS if key in EVERY_MONTH else MONTHS[8:10] if key in TWO_MONTHS else ["Sem 2 2024"]
        with (folder / f"{key}.csv").open("w", newline="") as file:
            rows = csv.writer(file, delimiter=";")
            code_column = ["KODE"] if key in WITH_CODES else []
            place = ["PROVINSI", "KABUPATEN", "KECAMATAN", *code_column, "KELURAHAN"]
            rows.writerow([*place, *register.columns, *([period] if period else [])])
            for month in months:
                for code, (*above, name) in paths_of(villages):
                    figures = [
                        int(rng.random() * top) if top > 1 else "" if key == "resources" else 0 for top in spread
                    ]
                    kode = [code[-4:]] if code_column else []
                    rows.writerow(
                        [*(n.upper() for n in above), *kode, name.upper(), *figures, *([month] if period else [])]
                    )


_PATHS = {}


def paths_of(villages):
    if villages not in _PATHS:
        _PATHS[villages] = paths(villages)
    return _PATHS[villages]


def yardstick(folder):
    """Seconds to read the same files with csv and to insert every row as JSON into a table without any index."""
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain (file text, line integer, row text)")
        for path in sorted(folder.iterdir()):
            with path.open(newline="") as file:
                rows = csv.reader(file, delimiter=";")
                cursor.executemany(PLAIN, ((path.name, line, json.dumps(row)) for line, row in enumerate(rows)))
    spent = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE plain")
    return spent


def timed(folder):
    begun = time.perf_counter()
    summary = import_siga(
        by=operator("bench"), at=AT, folder=folder, exported_on=EXPORTED, report=Path(FOLDER) / "report.csv"
    )
    return time.perf_counter() - begun, summary.as_dict()


def measure(villages):
    folder = Path(FOLDER) / f"siga-{villages}"
    write(folder, villages)
    plain = yardstick(folder)
    first, told = timed(folder)
    again, _told = timed(folder)
    shutil.rmtree(folder)
    if told["applied"] != told["rows"]:
        raise SystemExit(f"{told['refused']} refused, {told['waiting']} waiting: the invented files do not fit")
    return {
        f"{villages} villages, rows": told["rows"],
        f"{villages} villages, seconds": round(first, 1),
        f"{villages} villages, rows a second": round(told["rows"] / first),
        f"{villages} villages, seconds the second time": round(again, 1),
        f"{villages} villages, csv and plain inserts, seconds": round(plain, 1),
        f"{villages} villages, times the plain reading": round(first / plain, 1),
        f"{villages} villages, peak MB": peak(),
    }


def prepare():
    call_command("migrate", verbosity=0)
    regions.load_places(by=operator("bench"), at=AT)
    connection.ensure_connection()


def run(sizes=SIZES):
    prepare()
    found = {"places in the tree": sum(1 for _place in packaged_places())}
    for villages in sizes:
        found |= measure(villages)
    small, large = sizes[0], sizes[-1]
    seconds = {size: found[f"{size} villages, seconds"] for size in (small, large)}
    slope = (seconds[large] - seconds[small]) / max(large - small, 1)
    found[f"growth from {small} to {large}: times the time"] = round(seconds[large] / seconds[small], 1)
    found[f"{NATION} villages by the same slope, minutes"] = round((seconds[large] + slope * (NATION - large)) / 60, 1)
    return found


if __name__ == "__main__":
    print(json.dumps(run(tuple(map(int, sys.argv[1:])) or SIZES), indent=1))
