import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from balai.config import sqlite


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 40, 1), True), ((3, 44, 5), True), ((3, 44, 6), False), ((3, 45, 0), True), ((3, 50, 6), True),
        ((3, 50, 7), False), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 53, 4), False),
    ],
)  # fmt: skip
def test_versions_with_the_wal_reset_defect(version, affected):
    assert sqlite.is_affected(version) is affected


def test_an_affected_library_gets_no_wal():
    assert "journal_mode=DELETE; PRAGMA synchronous=EXTRA" in sqlite.durable_settings((3, 40, 1))


def test_the_library_in_use_is_a_mended_one():
    assert sqlite3.sqlite_version_info == sqlite.VERSION
    assert not sqlite.is_affected(sqlite.VERSION)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite for its settings")
def test_a_connection_is_durable():
    with connection.cursor() as cursor:
        modes = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert modes == ["wal", 2, 1]


WRITER = """
import sqlite3, sys
from balai.config import sqlite
con = sqlite.pysqlite3.connect(sys.argv[1], isolation_level=None)
for part in sqlite.durable_settings(sqlite.VERSION).split(";"):
    con.execute(part)
con.execute("create table if not exists t (n integer)")
n = 0
while True:
    con.execute("begin immediate"); con.execute("insert into t values (?)", (n,)); con.execute("commit")
    print(n, flush=True)
    n += 1
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path):
    path = tmp_path / "durable.sqlite3"
    for _round in range(5):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
            acknowledged = [next(writer.stdout) for _commit in range(40)]
            writer.kill()
            acknowledged += writer.stdout.read().split()
        last = int(acknowledged[-1])
        con = sqlite.pysqlite3.connect(path)
        assert con.execute("select count(*) from t where n = ?", (last,)).fetchone()[0] == _round + 1
        assert con.execute("pragma integrity_check").fetchone()[0] == "ok"
        con.close()
