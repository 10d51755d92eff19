"""A measuring is written down, corrected, removed and taken back; by whom, and by whom not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import LastWrite, Person
from balai.families.rules import Relation
from balai.measurements import actions, rules
from balai.measurements.actions.measuring import Doubtful, Twice
from balai.measurements.models import LastSave, Measurement
from tests.facilities.test_actions import facility
from tests.families import register
from tests.families.register import BESIDE, BY, FAR, HERE, KABUPATEN, KECAMATAN, RT1
from tests.measurements.rows import baby, before, facts, measure, now
from tests.people import actor, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def kader(cadre):
    with acting(actor(cadre)) as somebody:
        yield somebody


def record(by, child, ago=0, weight="9.4", height=None, sure=False, place=None, **more):
    given = facts(ago, weight, height, **more)
    return actions.record_measurement(by=by, at=now(), person=child, facts=given, sure=sure, place=place)


def entry(deed):
    return AuditEntry.objects.filter(deed=deed).latest("pk")


def test_a_measuring_stands_there_with_its_trail(child, kader):
    row = record(kader, child, weight="9.45", height="76.5", position="l", oedema=False, muac_cm="14.2", head_cm="45.5")
    row.refresh_from_db()
    assert (row.weight_kg, row.height_cm, row.position, row.oedema) == (Decimal("9.45"), Decimal("76.5"), "l", False)
    assert (row.family_id, row.region, row.source) == (child.family_id, HERE, "form")
    told = entry("measurement.record")
    assert told.change.values["weight_kg"] == [None, "9.45"]
    assert "position" in told.change.values
    assert "child_growth" in told.matters
    assert {one.subject for one in told.touched.all()} == {child.pk, child.family_id}
    assert (row.changed_at, row.changed_by) == (None, None)


def test_measuring_a_child_leaves_what_was_verified_of_its_family(child, kader):
    """A measurement is no answer of the family; the trail alone is told."""
    entry_before = LastWrite.objects.filter(family=child.family_id).values_list("entry", "by")
    before_all = list(entry_before)
    row = record(kader, child)
    facts_now = facts(0, "9.6")
    actions.correct_measurement(by=kader, at=now(), measurement=row, facts=facts_now)
    row.refresh_from_db()
    assert row.changed_by == kader.name
    assert row.changed_at >= row.made_at
    actions.undo_measurement(by=kader, at=now(), person=child)
    row.refresh_from_db()
    assert (row.weight_kg, row.changed_by) == (Decimal("9.40"), kader.name)
    actions.remove_measurement(by=kader, at=now(), measurement=row)
    assert list(entry_before.all()) == before_all
    for deed in ("record", "correct", "undo", "remove"):
        assert entry(f"measurement.{deed}").pk


def test_what_was_not_measured_is_missing_and_not_zero(child, kader):
    row = record(kader, child, weight=None, height="76.5")
    row.refresh_from_db()
    assert (row.weight_kg, row.oedema, row.head_cm, row.position) == (None, None, None, "")
    assert "weight_kg" not in entry("measurement.record").change.values


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ago": -1}, "belum terjadi"),
        ({"ago": 401}, "sebelum anak lahir"),
        ({"weight": None}, "paling sedikit satu"),
        ({"weight": "8600"}, "gram"),
        ({"weight": None, "height": "0.86"}, "meter"),
        ({"position": "x"}, "telentang atau berdiri"),
    ],
)
def test_what_cannot_be_is_refused(child, kader, given, words):
    with pytest.raises(NotValid, match=words):
        record(kader, child, **given)
    assert not Measurement.objects.exists()


def test_twice_on_one_day_is_refused_and_names_what_stands_there(child, kader):
    first = record(kader, child)
    with pytest.raises(Twice) as refused:
        record(kader, child, weight="9.5")
    assert refused.value.row.pk == first.pk
    assert isinstance(refused.value, Refused)


def test_a_strange_value_is_taken_only_from_who_looked_again(child, kader):
    with pytest.raises(Doubtful, match=r"BB/PB"):
        record(kader, child, weight="5.0", height="70.0")
    assert not Measurement.objects.exists()
    assert record(kader, child, weight="5.0", height="70.0", sure=True).pk


@pytest.mark.parametrize(
    ("role", "region", "agency", "may"),
    [
        ("cadre", HERE, "", True),
        ("cadre", BESIDE, "", False),
        ("cadre", RT1, "", False),
        ("field_officer", KECAMATAN, "", False),
        ("family_office", KABUPATEN, "", False),
        ("agency_officer", KABUPATEN, "health", False),
        ("agency_officer", KABUPATEN, "social", False),
        ("village_editor", HERE, "", False),
    ],
)
def test_who_measures_is_who_writes_growth_there(child, role, region, agency, may):
    by = actor(person(role, region, agency))
    with acting(by):
        if may:
            assert record(by, child).pk
            return
        with pytest.raises(NotAllowed):
            record(by, child)


def test_a_companion_measures_the_children_of_its_families_only(child):
    other = baby("Sari Dewi")
    by = actor(person("companion", HERE, families=[child.family_id]))
    with acting(by):
        assert record(by, child).pk
        with pytest.raises(NotAllowed):
            record(by, other)


def test_data_of_somebody_restricted_is_only_kept(child, kader):
    row = record(kader, child)
    with acting(BY):
        Person.objects.filter(pk=child.pk).update(restricted_at=now(), restricted_by="uji")
    told = {"by": kader, "at": now()}
    for deed in (
        lambda: record(kader, child, ago=2),
        lambda: actions.correct_measurement(**told, measurement=row, facts=facts()),
        lambda: actions.remove_measurement(**told, measurement=row),
        lambda: actions.undo_measurement(**told, person=child),
    ):
        with pytest.raises(Refused, match="dibatasi"):
            deed()


def test_a_place_of_another_village_is_not_kept(child, kader):
    with acting(BY):
        here, far = facility(kind="posyandu"), facility(kind="posyandu", region=BESIDE)
    assert record(kader, child, place=here).place_id == here.pk
    assert record(kader, child, ago=1, place=far).place_id is None


def test_a_correction_keeps_what_stood_there_in_the_trail(child, kader):
    row = record(kader, child, weight="9.4", height="76")
    told = actions.correct_measurement(by=kader, at=now(), measurement=row, facts=facts(1, "9.5", "76"))
    assert told.weight_kg == Decimal("9.5")
    values = entry("measurement.correct").change.values
    assert values["weight_kg"] == ["9.40", "9.50"]
    assert set(values) == {"weight_kg", "measured_on"}


def test_a_correction_that_changes_nothing_writes_nothing(child, kader):
    row = record(kader, child)
    row.refresh_from_db()
    actions.correct_measurement(by=kader, at=now(), measurement=row, facts=row.facts)
    assert not AuditEntry.objects.filter(deed="measurement.correct").exists()


def test_a_correction_is_held_to_the_same_rules(child, kader):
    first, row = record(kader, child, ago=5), record(kader, child)
    told = {"by": kader, "at": now(), "measurement": row}
    with pytest.raises(Twice) as twin:
        actions.correct_measurement(**told, facts=facts(5))
    assert twin.value.row.pk == first.pk
    with pytest.raises(NotValid, match="belum terjadi"):
        actions.correct_measurement(**told, facts=facts(-1))
    with pytest.raises(Doubtful):
        actions.correct_measurement(**told, facts=facts(0, "5.0", "70"))


def test_a_row_out_of_sight_is_neither_corrected_nor_removed(child):
    row = measure(child)
    by = actor(person("cadre", FAR))
    with acting(by):
        for deed in (actions.remove_measurement, lambda **told: actions.correct_measurement(**told, facts=facts())):
            with pytest.raises(NotAllowed):
                deed(by=by, at=now(), measurement=row)


def undo(by, child, at=None):
    actions.undo_measurement(by=by, at=at or now(), person=child)


def test_what_was_recorded_is_taken_back(child, kader):
    record(kader, child)
    undo(kader, child)
    assert not Measurement.objects.exists()
    assert entry("measurement.undo").detail == {"undone": "measurement.record"}
    with pytest.raises(Refused, match="Tidak ada simpanan"):
        undo(kader, child)


def test_what_was_corrected_is_as_before(child, kader):
    row = record(kader, child, weight="9.4")
    actions.correct_measurement(by=kader, at=now(), measurement=row, facts=facts(0, "9.9"))
    undo(kader, child)
    row.refresh_from_db()
    assert row.weight_kg == Decimal("9.40")


def test_what_was_removed_comes_back(child, kader):
    row = record(kader, child, weight="9.4", muac_cm="14.0", oedema=False)
    row.refresh_from_db()
    actions.remove_measurement(by=kader, at=now(), measurement=row)
    assert entry("measurement.remove").change.values["weight_kg"] == ["9.40", None]
    undo(kader, child)
    assert Measurement.objects.get().facts == row.facts


def test_what_was_removed_comes_back_where_the_child_lives_now(child, kader):
    row = record(kader, child)
    actions.remove_measurement(by=kader, at=now(), measurement=row)
    register.moved(child.family, RT1, at=now())
    undo(kader, child)
    assert Measurement.objects.get().region == RT1


def test_nothing_comes_back_onto_a_day_that_was_taken(child, kader):
    row = record(kader, child)
    actions.remove_measurement(by=kader, at=now(), measurement=row)
    measure(child, weight="9.8")
    with pytest.raises(Twice):
        undo(kader, child)


def test_only_the_own_and_newest_save_is_taken_back_and_only_within_a_day(child, kader, cadre):
    record(kader, child, ago=1)
    record(kader, child)
    assert LastSave.objects.count() == 1
    with pytest.raises(Refused, match="Tidak ada simpanan"):
        undo(kader, child, at=timezone.now() + rules.UNDO_FOR + timedelta(minutes=1))  # noqa: TID251
    undo(kader, child)
    assert Measurement.objects.get().measured_on == before(1)
    other = actor(person("cadre", HERE))
    with acting(other), pytest.raises(Refused, match="Tidak ada simpanan"):
        undo(other, child)


def test_a_row_that_somebody_changed_since_is_not_taken_back(child, kader):
    row = record(kader, child)
    with acting(BY):
        actions.correct_measurement(by=BY, at=now(), measurement=row, facts=facts(0, "9.9"))
    with pytest.raises(Refused, match="sudah berubah"):
        undo(kader, child)


def test_the_measurements_go_with_the_child(child):
    row = measure(child)
    register.moved(child.family, RT1, at=now())
    with acting(BY):
        assert Measurement.objects.get(pk=row.pk).region == RT1


@pytest.mark.parametrize(
    "wrong",
    [{"weight_kg": None}, {"weight_kg": Decimal("0.8")}, {"height_cm": Decimal(151)}, {"position": "x"}],
    ids=str,
)
def test_the_database_takes_no_row_that_cannot_be(child, wrong):
    given = {"weight_kg": Decimal(9), "position": ""} | wrong
    with acting(BY), pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.create(
            person=child, family=child.family, region=HERE, measured_on=before(0), source="form", made_at=now(),
            made_by="uji", **given,
        )  # fmt: skip


def test_somebody_who_left_is_not_measured(child, kader):
    register.left(child.family, at=now())
    with pytest.raises(Refused, match="tidak tinggal"):
        record(kader, child)


def test_the_head_of_a_family_is_no_child(child, kader):
    with acting(BY):
        head = Person.objects.get(family=child.family, relation=Relation.HEAD)
    with pytest.raises(NotValid, match="5 tahun"):
        record(kader, head)
