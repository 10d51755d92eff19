"""The family register at one million families: loading them, and the three reads that people do all day, through the
whole application on SQLite and on PostgreSQL. `python -m tools.bench.register [FAMILIES [sqlite|postgresql]]`.

The yardstick of a read is the time of the same page for a village, a name and a family of a register of one thousand
families, measured in the same run: a register that is a thousand times larger should be read about as fast. That of the
load is the same load of one thousand families. Into PostgreSQL two kabupaten are loaded at the same time, as a nation
would be; SQLite has one writer.
"""

import contextlib
import gc
import itertools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta

FAMILIES, SMALL, ROUNDS, IN_A_VILLAGE = 1_000_000, 1_000, 21, 5_000
AT, SINCE, NAMED = datetime(2026, 1, 1, tzinfo=UTC), date(2025, 1, 1), "Soewarno Rahmawati"
AT_MOST = {"village list": 100, "search by name": 300, "family page": 150}  # milliseconds on the server
GIVEN = [
    "Agus",
    "Ahmad",
    "Aisyah",
    "Andi",
    "Ani",
    "Arif",
    "Asep",
    "Bambang",
    "Budi",
    "Cahyadi",
    "Dedi",
    "Dewi",
    "Dian",
    "Dimas",
    "Dwi",
    "Eka",
    "Eko",
    "Endang",
    "Fajar",
    "Fatimah",
    "Fitri",
    "Hadi",
    "Hasan",
    "Hendra",
    "Herman",
    "Indah",
    "Irfan",
    "Joko",
    "Kartini",
    "Khairul",
    "Lestari",
    "Lina",
    "Maya",
    "Mega",
    "Muhammad",
    "Nur",
    "Nurul",
    "Putra",
    "Putri",
    "Rahmat",
    "Ratna",
    "Rina",
    "Rini",
    "Rizki",
    "Rosmala",
    "Rudi",
    "Sari",
    "Siti",
    "Slamet",
    "Sri",
    "Sukarno",
    "Sulastri",
    "Supriadi",
    "Suwarno",
    "Taufik",
    "Tri",
    "Usman",
    "Wahyu",
    "Wati",
    "Wawan",
    "Yanti",
    "Yani",
    "Yusuf",
    "Zainal",
    "Zulkifli",
]
ENDINGS = [
    "ah",
    "an",
    "ari",
    "di",
    "din",
    "i",
    "ila",
    "ini",
    "man",
    "mawati",
    "ningsih",
    "no",
    "ono",
    "ra",
    "sari",
    "to",
    "ti",
    "wan",
    "wati",
    "yana",
    "yanto",
]
STARTS = [
    "Ab",
    "Bas",
    "Dar",
    "Fir",
    "Had",
    "Har",
    "Is",
    "Jam",
    "Kas",
    "Lut",
    "Mar",
    "Mas",
    "Mul",
    "Nas",
    "Par",
    "Rah",
    "Ros",
    "Sal",
    "Sam",
    "Sud",
    "Sul",
    "Sum",
    "Sup",
    "Sur",
    "Tar",
    "Wid",
    "Yul",
]


