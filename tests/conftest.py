import gc
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import settings

from balai.access.models import put_up
from balai.access.rules import APP_ROLE, operator
from balai.regions import actions, inputs
from balai.snapshot.actions import living

settings.register_profile("balai", deadline=None)  # a busy machine is no defect
settings.load_profile("balai")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
TREE = ("16", "61.04", "62.13", "76", "81.01")
LOADED_AT = datetime(2025, 7, 1, 3, tzinfo=UTC)


def pytest_collection_modifyitems(config, items):
    """What asks no database says the same on both and runs once, on SQLite. Under a mutant the tests that most mutants
    die of come first: without a database, then those to the letter."""
    if connection.vendor == "postgresql" and not os.environ.get("MUTANT_UNDER_TEST"):
        here = {item: asks_database(item) or names_postgres(item.path) for item in items}
        config.hook.pytest_deselected(items=[item for item in items if not here[item]])
        items[:] = [item for item in items if here[item]]
    if os.environ.get("MUTANT_UNDER_TEST"):
        items.sort(key=lambda item: (asks_database(item), not item.path.name.startswith("test_exact")))


def pytest_collection_finish():
    """What was imported and collected stays until the end: the search for cycles need not read it again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish():
    gc.unfreeze()


@cache
def names_postgres(path):
    """Whether tests of that file may ask PostgreSQL by a way of their own, such as a process."""
    return "postgres" in path.read_text(encoding="utf-8").lower()


def asks_database(item):
    return bool({"db", "transactional_db"} & set(item.fixturenames)) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _nothing_is_held_of_a_village():
    """Tests write the same moments and entries into a register that is put back after each of them."""
    living._known.clear()
    living._shelf.kept.clear()


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real files beside the project; a file missing from an existing folder is a failure, not a skip."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here: the real files are not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def tree_places():
    """(code, name) of the regions that tests use: at, below or above one of TREE."""
    return [
        (code, name)
        for code, name in inputs.packaged_places()
        if any((code + ".").startswith(root + ".") or root.startswith(code + ".") for root in TREE)
    ]


@pytest.fixture
def tree(db, tree_places):
    """The regions of TREE and their ancestors in the test database, with the packaged aliases."""
    return actions.load_places(by=operator("test"), at=LOADED_AT, places=tree_places)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """On PostgreSQL the walls stand for all tests; the suite's own role, a superuser, walks past them (see as_app)."""
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), transaction.atomic():
            take_down()
            put_up("default", connection.settings_dict["USER"])


def take_down():
    """A database kept from a run before (--reuse-db, as with mutants) may have walls that the code no longer makes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT policyname, tablename FROM pg_policies")
        for policy, table in cursor.fetchall():
            cursor.execute(f'DROP POLICY "{policy}" ON "{table}"')


@pytest.fixture
def as_app(db):
    """`with as_app():` what the app does in its own role, under row-level security. Nothing changes on SQLite."""

    @contextmanager
    def within():
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")

    return within
