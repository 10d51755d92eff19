from datetime import UTC, date, datetime

import pytest

from balai.access.rules import OPERATOR, Actor, operator
from balai.regions.models import Place
from balai.villages import actions

AT = datetime(2025, 12, 5, 3, tzinfo=UTC)
VILLAGES = ("76.05.03.2024", "76.05.03.2025", "76.05.04.1001", "61.04.01.2001")


@pytest.fixture
def by():
    return operator("uji")


@pytest.fixture
def stranger():
    """Somebody who may do everything, in another kabupaten."""
    return Actor(name="tetangga", role=OPERATOR, ranges=(("61.04", "61.04/"),))


@pytest.fixture
def at():
    return AT


@pytest.fixture
def places(db):
    """Four villages and what stands above them."""
    codes = sorted({code[:length] for code in VILLAGES for length in (2, 5, 8, 13)}, key=len)
    for code in codes:
        Place.objects.create(
            code=code, level=code.count(".") + 1, kind="desa", name=f"Tempat {code}", search_name=f"TEMPAT {code}",
            parent_id=code.rpartition(".")[0] or None, source="uji",
        )  # fmt: skip
    return {code: Place.objects.get(code=code) for code in VILLAGES}


@pytest.fixture
def kampung(places, by, at):
    return actions.register_kampung(
        by=by, at=at, village=VILLAGES[0], name="Mekar", founded_earliest=date(2020, 3, 1),
        founded_latest=date(2020, 3, 1), source="uji",
    )  # fmt: skip
