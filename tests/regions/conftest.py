from datetime import date

import pytest
from django.core.management.color import no_style
from django.db import connection

from balai.access.models import AuditEntry
from balai.access.models.trail import AuditChain
from balai.access.rules import operator
from balai.regions import actions
from balai.regions.models import Boundary, Change, Place, PlaceAlias
from tests.conftest import LOADED_AT


@pytest.fixture
def who():
    """Who acts and when, for any action."""
    return {"by": operator("test"), "at": LOADED_AT}


@pytest.fixture
def day():
    return date(2025, 7, 1)


@pytest.fixture(scope="module")
def nation(django_db_setup, django_db_blocker):
    """The whole packaged tree, loaded once for a module."""
    with django_db_blocker.unblock():
        counts = actions.load_places(by=operator("test"), at=LOADED_AT)
    yield counts
    with django_db_blocker.unblock():
        tables = [model._meta.db_table for model in (AuditChain, AuditEntry, Change, PlaceAlias, Boundary, Place)]
        # Not delete(): PostgreSQL would check every key that points at each of 91,599 rows.
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables, allow_cascade=True))
