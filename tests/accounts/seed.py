"""The few regions and days of these tests."""

from datetime import UTC, date, datetime

from balai.regions.models import Place
from tests.reports import seed

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
VILLAGE, SIBLING, FAR = "16.05.01.2002", "16.05.01.2003", "16.05.02.2002"
RT = VILLAGE + ".T001"


def lay_out():
    """Villages in four kecamatan of two provinces, and one RT."""
    seed.places()
    Place.objects.create(
        code=RT, level=5, kind="rt", name="RT 01", search_name="RT 01", parent_id=VILLAGE, source="uji"
    )
