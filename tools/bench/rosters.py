"""What an import costs: a list of 20,000 residents read, compared and applied, the same list again, its undoing; and
ten times as many. On SQLite; with DATABASE_URL on PostgreSQL: `python -m tests.postgres python -m tools.bench rosters`.

`python -m tools.bench.rosters 2000` runs that many residents alone.
"""

import atexit
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import django

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
django.setup()

from django.conf import settings  # noqa: E402  the folder comes first
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from balai.access.models import acting, put_up  # noqa: E402
from balai.access.rules import ROLES, Actor  # noqa: E402
from balai.config import keys, postgres  # noqa: E402
from balai.rosters import actions  # noqa: E402
from balai.rosters.rules.states import State  # noqa: E402
from balai.sheets.inputs.files import headed_of, read_file  # noqa: E402
from tests.reports import seed  # noqa: E402

AT = datetime(2026, 3, 1, tzinfo=UTC)
MOMENTS = (AT + timedelta(seconds=step) for step in count())  # each batch has its own, as in the job
VILLAGE = seed.MAIN
OFFICER = Actor("account:bench", ROLES["field_officer"], ((VILLAGE, VILLAGE + "/"),))
HEADS = "no_kk,nik,nama,sex,tanggallahir,agama_id,pendidikan_kk_id,pekerjaan_id,status_kawin,kk_level,rt"
KINDS = ((1, 2, 1, 1960), (2, 2, 3, 1964), (1, 1, 4, 2000), (2, 1, 4, 2004))  # sex, marital, relation, born
SIZE, TIMES, SECONDS, MB = 20_000, 10, 20, 400
SYLLABLES = ("ba", "di", "su", "ra", "ni", "wa", "to", "mi", "la", "ke")
OWNER = postgres.owners(connections)


def name(number):
    digits = f"{number:06d}"
    return f"{''.join(SYLLABLES[int(one)] for one in digits[:3])} {''.join(SYLLABLES[int(one)] for one in digits[3:])}"


def written(path, size):
    """A list as OpenSID has it; no number in it can be anybody's: there is no province 00."""
    with path.open("w") as file:
        print(HEADS, file=file)
        for number in range(size):
            sex, marital, kin, year = KINDS[number % 4]
            born = (date(year, 1, 1) + timedelta(days=number * 37 % 6_000)).isoformat()
            numbers = f"00{10**12 + number // 4 * 10 + 1:014d},00{number * 10 + 1:014d}"
            print(f"{numbers},{name(number)},{sex},{born},1,4,9,{marital},{kin},1", file=file)
    return path


def staged(path):
    headings, people, unread, _unknown = read_file(path, ".csv")
    roster = actions.take_in(by=OFFICER, at=AT, village=VILLAGE, file=path.name)
    heads = [headed_of(known) for known in headings]
    given = {"headings": headings, "heads": heads, "people": people, "unread": unread}
    return actions.stage_roster(by=OFFICER, at=AT, roster=roster, **given)


def applied(roster):
    actions.begin_again(by=OFFICER, at=AT, roster=roster, to=State.APPLYING)
    while actions.apply_roster(by=OFFICER, at=next(MOMENTS), roster=roster):
        pass


def undone(roster):
    actions.begin_again(by=OFFICER, at=AT, roster=roster, to=State.UNDOING)
    after = -1
    while after is not None:
        after = actions.undo_roster(by=OFFICER, at=next(MOMENTS), roster=roster, after=after)


def timed(work, *given):
    """((seconds, of them of the processor), result)."""
    began, used = time.perf_counter(), time.process_time()
    result = work(*given)
    return (time.perf_counter() - began, time.process_time() - used), result


def said(spent):
    return f"{spent[0]:.1f} s, {spent[1]:.1f} s of the processor"


def of(size):
    """Seconds of dry run, application, the same list again, undoing; the first two are what has a limit."""
    path = written(Path(FOLDER) / f"{size}.csv", size)
    first, roster = timed(staged, path)
    assert roster.counts["new"] == size, roster.counts
    second, _none = timed(applied, roster)
    again, same = timed(staged, path)
    assert same.counts["unchanged"] == size, same.counts
    back, _none = timed(undone, roster)
    return first, second, again, back


def prepare():
    keys.make(settings.KEYS, (keys.SECRET_KEY, *keys.VAULT))
    call_command("migrate", database=OWNER, verbosity=0)
    if connections["default"].vendor == "postgresql":
        put_up(OWNER, connections["default"].settings_dict["USER"])
    seed.places()


def run(sizes=(SIZE, SIZE * TIMES)):
    prepare()
    kind = connections["default"].vendor
    found = {}
    with acting(OFFICER):
        for size in sizes:
            first, second, again, back = of(size)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            found |= {
                f"{kind}, {size} residents: dry run": said(first),
                f"{kind}, {size} residents: application": said(second),
                f"{kind}, {size} residents: both (limit for {SIZE}: {SECONDS} s)": f"{first[0] + second[0]:.1f} s",
                f"{kind}, {size} residents: the same list again, all unchanged": said(again),
                f"{kind}, {size} residents: undoing": said(back),
                f"{kind}, {size} residents: peak memory (limit for {SIZE}: {MB} MB)": f"{peak:.0f} MB",
            }
    return found


if __name__ == "__main__":
    for figure, value in run(tuple(map(int, sys.argv[1:])) or (SIZE,)).items():
        print(figure, value)
