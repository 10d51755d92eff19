from datetime import date

import pytest

from balai.accounts.models import AuditEntry
from balai.accounts.rules import operator
from balai.regions import actions
from balai.regions.models import Change, Place, PlaceAlias
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
        for model in (AuditEntry, Change, PlaceAlias, Place):
            rows = model.objects.all()
            rows._raw_delete(rows.db)
