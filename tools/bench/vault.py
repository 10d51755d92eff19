"""Changing the data key of a million sealed numbers while one process reads and writes, on SQLite; with DATABASE_URL on
PostgreSQL. Afterwards every number is opened, and the database's own bytes are searched for numbers in clear.
`python -m tools.bench.vault [ROWS]`.
"""

import atexit
import os
import re
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
os.environ |= {
    "BALAI_HOME": os.environ.get("BALAI_BENCH_HOME", FOLDER),
    "DJANGO_SETTINGS_MODULE": "balai.config.settings",
}
django.setup()

from django.conf import settings  # noqa: E402  the folder comes first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from balai.access.models import unscoped  # noqa: E402
from balai.access.rules import operator  # noqa: E402
from balai.config import keys  # noqa: E402
from balai.families.models import Family, IdentityNumber  # noqa: E402
from balai.vault import actions  # noqa: E402
from balai.vault.models import blind, keyring, opened  # noqa: E402

WHO = {"by": operator("bench"), "at": datetime(2026, 1, 1, tzinfo=UTC)}
MADE = {"made_at": WHO["at"], "made_by": "operator:bench"}
ROWS, BATCH, LIMIT = 1_000_000, 5_000, 600
TABLE = IdentityNumber._meta.db_table


def number_of(index):
    """Sixteen digits that are nobody's: no province begins with a zero."""
    return f"0{(index + 1) * 806_515_533_049_393 % 10**15:015d}"


def uuid_of(index, spread):
    return uuid.UUID(int=(index + 1) * spread % 2**128, version=4)


def family_of(index):
    return uuid_of(index, 0x9E3779B97F4A7C15F39CC0605CEDC835)


def fill(rows):
    """So many card numbers, each of a family of its own."""
    with unscoped("the benchmark fills its own database"):
        for start in range(0, rows, BATCH):
            indices = range(start, min(rows, start + BATCH))
            Family.objects.bulk_create(Family(id=family_of(i), region="16.05.02.2001", **MADE) for i in indices)
            ring = keyring()
            IdentityNumber.objects.bulk_create(_number(ring, i) for i in indices)


def _number(ring, index):
    row, number = uuid_of(index, 0xD1B54A32D192ED03A0761D6478BD642F), number_of(index)
    return IdentityNumber(
        id=row, kind="kk", family_id=family_of(index), region="16.05.02.2001", blind=blind(number),
        sealed=ring.sealed(number, row, TABLE, "sealed"), **MADE,
    )  # fmt: skip


def unreadable():
    """Numbers that do not open to themselves."""
    with unscoped("the benchmark opens every number"):
        rows = IdentityNumber.objects.order_by("pk").values_list("pk", "sealed", "blind")
        return sum(blind(opened(sealed, pk, TABLE, "sealed")) != found for pk, sealed, found in rows.iterator(BATCH))


def in_clear(rows):
    """How many of the numbers stand in clear in the bytes of the database's files."""
    known = {number_of(index).encode() for index in range(rows)}
    found = 0
    for path in Path(settings.HOME).glob("balai.sqlite3*"):
        with path.open("rb") as file:
            tail = b""
            while part := file.read(1 << 24):
                found += sum(each in known for each in re.findall(rb"(?=(\d{16}))", tail + part))
                tail = part[-15:]
    return found


def lookups(rows):
    """Milliseconds of one look-up by number, in the middle of a rotation."""
    start = time.perf_counter()
    with unscoped("the benchmark looks up a number"):
        assert IdentityNumber.objects.filter(blind=blind(number_of(rows // 2))).exists()
    return 1000 * (time.perf_counter() - start)


def run(rows=ROWS):
    keys.make(settings.KEYS, keys.VAULT)
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    fill(rows)
    filled = time.perf_counter() - start
    waits = []
    start = time.perf_counter()
    swept = actions.rotate_data_keys(
        **WHO, told=lambda done: waits.append(lookups(rows)) if done % 50_000 == 0 else None
    )
    took = time.perf_counter() - start
    return {
        f"seal and store {rows:,} numbers, s": round(filled),
        f"rotate the data key of {rows:,} numbers, s (at most {LIMIT})": round(took),
        "of which sealed again": swept.done,
        "numbers unreadable afterwards (at most 0)": unreadable() + len(swept.closed),
        "numbers in clear in the files (at most 0)": in_clear(rows) if connection.vendor == "sqlite" else "-",
        "look-up in the middle of it, slowest, ms": round(max(waits, default=0), 1),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    for figure, value in run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS).items():
        print(f"{figure}: {value}")
