"""T25: a stolen copy of the database holds no number in clear; a change of keys survives a kill and leaves nothing."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from balai.access.models import unscoped
from balai.families.models import IdentityNumber
from balai.vault import actions
from balai.vault.models import opened
from tests.vault.conftest import TABLE, entered, nik
from tests.vault.test_rotation import WHO

NUMBERS = 300


def copied():
    """Everything a thief of the database gets."""
    if connection.vendor == "sqlite":
        folder = Path(settings.DATABASES["default"]["TEST"]["NAME"]).parent
        return b"".join(path.read_bytes() for path in folder.glob("test.sqlite3*"))
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        parts = []
        for table in tables:
            with cursor.copy(f"COPY {connection.ops.quote_name(table)} TO STDOUT") as copy:
                parts.extend(bytes(part) for part in copy)
    return b"".join(parts)


@pytest.mark.django_db(transaction=True)
def test_a_stolen_copy_of_the_database_holds_no_number(folder):
    known = {nik(serial) for serial in range(NUMBERS)}
    for serial in range(NUMBERS):
        entered(serial)
    actions.rotate_data_keys(**WHO)
    actions.rotate_index_key(**WHO, folder=folder, key=bytes(range(32)))
    stolen = copied()
    assert b"16.05.02.2001" in stolen  # it is the right copy
    clear = {found.decode() for found in re.findall(rb"(?=(\d{16}))", stolen)} & known
    hexed = {number for number in known if number.encode().hex().encode() in stolen}
    assert (clear, hexed) == (set(), set())
    assert not any((folder / name).read_bytes() in stolen for name in ("kek", "index"))


ROTATE = """
import sys
from tools.bench import vault
from balai.vault import actions

if sys.argv[1] == "fill":
    vault.keys.make(vault.settings.KEYS, vault.keys.VAULT)
    vault.call_command("migrate", verbosity=0)
    vault.fill(int(sys.argv[2]))
else:
    swept = actions.rotate_data_keys(**vault.WHO, told=lambda done: print(done, flush=True))
    print("unreadable", vault.unreadable(), len(swept.closed), vault.keyring().number, flush=True)
"""


def process(home, *words, **more):
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "BALAI_OWNER_URL")}
    environment |= {"BALAI_BENCH_HOME": str(home), "PYTHONPATH": os.getcwd(), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", ROTATE, *words], env=environment, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL, **more,
    )  # fmt: skip


@pytest.mark.slow
def test_a_rotation_killed_again_and_again_ends_with_every_number_readable(tmp_path):
    """Power off in the middle of a batch, three times; a file of its own, so on SQLite whatever the suite runs on."""
    home = tmp_path / "home"
    home.mkdir()
    with process(home, "fill", "6000") as filling:
        assert filling.wait(timeout=300) == 0
    for _time in range(3):
        with process(home, "rotate") as rotation:
            assert next(rotation.stdout).strip().isdigit()
            time.sleep(0.05)
            rotation.send_signal(signal.SIGKILL)
    with process(home, "rotate") as rotation:
        last = rotation.stdout.read().splitlines()[-1]
    number = int(last.split()[-1])
    assert last.split()[:3] == ["unreadable", "0", "0"]
    assert number >= 2
    shutil.rmtree(home)


def test_every_number_opens_after_everything_was_changed(numbers, folder):
    for key in (b"\1" * 32, b"\2" * 32):
        actions.rotate_kek(**WHO, folder=folder, key=key)
        actions.rotate_data_keys(**WHO)
        actions.rotate_index_key(**WHO, folder=folder, key=key)
    with unscoped("a test opens everything"):
        rows = IdentityNumber.objects.values_list("pk", "sealed")
        assert {opened(sealed, pk, TABLE, "sealed") for pk, sealed in rows} == {nik(serial) for serial in range(5)}
