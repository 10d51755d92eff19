import pytest

from balai.access.models import acting
from tests.families import register
from tests.reports import seed


@pytest.fixture
def places(db):
    """Nine regions and 30 villages; two RT below the first village."""
    return register.places(seed.places())


@pytest.fixture
def cadre(places):
    """A kader of the village, who acts."""
    with acting(register.actor("cadre", register.HERE)) as actor:
        yield actor