def homes(rng, villages, families):
    """Families of three or four, one village after the other; every thousandth village has one Suwarno Rahmawati."""
    from balai.families.rules import Home, Newcomer  # noqa: PLC0415  after the settings

    def a_name():
        parts = [rng.choice(GIVEN), rng.choice(STARTS) + rng.choice(ENDINGS), rng.choice(STARTS) + rng.choice(ENDINGS)]
        return " ".join(parts[: rng.choice((1, 2, 2, 2, 3))])

    def born(oldest, youngest):
        return SINCE - timedelta(days=rng.randrange(365 * youngest, 365 * oldest))

    keys = itertools.count(rng.getrandbits(24) << 24)

    def drawn():
        """In order, as those of an invented population are."""
        return uuid.UUID(int=next(keys) << 80 | rng.getrandbits(80), version=4)

    for number in range(families):
        mother = drawn()
        people = [
            Newcomer(drawn(), a_name(), 1, 1, born(60, 25), nik=f"{rng.getrandbits(49):016d}"),
            Newcomer(mother, a_name(), 2, 2, born(50, 20), nik=f"{rng.getrandbits(49):016d}"),
        ]
        people += [
            Newcomer(
                drawn(), a_name(), rng.choice((1, 2)), 3, born(19, 1), f"{rng.getrandbits(49):016d}", mother=mother
            )
            for _child in range(rng.choice((1, 1, 1, 2)))
        ]
        if number % 10_000 == 0:
            people[0] = Newcomer(drawn(), "Suwarno Rahmawati", 1, 1, born(60, 25))
        yield Home(
            drawn(), villages[number * len(villages) // families], tuple(people), f"Jalan Melati {number % 200}",
            SINCE, f"{rng.getrandbits(49):016d}", invented=True,
        )  # fmt: skip


def set_up(url):
    """An empty database with the regions of the bench; gives its villages."""
    import django  # noqa: PLC0415  the settings come first

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from balai.access.models import put_up  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.config import keys  # noqa: PLC0415
    from balai.regions.actions import load_places  # noqa: PLC0415
    from balai.regions.inputs import packaged_places  # noqa: PLC0415

    keys.make(settings.KEYS, (keys.SECRET_KEY, *keys.VAULT))
    owner = "owner" if url else "default"
    call_command("migrate", verbosity=0, database=owner)
    call_command("collectstatic", interactive=False, verbosity=0)
    if url:
        put_up(owner, "")
    places = [place for place in packaged_places() if place[0].startswith(("16.05", "16.03")) or place[0] == "16"]
    load_places(by=operator("bench"), at=AT, places=places)
    return [code for code, _name in places if code.count(".") == 3 and code.startswith("16.05")], [
        code for code, _name in places if code.count(".") == 3 and code.startswith("16.03")
    ]


def load(villages, families, rng):
    """Members a second."""
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.families.actions import load_families  # noqa: PLC0415

    by, took, done = operator("bench"), 0.0, 0
    waiting, step = homes(rng, villages, families), min(families, 50_000)
    for _part in range(families // step):  # drawing the people is no part of the load
        drawn = [next(waiting) for _home in range(step)]
        begun = time.perf_counter()
        with acting(by):
            done += load_families(by=by, at=AT, homes=drawn, source="bench").people
        took += time.perf_counter() - begun
    return done / took


def load_beside(parts):
    """Members a second of several loads at the same time, each of a kabupaten of its own in a process of its own; the
    people are drawn before."""
    loaders = [
        subprocess.Popen(
            [sys.executable, "-m", "tools.bench.register", str(families), "part", ",".join(villages)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for villages, families in parts
    ]  # fmt: skip
    for loader in loaders:
        loader.stdout.readline()
    begun = time.perf_counter()
    for loader in loaders:
        print(file=loader.stdin, flush=True)
    people = sum(int(loader.stdout.readline()) for loader in loaders)
    took = time.perf_counter() - begun
    if any(loader.wait() for loader in loaders):
        raise RuntimeError("a load broke")
    return people / took


def load_part(families, villages):
    import django  # noqa: PLC0415

    django.setup()
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.families.actions import load_families  # noqa: PLC0415

    by, drawn = operator("bench"), list(homes(random.Random(villages[0]), villages, families))
    gc.freeze()
    print("ready", flush=True)
    sys.stdin.readline()
    with acting(by):
        print(load_families(by=by, at=AT, homes=drawn, source="bench").people, flush=True)


def asked(client, ask):
    """Median milliseconds of the server for a page."""
    took = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        answer = ask(client)
        took.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(answer.status_code)
    return statistics.median(took[1:])


def reads(region, village):
    """Milliseconds of each of the reads for an officer of the kabupaten."""
    from balai.access.models import acting  # noqa: PLC0415
    from balai.access.rules import operator  # noqa: PLC0415
    from balai.families.models import Family  # noqa: PLC0415
    from tests.people import person, signed_in  # noqa: PLC0415

    client, host = signed_in(person("field_officer", region)), {"HTTP_HOST": "localhost"}
    with acting(operator("bench")):
        family = Family.objects.within(village).order_by("pk").first().pk
    return {
        "village list": asked(client, lambda client: client.get(f"/keluarga/desa/{village}", **host)),
        "search by name": asked(client, lambda client: client.post("/keluarga/cari", {"cari": NAMED}, **host)),
        "family page": asked(client, lambda client: client.get(f"/keluarga/{family}", **host)),
    }


def measure(families, url):
    large, small = set_up(url)
    rng = random.Random(7)
    slow = load(small[:1], SMALL, rng)
    half = max(1, families // IN_A_VILLAGE // 2)
    if url:  # the chain of the trail of a kabupaten is written by one at a time
        fast = load_beside([(large[:half], families // 2), (small[1 : half + 1], families - families // 2)])
    else:
        fast = load(large[: 2 * half], families, rng)
    from balai.access.models import learn_sizes  # noqa: PLC0415

    learn_sizes()
    if url:  # the server would do it within a minute
        from django.db import connections  # noqa: PLC0415

        connections["owner"].cursor().execute("ANALYZE")
    yard, many = reads("16.03", small[0]), reads("16.05", large[0])
    found = {"loaded, members a second": f"{fast:.0f}; the first {SMALL} families {slow:.0f}: ratio {fast / slow:.2f}"}
    for name, took in many.items():
        found[name] = (
            f"{took:.1f} ms (at most {AT_MOST[name]}); of {SMALL} families {yard[name]:.1f} ms: "
            f"ratio {took / yard[name]:.1f}"
        )
    return found | {"peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def within(families, vendor):
    """The figures of one database, in a process of its own."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="balai-bench-"))
        more = {"BALAI_HOME": folder, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
        if vendor == "postgresql":
            from tests.postgres import cluster  # noqa: PLC0415

            more["DATABASE_URL"] = stack.enter_context(cluster())
        done = subprocess.run(
            [sys.executable, "-m", "tools.bench.register", str(families), vendor, "here"],
            env=os.environ | more, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return {f"{vendor}: {name}": value for name, value in json.loads(done.stdout.splitlines()[-1]).items()}


def run(families=FAMILIES, *vendors):
    figures = {"families": families}
    for vendor in vendors or ("sqlite", "postgresql"):
        figures |= within(families, vendor)
    return figures


if __name__ == "__main__":
    count, *wanted = sys.argv[1:] or [FAMILIES]
    if wanted[:1] == ["part"]:
        load_part(int(count), wanted[1].split(","))
    elif wanted[1:] == ["here"]:
        print(json.dumps(measure(int(count), os.environ.get("DATABASE_URL", ""))))
    else:
        print(json.dumps(run(int(count), *wanted), indent=2))
