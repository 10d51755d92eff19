import pytest

from tests.families import register
from tests.families.register import HERE
from tests.measurements.rows import baby
from tests.people import person, signed_in
from tests.reports import seed


@pytest.fixture
def places(db):
    return register.places(seed.places())


@pytest.fixture
def child(places):
    """A boy of 400 days."""
    return baby()


@pytest.fixture
def cadre(places):
    return person("cadre", HERE)


@pytest.fixture
def desk(cadre):
    """A signed-in kader of the village."""
    return signed_in(cadre)
