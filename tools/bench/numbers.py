"""Looking for a number that nobody has, and for one that another region has: does the time tell them apart (T7)?

On SQLite; with DATABASE_URL on PostgreSQL. `python -m tools.bench numbers`. Both are asked in turn, in random order,
through the whole application: session, door, walls, look-up, trail, page.
"""

import atexit
import os
import random
import resource
import shutil
import statistics
import tempfile
import time
import uuid
from datetime import UTC, datetime

import django

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
django.setup()

from django.conf import settings  # noqa: E402  the folder comes first
from django.core.management import call_command  # noqa: E402

from balai.access.models import acting  # noqa: E402
from balai.access.rules import operator  # noqa: E402
from balai.config import keys  # noqa: E402
from balai.families.models import Family, IdentityNumber, NumberSearch, Person  # noqa: E402
from balai.regions.actions import load_places  # noqa: E402
from balai.regions.inputs import packaged_places  # noqa: E402

NUMBERS, TRIALS, WARM, AT_MOST = 10_000, 1_000, 30, 5
HERE, ELSEWHERE, BY = "16.05.02.2001", "76.05.03.2002", operator("bench")
AT = datetime(2026, 1, 1, tzinfo=UTC)
MADE = {"made_at": AT, "made_by": BY.name}


def number_of(index):
    """Sixteen digits that are nobody's: there is no province 00."""
    return f"{index:016d}"


def fill(region, first):
    """Families of one person, each with a NIK."""
    families = [Family(id=uuid.uuid4(), region=region, **MADE) for _ in range(NUMBERS)]
    people = [
        Person(id=uuid.uuid4(), family=family, region=region, name="Rekaan", sex=1, relation=1, **MADE)
        for family in families
    ]
    numbers = []
    for index, person in enumerate(people, first):
        row = IdentityNumber(kind="nik", family=person.family, person=person, region=region, **MADE)
        row.hold(number_of(index))
        numbers.append(row)
    for rows in (families, people, numbers):
        type(rows[0]).objects.bulk_create(rows, batch_size=5_000)


def set_up():
    from tests.people import person, signed_in  # noqa: PLC0415  after the settings

    keys.make(settings.KEYS, (keys.SECRET_KEY, *keys.VAULT))
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    places = [
        place for place in packaged_places() if place[0].startswith(("16.05", "76.05")) or place[0] in ("16", "76")
    ]
    load_places(by=BY, at=AT, places=places)
    with acting(BY):
        fill(HERE, 0)
        fill(ELSEWHERE, NUMBERS)
    return signed_in(person("field_officer", "16.05.02"))


def asked(client, index):
    """Milliseconds and length of the answer."""
    NumberSearch.objects.all().delete()  # the limit is not what is measured
    begun = time.perf_counter()
    answer = client.post("/keluarga/cari-nomor", {"kind": "nik", "number": number_of(index)}, HTTP_HOST="localhost")
    taken = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200
    return taken, len(answer.content)


def run():
    client = set_up()
    rng = random.Random(7)
    taken, lengths = {"unknown": [], "elsewhere": []}, set()
    trials = ["unknown", "elsewhere"] * (TRIALS + WARM)
    rng.shuffle(trials)
    for kind in trials:
        index = rng.randrange(NUMBERS) + NUMBERS * (2 if kind == "unknown" else 1)
        milliseconds, length = asked(client, index)
        taken[kind].append(milliseconds)
        lengths.add(length)
    last = {kind: statistics.quantiles(some[WARM:], n=20)[-1] for kind, some in taken.items()}
    median = {kind: statistics.median(some[WARM:]) for kind, some in taken.items()}
    gap = abs(last["unknown"] - last["elsewhere"])
    return {
        "number nobody has": f"median {median['unknown']:.1f} ms, p95 {last['unknown']:.1f} ms, n {TRIALS}",
        "number of another region": f"median {median['elsewhere']:.1f} ms, p95 {last['elsewhere']:.1f} ms",
        "p95 apart": f"{gap:.2f} ms (at most {AT_MOST})",
        "lengths of the answer": sorted(lengths),
        "peak memory": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
    }
