"""What the trail costs: real writes with their entry beside the same writes without it, turn by turn; checking a
hundred thousand entries; the list after a breach of a million. On SQLite; with DATABASE_URL on PostgreSQL:
`python -m tests.postgres python -m tools.bench.trail` (its throw-away cluster does not sync, so writes are cheaper
there than in earnest, and the share of the trail is larger).
"""

import atexit
import json
import os
import shutil
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

import django

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
django.setup()

from django.conf import settings  # noqa: E402  the folder comes first
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from balai.access.models import AuditEntry, acting, put_up, verify  # noqa: E402
from balai.access.rules import ROLES, Actor  # noqa: E402
from balai.access.rules.asked import Wanted  # noqa: E402
from balai.access.rules.breach import affected  # noqa: E402
from balai.config import keys, postgres  # noqa: E402
from balai.families import actions  # noqa: E402
from balai.families.actions import writing  # noqa: E402
from balai.families.rules import PersonFacts  # noqa: E402
from tests.access import trails  # noqa: E402
from tests.people import person, signed_in  # noqa: E402
from tests.reports import seed  # noqa: E402

ROUNDS, WARM, ENTRIES, READINGS = 400, 40, 100_000, 1_000_000
AT_MOST, SECONDS = "1.15", "5"
VILLAGE = seed.MAIN
CADRE = Actor("account:bench", ROLES["cadre"], ((VILLAGE, VILLAGE + "/"),))
AT = datetime(2026, 3, 1, tzinfo=UTC)
RECORD = writing.record
OWNER = postgres.owners(connections)


def nik(number):
    """Sixteen digits that are nobody's: no province begins with a zero."""
    return f"0{number * 806_515_533_049_393 % 10**15:015d}"


def household(number):
    """Four people, each with a number: what a cadre types most often."""
    roles = ((1, 1, "Kepala"), (2, 2, "Istri"), (1, 3, "Anak"), (2, 3, "Anak"))
    return [
        PersonFacts(name, sex, relation, date(1990 + 10 * (relation == 3), 1, 1), nik(4 * number + place))
        for place, (sex, relation, name) in enumerate(roles)
    ]


def add(number):
    return actions.add_family(
        by=CADRE, at=AT, region=VILLAGE, people=household(number), card=nik(10**9 + number), address="Jalan Mawar 1"
    )


def correct(number, family):
    actions.correct_family(by=CADRE, at=AT, family=family, address=f"Jalan Melati {number}", since_on=None)


def ask(number, client, family):
    """The same correction as a person sends it: through the door, the form and the answer."""
    answer = client.post(
        f"/keluarga/{family.pk}/ubah", {"address": f"Jalan Anggrek {number}", "since_on": "", "card": ""},
        headers={"host": "localhost"},
    )  # fmt: skip
    if answer.status_code != 302:
        raise RuntimeError(f"the correction was answered with {answer.status_code}")


def without(**_entry):
    """In the place of `record`: what the write costs alone."""
    return 0


def timed(recorded, work, *told):
    writing.record = RECORD if recorded else without
    start = time.perf_counter()
    work(*told)
    return time.perf_counter() - start


def compared(work, *told):
    """Medians in milliseconds without and with the entry, and their ratio: turn by turn, the order changing."""
    found = {False: [], True: []}
    for turn in range(ROUNDS + WARM):
        for place, recorded in enumerate((False, True) if turn % 2 else (True, False)):
            found[recorded].append(timed(recorded, work, 2 * turn + place, *told))
    alone, both = (1000 * statistics.median(found[recorded][WARM:]) for recorded in (False, True))
    return {"alone, ms": round(alone, 2), "with its entry, ms": round(both, 2), "ratio": round(both / alone, 3)}


def prepared():
    """Tables and, where the database knows roles, walls: the writes are made in the role of the app."""
    call_command("migrate", database=OWNER, verbosity=0)
    call_command("createcachetable", database=OWNER, verbosity=0)
    if connection.vendor == "postgresql":
        put_up(OWNER, connection.settings_dict["USER"])
    seed.places()


def filled(entries):
    """The trail anew, with so many entries."""
    tables = [f"access_{name}" for name in ("auditsubject", "auditchange", "auditentry", "auditchain")]
    with connections[OWNER].cursor() as cursor:
        if connection.vendor == "postgresql":  # where to delete is to look for what hangs on every row
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
        else:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    with transaction.atomic():
        trails.many(entries)
    if connection.vendor == "postgresql":  # a trail that grows in earnest is known to the planner
        with connections[OWNER].cursor() as cursor:
            cursor.execute("ANALYZE")


def checking():
    """Seconds to check a hundred thousand entries."""
    filled(ENTRIES)
    found = []
    for _turn in range(3):
        start = time.perf_counter()
        if verify().faults:
            raise RuntimeError("a whole trail is said to be broken")
        found.append(time.perf_counter() - start)
    return round(statistics.median(found), 2)


def breach():
    """Seconds for the list of everybody one account reached, and how often it reached somebody."""
    filled(READINGS)
    wanted = Wanted(account=trails.CADRE.name, since=trails.AT, until=trails.AT + timedelta(days=400))
    start = time.perf_counter()
    found = affected(AuditEntry.objects.asked(wanted).reached())
    return round(time.perf_counter() - start, 1), sum(one.times for one in found)


def run():
    keys.make(settings.KEYS, keys.VAULT)
    prepared()
    with acting(CADRE):
        adding = compared(add)
        family = add(10**6)
        correcting = compared(correct, family)
    asking = compared(ask, signed_in(person("cadre", VILLAGE)), family)
    writing.record = RECORD
    took = checking()
    seconds, times = breach()
    where = connection.vendor
    return {
        f"{where}: a family of four with its numbers (ratio at most {AT_MOST})": adding,
        f"{where}: one address corrected, as a request (ratio at most {AT_MOST})": asking,
        f"{where}: one address corrected, the action alone": correcting,
        f"{where}: check {ENTRIES:,} entries, s (at most {SECONDS})": took,
        f"{where}: breach list out of {READINGS:,} entries, {times:,} readings, s (at most 300)": seconds,
    }


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
