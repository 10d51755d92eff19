import pytest

from balai.access.models import acting
from tests.families import register
from tests.reports import seed


@pytest.fixture
def places(db):
    """Nine regions and 30 villages; two RT below the first village."""
    return register.places(seed.places())


@pytest.fixture
def officer(places):
    """A PKB of the kecamatan of the first twelve villages, who acts."""
    with acting(register.actor("field_officer", register.KECAMATAN)) as actor:
        yield actor
