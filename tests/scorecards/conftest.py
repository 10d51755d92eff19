import pytest

from tests.people import person, signed_in
from tests.reports import seed as places
from tests.scorecards import seed


@pytest.fixture
def world(db):
    return seed.world()


@pytest.fixture
def bare(db):
    """Places without a single figure."""
    return places.places()


@pytest.fixture
def officer(world):
    """A PKB of the first kecamatan."""
    return signed_in(person("field_officer", seed.KECAMATAN))


@pytest.fixture
def office(world):
    """The OPD-KB of the kabupaten."""
    return signed_in(person("family_office", seed.KABUPATEN))


@pytest.fixture
def nation(world):
    return signed_in(person("nation", ""))
