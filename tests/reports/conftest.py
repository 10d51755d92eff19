import pytest
from django.core.cache import caches

from tests.reports import seed


@pytest.fixture(autouse=True)
def _fresh_cache():
    caches["figures"].clear()


@pytest.fixture
def world(db):
    return seed.world()
