import pytest

from tests.families import register
from tests.reports import seed


@pytest.fixture
def places(db):
    """Nine regions and 30 villages; two RT below the first village."""
    return register.places(seed.places())
