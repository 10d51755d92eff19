import pytest
from django.core.cache import cache

from tests.reports import seed


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def world(db):
    return seed.world()
