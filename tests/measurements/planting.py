"""Rows of this room that the tests of the rights of persons look for (tests/privacy/planted.py)."""

from uuid import uuid4

from balai.measurements.models import LastSave, Measurement
from tests.families.register import AT


def plant(family, person):
    where = {"family": family, "person": person, "region": family.region}
    Measurement.objects.create(
        **where, measured_on=AT.date(), weight_kg="8.6", height_cm="71.5", position="l", oedema=False, head_cm="44",
        muac_cm="13.5", source="form", made_at=AT, made_by="uji", changed_at=AT, changed_by="uji",
    )  # fmt: skip
    kept = LastSave(**where, account=uuid4(), saved_at=AT)
    kept.hold("measurement.record", {"after": {"weight_kg": "8.60"}})
    kept.save(force_insert=True)
