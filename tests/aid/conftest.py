import pytest

from balai.access.models import acting
from tests.aid.numbers import CARD, CHILD, HEAD
from tests.families import register
from tests.families.register import KABUPATEN, KECAMATAN
from tests.people import person, signed_in
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


@pytest.fixture
def office(places):
    """The OPD-KB of the kabupaten, who acts: it writes aid, and what lists say."""
    with acting(register.actor("family_office", register.KABUPATEN)) as actor:
        yield actor


@pytest.fixture
def desk(places):
    """A signed-in PKB of the kecamatan."""
    return signed_in(person("field_officer", KECAMATAN))


@pytest.fixture
def office_desk(places):
    """Signed in at the OPD-KB."""
    return signed_in(person("family_office", KABUPATEN))


@pytest.fixture
def row(places):
    return register.family(people=[register.head(nik=HEAD), register.child(nik=CHILD)], card=CARD)
