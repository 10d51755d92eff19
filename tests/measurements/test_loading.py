"""Measurements by the thousand, held to what a form holds one to."""

from decimal import Decimal
from uuid import uuid4

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import LastWrite, Person
from balai.measurements import actions
from balai.measurements.actions import loading
from balai.measurements.models import Measurement
from tests.families.register import BESIDE, BY, HERE
from tests.measurements.rows import baby, before, measure, now
from tests.people import actor, person

pytestmark = pytest.mark.django_db


def row(child, ago=0, **more):
    return {
        "person": child.pk, "family": child.family_id, "region": child.region, "measured_on": before(ago),
        "weight_kg": Decimal("9.40"), **more,
    }  # fmt: skip


def load(*rows, by=BY, **more):
    with acting(by):
        return actions.load_measurements(by=by, at=now(), rows=iter(rows), **more)


def test_rows_stand_there_as_they_came(child):
    other, batch = baby("Sari Dewi", region=BESIDE), uuid4()
    told = {"height_cm": Decimal("76.5"), "position": "l", "oedema": False, "source": "invented"}
    written = list(LastWrite.objects.order_by("pk").values_list("family", "entry"))
    assert load(row(child, **told), row(child, 30), row(other), batch=batch) == 3
    with acting(BY):
        found = Measurement.objects.get(person=child, measured_on=before(0))
        assert (found.weight_kg, found.height_cm, found.position) == (Decimal("9.40"), Decimal("76.5"), "l")
        assert (found.oedema, found.source, found.head_cm) == (False, "invented", None)
        assert Measurement.objects.get(person=other).source == "file"
        assert list(LastWrite.objects.order_by("pk").values_list("family", "entry")) == written
    entries = AuditEntry.objects.filter(deed="measurement.load", subject=str(batch)).order_by("region")
    assert [(one.region, one.detail["rows"]) for one in entries] == [(HERE, 2), (BESIDE, 1)]


def test_nothing_is_nothing():
    assert load() == 0


def test_chunk_by_chunk_is_the_same(child, monkeypatch):
    monkeypatch.setattr(loading, "AT_ONCE", 2)
    assert load(*(row(child, ago) for ago in range(5))) == 5
    with acting(BY):
        assert Measurement.objects.count() == 5


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weight_kg": Decimal(8600)}, "Baris 2: .*gram"),
        ({"measured_on": before(500)}, "Baris 2: .*sebelum anak lahir"),
        ({"measured_on": before(-1)}, "Baris 2: .*belum terjadi"),
        ({"measured_on": before(0)}, "Baris 2: .*sudah tercatat"),
        ({"person": uuid4()}, "Baris 2: .*Tanggal lahir"),
    ],
)
def test_one_bad_row_stops_the_load_and_is_named(child, wrong, words):
    with pytest.raises(NotValid, match=words):
        load(row(child), row(child, 3) | wrong)
    with acting(BY):
        assert not Measurement.objects.exists()


def test_a_day_that_stands_there_is_not_written_again(child):
    measure(child)
    with pytest.raises(NotValid, match="sudah tercatat"):
        load(row(child))


def test_a_strange_value_is_taken(child):
    assert load(row(child, weight_kg=Decimal(5), height_cm=Decimal(70))) == 1


def test_data_of_somebody_restricted_is_not_loaded(child):
    with acting(BY):
        Person.objects.filter(pk=child.pk).update(restricted_at=now(), restricted_by="uji")
    with pytest.raises(Refused, match="dibatasi"):
        load(row(child))


@pytest.mark.parametrize(("role", "region"), [("cadre", BESIDE), ("field_officer", HERE)])
def test_who_does_not_measure_there_loads_nothing(child, role, region):
    by = actor(person(role, region))
    with pytest.raises(NotAllowed):
        load(row(child), by=by)
