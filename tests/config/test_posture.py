"""T40: the server refuses to start on each of these set-ups, and says the remedy in two languages."""

import atexit
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from balai.base.errors import Refused
from balai.config import posture
from balai.config.commands import check_posture
from tests.config.processes import balai, state_of

CONTACT = {"BALAI_CONTACT": "Dinas PPKB, telepon 0733"}
PLAIN = "from balai.config.settings import *\n"


@pytest.fixture
def state(home, tmp_path):
    """A copy of a sound installation."""
    return shutil.copytree(home, tmp_path / "state")


def settings_of(state, text):
    """An installation's own settings module, as somebody might write it."""
    (state.parent / "poor.py").write_text(PLAIN + textwrap.dedent(text))
    return {"DJANGO_SETTINGS_MODULE": "poor", "PYTHONPATH": f"{state.parent}{os.pathsep}{os.getcwd()}"}


def written(path, text):
    path.chmod(0o600)
    path.write_text(text)
    path.chmod(0o400)


def short_secret(state):
    written(state / "keys" / "secret_key", "rahasia" * 3)


def default_secret(state):
    written(state / "keys" / "secret_key", "django-insecure-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2)


def no_secret(state):
    (state / "keys" / "secret_key").rename(state.parent / "secret_key")


def debug(state):
    return settings_of(state, "DEBUG = True")


def readable_key(state):
    (state / "keys" / "kek").chmod(0o440)


def readable_key_folder(state):
    (state / "keys").chmod(0o705)


def readable_home(state):
    state.chmod(0o755)


def readable_database(state):
    """In a folder that everybody may pass."""
    folder = Path(tempfile.mkdtemp(prefix="balai-open-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    shutil.move(state / "balai.sqlite3", folder / "balai.sqlite3")
    (folder / "balai.sqlite3").chmod(0o644)
    return settings_of(state, f"DATABASES['default']['NAME'] = '{folder}/balai.sqlite3'")


def affected_sqlite(state):
    """Python's own library of old Debian, in WAL mode."""
    return settings_of(
        state,
        """
        import importlib.util, sys
        for name in ("sqlite3", "sqlite3.dbapi2"):
            sys.modules.pop(name)
        import sqlite3
        from balai.config import sqlite
        if not sqlite.is_affected(sqlite3.sqlite_version_info):  # a mended one says that it is old
            open_ = sqlite3.dbapi2.connect
            def connect(*args, **kwargs):
                connection = open_(*args, **kwargs)
                connection.create_function("sqlite_version", 0, lambda: "3.40.1")
                return connection
            sqlite3.dbapi2.connect = connect
        DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL"}
        """,
    )


def plain_http_for_a_name(state):
    return CONTACT | {"BALAI_HOSTS": "localhost,balai.contoh.go.id"}


def plain_http_address(state):
    return CONTACT | {"BALAI_ADDRESS": "http://balai.contoh.go.id"}


def address_with_a_path(state):
    return CONTACT | {"BALAI_ADDRESS": "https://balai.contoh.go.id/balai"}


def public_without_a_contact(state):
    return {"BALAI_ADDRESS": "https://balai.contoh.go.id", "BALAI_CONTACT": " "}


def any_host(state):
    return {"BALAI_HOSTS": "*"}


def cache_of_one_process(state):
    return settings_of(state, 'CACHES["default"] = CACHES["figures"]')


def quick_hasher(state):
    return settings_of(state, 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]')


def weak_hasher(state):
    return settings_of(
        state,
        """
        from django.contrib.auth.hashers import Argon2PasswordHasher
        Argon2PasswordHasher.memory_cost = 1024
        PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        """,
    )


def sealed_without_its_keys(state):
    """A database restored beside new keys."""
    with sqlite3.connect(state / "balai.sqlite3") as database:
        database.execute("INSERT INTO vault_datakey (id, wrapped, kek) VALUES (1, x'00', 'deadbeef')")


def without_a_table(state):
    with sqlite3.connect(state / "balai.sqlite3") as database:
        database.execute("DROP TABLE balai_cache")


def without_a_database(state):
    (state / "balai.sqlite3").unlink()
    (state / "balai.sqlite3").mkdir()


# Two commands of one process, which starts for longer than both work; nothing but the faults may come out.
BOTH = """
import sys
from balai.config.cli import main
for words in (["serve"], ["--lang", "en", "check-posture", "--json"]):
    sys.argv[1:] = words
    try:
        main()
    except SystemExit as ended:
        assert ended.code == 4, ended.code
    else:
        raise AssertionError(words)
"""
SETUPS = [
    (no_secret, "secret-key", "jalankan “balai init”", "run “balai init”"),
    (short_secret, "secret-key", "terlalu pendek", "too short"),
    (default_secret, "secret-key", "bawaan", "default"),
    (debug, "debug", "Hapus DEBUG", "Remove DEBUG"),
    (readable_key, "keys-readable", "chmod 0400", "chmod 0400"),
    (readable_key_folder, "keys-readable", "chmod 0700", "chmod 0700"),
    (readable_home, "home-readable", "chmod 0700", "chmod 0700"),
    (readable_database, "database-readable", "chmod 0600", "chmod 0600"),
    (affected_sqlite, "sqlite", "make setup", "make setup"),
    (plain_http_for_a_name, "no-https", "BALAI_ADDRESS=https://", "BALAI_ADDRESS=https://"),
    (plain_http_address, "no-https", "BALAI_ADDRESS=https://", "BALAI_ADDRESS=https://"),
    (address_with_a_path, "address", "tanpa garis miring", "without a slash"),
    (public_without_a_contact, "no-contact", "pejabat pelindungan data", "data protection officer"),
    (any_host, "any-host", "BALAI_HOSTS=", "BALAI_HOSTS="),
    (cache_of_one_process, "cache", "singgahan basis data", "database cache"),
    (quick_hasher, "hasher", "Argon2id", "Argon2id"),
    (weak_hasher, "hasher", "Argon2id", "Argon2id"),
    (sealed_without_its_keys, "keys-missing", "cadangan kunci", "backup of the keys"),
    (without_a_table, "tables", "balai init", "balai init"),
    (without_a_database, "database", "DATABASE_URL", "DATABASE_URL"),
]


@pytest.mark.parametrize(
    ("spoil", "name", "indonesian", "english"), SETUPS, ids=[spoil.__name__ for spoil, *_rest in SETUPS]
)
def test_a_bad_set_up_is_refused_with_its_remedy_in_both_languages(state, spoil, name, indonesian, english):
    more = spoil(state) or {}
    told = subprocess.run(
        [sys.executable, "-c", BOTH], env=state_of(state, **more), capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    if spoil is not no_secret:  # that one is told before anything else is looked at
        assert f"✗ {name}: " in told.stderr
        assert indonesian in told.stderr
    faults = json.loads(told.stdout)["faults"]
    assert [fault["name"] for fault in faults] == [name]
    assert english in faults[0]["what"] + faults[0]["remedy"]


def test_a_sound_set_up_passes(state):
    done = balai("check-posture", home=state)
    assert done.returncode == 0
    assert "✗" not in done.stderr
    assert "aman" in done.stdout
    said = balai("check-posture", "--json", home=state, BALAI_ADDRESS="https://balai.contoh.go.id", **CONTACT)
    assert json.loads(said.stdout) == {"ok": True, "faults": []}


@pytest.mark.parametrize(
    ("host", "sound"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("192.0.2.7", False)]
)  # noqa: S104  fmt: skip
def test_off_the_loopback_only_with_https(state, host, sound):
    assert (balai("check-posture", "--host", host, home=state).returncode == 0) is sound
    https = balai("check-posture", "--host", host, home=state, BALAI_ADDRESS="https://balai.contoh.go.id", **CONTACT)
    assert https.returncode == 0


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("[::1]", True), ("::1", True), ("localhost", True),
     ("10.0.0.1", False), ("balai.contoh.go.id", False), ("localhost.contoh.go.id", False), (".contoh.go.id", False)],
)  # fmt: skip
def test_what_only_this_machine_reaches(host, local):
    assert posture.is_local(host) is local


@pytest.mark.django_db
def test_a_name_that_others_can_reach_is_refused_to_the_suite_itself():
    done = CliRunner().invoke(check_posture.command, ["--json"])
    assert '"no-https"' in done.output
    assert isinstance(done.exception, Refused)


def test_several_faults_are_all_told(state):
    short_secret(state)
    readable_key(state)
    done = balai("check-posture", home=state, BALAI_HOSTS="*")
    assert [line.split(":")[0] for line in done.stderr.splitlines() if line.startswith("✗")] == [
        "✗ secret-key", "✗ keys-readable", "✗ any-host",
    ]  # fmt: skip
    assert "3 hal belum aman" in done.stderr


def test_a_folder_restored_without_its_keys_gets_no_new_ones(state):
    sealed_without_its_keys(state)
    (state / "keys" / "index").unlink()
    done = balai("init", home=state)
    assert done.returncode == 4
    assert "Kembalikan folder “keys” dari cadangan kunci" in done.stderr
    assert not (state / "keys" / "index").exists()
