"""What only PostgreSQL can get wrong, on a database of its own; the remedies as told to an operator."""

import json
import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from balai.config import posture_postgres
from tests.config.processes import balai, state_of

only_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for its walls")
NAME = "balai_posture"
PREPARE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "balai.config.settings"
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from balai.access.actions import raise_walls
from balai.access.rules import operator
from balai.config import keys
settings.HOME.mkdir(mode=0o700)
keys.make(settings.KEYS, (keys.SECRET_KEY, *keys.VAULT))
call_command("migrate", database="owner", verbosity=0)
call_command("createcachetable", database="owner", verbosity=0)
raise_walls(by=operator("test"), at=timezone.now(), using="owner", login="posture_login")
"""
ROLES = {
    "posture_login": "LOGIN",
    "posture_superuser": "LOGIN SUPERUSER",
    "posture_bypassing": "LOGIN BYPASSRLS",
    "posture_owner": "LOGIN",
}


def server(dbname=None):
    known = connection.get_connection_params()
    parameters = {name: known[name] for name in ("dbname", "user", "host") if known.get(name)}
    return psycopg.connect(**parameters | ({"dbname": dbname} if dbname else {}), autocommit=True)


def url(login):
    return f"postgresql://{login}@/{NAME}?host={connection.get_connection_params()['host']}"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A state folder and a database with its walls up."""
    home = tmp_path_factory.mktemp("posture") / "state"
    with server() as super_:
        super_.execute(f"CREATE DATABASE {NAME}")
        for role, powers in ROLES.items():
            super_.execute(f"CREATE ROLE {role} {powers}")
    environment = state_of(
        home, DATABASE_URL=url("posture_login"), BALAI_OWNER_URL=url("balai"), PYTHONPATH=os.getcwd()
    )
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
    with server(NAME) as super_:
        for role in ROLES:
            super_.execute(f"GRANT balai_app TO {role}")
    yield home
    with server() as super_:
        super_.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
        for role in ROLES:
            super_.execute(f"DROP ROLE {role}")


def faults(home, login, lang="id"):
    done = balai("check-posture", "--json", home=home, lang=lang, DATABASE_URL=url(login), BALAI_OWNER_URL=url("balai"))
    found = json.loads(done.stdout)["faults"]
    assert done.returncode == (4 if found else 0)
    return found


def names(home, login="posture_login"):
    return [fault["name"] for fault in faults(home, login)]


@only_postgres
def test_each_bad_database_is_refused_and_a_sound_one_passes(prepared):
    assert names(prepared) == []
    for login in ("posture_superuser", "posture_bypassing"):
        assert names(prepared, login) == ["database-role"]
    with server(NAME) as super_:
        super_.execute("ALTER TABLE families_person OWNER TO posture_owner")
        assert names(prepared, "posture_owner") == ["database-role"]
        super_.execute("ALTER TABLE families_person OWNER TO balai")
        super_.execute("ALTER TABLE families_family DISABLE ROW LEVEL SECURITY")
        told = faults(prepared, "posture_login", "en")
        assert [fault["name"] for fault in told] == ["walls-down"]
        assert "families_family" in told[0]["what"]
        assert "balai init" in told[0]["remedy"]
        super_.execute("ALTER TABLE families_family ENABLE ROW LEVEL SECURITY")
        policies = super_.execute("SELECT policyname FROM pg_policies WHERE tablename = 'families_family'").fetchall()
        for (policy,) in policies:
            super_.execute(f"DROP POLICY {policy} ON families_family")
        super_.execute('ALTER TABLE families_family ALTER COLUMN region TYPE varchar(24) COLLATE "id-x-icu"')
        told = faults(prepared, "posture_login")
        assert [fault["name"] for fault in told] == ["collation"]
        assert "families_family.region" in told[0]["what"]


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (posture_postgres._login(False, False, []), []),
        (posture_postgres._login(True, False, []), ["database-role"]),
        (posture_postgres._login(False, True, []), ["database-role"]),
        (posture_postgres._login(False, False, ["families_family"]), ["database-role"]),
        (posture_postgres._walls([]), []),
        (posture_postgres._walls(["b", "a"]), ["walls-down"]),
        (posture_postgres._order([("a", "region", "C"), ("b", "region", "C.UTF-8")]), []),
        (posture_postgres._order([("a", "region", "id_ID.UTF-8")]), ["collation"]),
    ],
)
def test_what_is_found_is_named(found, names):
    assert [each[0] for each in found] == names


def test_every_personal_table_is_looked_at():
    assert {"families_family", "families_person", "families_identitynumber"} <= posture_postgres._personal().keys()
    assert set(posture_postgres._personal().values()) == {"region"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has no walls")
def test_on_sqlite_there_is_nothing_of_it_to_ask():
    assert posture_postgres.faults() == []
