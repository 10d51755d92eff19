"""The walls of a database that is prepared from the command line, by processes of their own."""

import os
import subprocess
import sys
import time

import psycopg
import pytest

from balai.access.rules import APP_ROLE
from tests.access.test_walls import only_postgres, parameters
from tests.postgres import cluster

pytestmark = pytest.mark.django_db


@only_postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("logins", [1, 2])
def test_init_raises_the_walls_and_the_server_works_behind_them(tmp_path, logins):
    """A database of its own, prepared from the command line; then asked by the login of the app."""
    name = f"balai_init_{logins}"
    host = parameters()["host"]
    url = f"postgresql://%s@/{name}?host={host}"
    with psycopg.connect(**parameters(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        server.execute("CREATE ROLE balai_masuk LOGIN" if logins == 2 else "SELECT 1")
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    environment |= {"BALAI_HOME": str(tmp_path / "home"), "DATABASE_URL": url % "balai"}
    if logins == 2:
        environment |= {"DATABASE_URL": url % "balai_masuk", "BALAI_OWNER_URL": url % "balai"}
    balai = os.path.join(os.path.dirname(sys.executable), "balai")
    for _again in range(2):
        subprocess.run([balai, "init"], env=environment, check=True, capture_output=True)
    setup = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'balai.config.settings'; django.setup()"
    ours = "; from django.db import connection as c; print(c.cursor().execute('SELECT current_user').fetchone()[0])"
    said = subprocess.run(
        [sys.executable, "-c", setup + ours], env=environment, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == ("balai_masuk" if logins == 2 else APP_ROLE)
    with psycopg.connect(**parameters() | {"dbname": name}) as server:
        assert server.execute("SELECT count(*) FROM access_auditentry WHERE deed = 'walls.raise'").fetchone() == (2,)
    with psycopg.connect(**parameters(), autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@only_postgres
@pytest.mark.slow
def test_two_databases_of_a_new_server_may_be_prepared_in_the_same_moment(tmp_path):
    """Roles belong to the server: the second of the two has to wait for the first and finds the role made."""
    with cluster() as url, psycopg.connect(url) as neighbour, psycopg.connect(url, autocommit=True) as watch:
        neighbour.execute(f"CREATE ROLE {APP_ROLE} NOLOGIN")
        environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        environment |= {"BALAI_HOME": str(tmp_path / "home"), "DATABASE_URL": url}
        balai = os.path.join(os.path.dirname(sys.executable), "balai")
        with subprocess.Popen([balai, "init"], env=environment, stderr=subprocess.PIPE, text=True) as init:
            while not watch.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone():
                assert init.poll() is None, init.stderr.read()
                time.sleep(0.05)
            neighbour.commit()
            assert init.wait() == 0, init.stderr.read()
