"""A snapshot run, one village worked out at once, and a slow obvious twin say the same; nobody can be told from it."""

import sys
from collections import defaultdict
from datetime import date

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.access.models import acting
from balai.base.errors import Refused
from balai.families.models import Family, LastWrite, Person
from balai.indicators.models import Doubt, Run, Value
from balai.indicators.rules import catalogue
from balai.measurements.models import Measurement
from balai.regions.models import Place
from balai.snapshot.actions import living, running
from balai.snapshot.actions.behind import behind
from balai.snapshot.actions.building import pour
from balai.snapshot.actions.running import covered
from balai.snapshot.rules.doubts import DOUBTS
from balai.snapshot.rules.growing import of_measurements
from balai.survey.models import ANSWERS
from balai.survey.rules import Block
from tests import people
from tests.snapshot.conftest import AT, BY, DAY, KABUPATEN, OTHER, PERIOD, VILLAGE

TOTAL = "16"


@pytest.fixture
def ran(register, build, snapshots, tmp_path):
    build()
    return running.run(folder=snapshots / PERIOD, out=tmp_path / "angka")


@pytest.fixture
def figures(ran, tmp_path):
    return of_file(tmp_path / "angka")


def of_file(folder):
    with duckdb.connect() as base:
        rows = base.read_parquet(str(folder / "figures.parquet")).fetchall()
    return {(region, code, bin_): (n, d) for region, code, n, d, bin_ in rows}


def keyed(rows):
    return {(row.region, row.code, row.bin): (row.n, row.d) for row in rows}


def twin(village):
    """A few figures, row by row, as one would count by hand."""
    homes = [one for one in Family.objects.within(village) if one.people.exists()]
    members = list(Person.objects.within(village).filter(born_on__lte=DAY))
    members += list(Person.objects.within(village).filter(born_on__isnull=True))
    development = {one.family_id: one for one in ANSWERS[Block.DEVELOPMENT].objects.within(village).on(DAY)}
    told = {
        "D19": (len(members), len(homes)),
        "D20": (sum(one.relation == 1 and one.sex == 2 for one in members), len(homes)),
        "A13": tuple(
            sum(development[home.pk].worship in codes for home in homes if home.pk in development)
            for codes in ((1,), (1, 2))
        ),
    }
    return {(village, code, None): counts for code, counts in told.items()}


@pytest.mark.django_db
def test_a_village_at_once_says_what_the_snapshot_says(figures):
    for village in (VILLAGE, OTHER):
        found = living.live(by=BY, code=village, on=DAY)
        expected = {key: counts for key, counts in figures.items() if key[0] == village}
        assert keyed(found.rows) == expected
        assert found.closed == frozenset()
        assert len(expected) > 100
        with acting(BY):
            known = twin(village)
        assert {key: expected[key] for key in known} == known
        some = living.live(by=BY, code=village, codes=("D19", "F03", "S01"), on=DAY)
        assert {row.code for row in some.rows} <= {"D19", "F03", "S01"}
        assert keyed(some.rows).items() <= expected.items()


@pytest.mark.django_db
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=st.lists(st.sampled_from(sorted(catalogue().indicators)), min_size=1, max_size=4, unique=True))
def test_any_choice_of_figures_is_worked_out_as_all_of_them(figures, codes):
    some = living.live(by=BY, code=VILLAGE, codes=codes, on=DAY)
    assert keyed(some.rows).items() <= figures.items()


@pytest.mark.django_db
def test_a_village_is_worked_out_anew_once_something_was_written(register, monkeypatch):
    def now(by=BY):
        return living.live(by=by, code=VILLAGE, codes=["D19"], on=DAY)

    first = now()
    assert now() is first
    assert now(people.actor(people.person("cadre", VILLAGE))) is not first
    Person.objects.within(VILLAGE).filter(relation=3).last().delete()
    second = now()
    assert second.rows[0].n == first.rows[0].n - 1
    family = Family.objects.within(VILLAGE).first()
    LastWrite.objects.note([family.pk], entry=10**9, at=AT, by="test")
    assert now() is not second
    monkeypatch.setattr(living, "VILLAGES", 1)
    LastWrite.objects.note([family.pk], entry=2 * 10**9, at=AT, by="test")
    assert now() is now()
    assert len(living._known) == 1


@pytest.mark.django_db
def test_places_above_are_the_sum_of_their_villages(figures):
    added = defaultdict(lambda: [0, 0])
    for (region, code, _bin), (n, d) in figures.items():
        if len(region) == 13 and code in ("D19", "F03"):
            added[code][0] += n
            added[code][1] += d
    for region in ("16.05.01", KABUPATEN, TOTAL, "00"):
        assert {code: list(figures[region, code, None]) for code in added} == added


@pytest.mark.django_db
def test_both_engines_write_the_same(ran, figures, snapshots, tmp_path):
    other = running.run(folder=snapshots / PERIOD, out=tmp_path / "spark", engine="spark", master="local[1]")
    with duckdb.connect() as base:
        rows = base.read_parquet(str(tmp_path / "spark" / "figures.parquet" / "*.parquet")).fetchall()
    assert {(region, code, bin_): (n, d) for region, code, n, d, bin_ in rows} == figures
    assert (other.snapshot, other.rows) == (ran.snapshot, ran.rows)
    assert running.store(by=BY, at=AT, out=tmp_path / "spark")[0].engine == "spark"


@pytest.mark.django_db
def test_without_spark_it_says_what_to_install(ran, snapshots, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "balai.indicators.engines.spark", None)
    with pytest.raises(Refused, match="Pasang tambahan"):
        running.run(folder=snapshots / PERIOD, out=tmp_path / "spark", engine="spark")


@pytest.mark.django_db
def test_stored_figures_say_which_snapshot_and_definitions_they_come_from(ran, figures, tmp_path):
    (run,) = running.store(by=BY, at=AT, out=tmp_path / "angka")
    assert (run.region, run.period, run.snapshot, run.definitions) == (
        KABUPATEN, PERIOD, ran.snapshot, catalogue().digest
    )  # fmt: skip
    here = {code: (n, d) for code, n, d in Value.objects.of(VILLAGE, PERIOD).values_list("code", "n", "d")}
    assert here["F03"] == figures[VILLAGE, "F03", None]
    assert not Value.objects.filter(region=TOTAL).exists()
    running.store(by=BY, at=AT, out=tmp_path / "angka")
    assert Run.objects.count() == 2
    assert Value.objects.filter(region=VILLAGE, code="F03").count() == 1


@pytest.mark.django_db
def test_a_region_counts_as_covered_when_all_its_kabupaten_are_there(tree):
    provinces = Place.objects.filter(level=2).values_list("pk", flat=True)
    south = [code for code in provinces if code.startswith("16.")]
    assert covered(south, DAY) == ["16"]
    assert covered([*south[:2], "81.01"], DAY) == sorted([*south[:2], "81"])
    assert covered(list(provinces), DAY) == [""]


@pytest.mark.django_db
def test_a_snapshot_of_other_definitions_or_months_is_refused(ran, build, snapshots, tmp_path, monkeypatch):
    build(region="16.03", period="2025-10")
    (snapshots / "2025-10" / "16.03").rename(snapshots / PERIOD / "16.03")
    with pytest.raises(Refused, match="beberapa bulan"):
        running.run(folder=snapshots / PERIOD, out=tmp_path / "x")
    path = snapshots / PERIOD / KABUPATEN / "manifest.json"
    path.write_text(path.read_text().replace(catalogue().digest, "0" * 64))
    with pytest.raises(Refused, match="definisi lain"):
        running.run(folder=snapshots / PERIOD / KABUPATEN, out=tmp_path / "x")


@pytest.mark.django_db
def test_what_cannot_be_is_counted_and_not_left_out(register, build, snapshots, tmp_path):
    family = Family.objects.filter(region=VILLAGE).first()
    child = family.people.first()
    Person.objects.filter(pk=child.pk).update(born_on=date(2025, 6, 1), sex=1)
    Measurement.objects.filter(person=child).delete()
    for day, kilos in ((date(2025, 5, 1), 8), (date(2025, 11, 1), 25)):
        Measurement.objects.create(person=child, family=family, region=VILLAGE, measured_on=day, weight_kg=kilos,
                                   source="form", made_at=AT, made_by="test")  # fmt: skip
    Person.objects.filter(region=OTHER).exclude(relation=1).update(born_on=None)
    build()
    doubts = running.run(folder=snapshots / PERIOD, out=tmp_path / "angka").doubts
    running.store(by=BY, at=AT, out=tmp_path / "angka")
    running.store(by=BY, at=AT, out=tmp_path / "angka")
    assert Doubt.objects.counted(KABUPATEN, PERIOD, 5) == {(kind, KABUPATEN): rows for kind, rows in doubts.items()}
    assert Doubt.objects.counted(OTHER, PERIOD, 13).keys() >= {("without_birthday", OTHER)}
    assert ("measured_before_birth", OTHER) not in Doubt.objects.counted(KABUPATEN, PERIOD, 13)
    assert set(doubts) <= set(DOUBTS)
    assert doubts["measured_before_birth"] >= 1
    assert doubts["implausible_scores"] >= 1
    assert doubts["without_birthday"] >= 10


@pytest.mark.django_db
def test_a_kabupaten_without_families_is_told_and_has_no_figure(register, build, snapshots, tmp_path):
    build()
    build(region="16.03")
    ran = running.run(folder=snapshots / PERIOD, out=tmp_path / "angka")
    assert (ran.empty, ran.kabupaten) == (["16.03"], ["16.03", KABUPATEN])
    counted = {
        code: (n, d) for (region, code, _bin), (n, d) in of_file(tmp_path / "angka").items() if region == "16.03"
    }
    assert counted
    assert not counted.keys() & {"D19", "F03", "S01", "S25"}


def test_nobody_gains_or_loses_what_a_slip_of_the_scale_says():
    days = np.array([200.0, 230.0, 260.0])
    given = {
        "child": np.array([1, 1, 1]), "measured": 20000 + days, "days": days, "sex": np.array([1, 1, 1]),
        "weight_kg": np.array([7.5, 20.0, 8.5]), "height_cm": np.full(3, np.nan), "position": np.zeros(3),
        "oedema": np.zeros(3), "head_cm": np.full(3, np.nan), "muac_cm": np.full(3, np.nan),
    }  # fmt: skip
    found = of_measurements(given, DAY)
    assert list(found["waz_flagged"]) == [False, True, False]
    assert (found["gain"][0], found["gain"][1] is np.ma.masked, found["gain"][2]) == ("B", True, "O")


@pytest.mark.django_db
def test_figures_that_rest_on_what_the_reader_may_not_see_are_closed(register, figures):
    head = people.actor(people.person("village_head", VILLAGE))
    found = living.live(by=head, code=VILLAGE, on=DAY)
    assert {"F03", "A13"} <= found.closed
    assert "D19" not in found.closed
    assert not {row.code for row in found.rows} & found.closed
    assert keyed(found.rows).items() <= figures.items()
    stranger = people.actor(people.person("village_head", "81.01.01.2001"))
    assert living.live(by=stranger, code=VILLAGE, codes=("D19",), on=DAY).rows == []


@pytest.mark.django_db
def test_under_the_walls_of_the_database_the_village_is_the_same(register, as_app):
    """On PostgreSQL in the role of the app, to which a query that tells nobody shows nothing."""
    whole = living.live(by=BY, code=VILLAGE, codes=["D19", "F03", "A13"], on=DAY).rows
    officer = people.actor(people.person("family_office", KABUPATEN))
    living._known.clear()
    with as_app():
        assert keyed(living.live(by=officer, code=VILLAGE, codes=["D19", "F03", "A13"], on=DAY).rows) == keyed(whole)
    assert len(whole) == 3


@pytest.mark.django_db
def test_whoever_stands_behind_a_figure_is_as_many_as_it_counts(figures):
    for code in ("D20", "F03"):
        counted, among = behind(by=BY, code=VILLAGE, figure=code, on=DAY)
        assert (len(counted), len(among)) == figures[VILLAGE, code, None]
        assert set(counted) <= set(among)
    here = set(map(str, Family.objects.within(VILLAGE).values_list("pk", flat=True)))
    assert {family for family, _member in among} <= here
    waiting = next(code for code, one in catalogue().indicators.items() if one.waits)
    assert behind(by=BY, code=VILLAGE, figure=waiting, on=DAY) == ([], [])
    assert behind(by=BY, code=VILLAGE, figure="D16.dasar", on=DAY) == ([], [])


@pytest.mark.django_db
def test_no_name_number_or_address_is_in_any_file(register, build, snapshots, tmp_path):
    family = Family.objects.filter(region=VILLAGE).first()
    Family.objects.filter(pk=family.pk).update(address="Jalan Rahasia 77")
    Person.objects.filter(family=family).update(name="Zzyzxbudiman")
    numbers = [one.number for one in family.numbers.all()]
    build()
    running.run(folder=snapshots / PERIOD, out=tmp_path / "angka")
    (tmp_path / "teks").mkdir()
    pour(tmp_path / "teks", KABUPATEN, DAY, numbers_listed=False)  # what stands there until the snapshot is whole
    files = [path for name in ("potret", "angka", "teks") for path in (tmp_path / name).rglob("*") if path.is_file()]
    assert len(files) > 30
    planted = [b"Zzyzxbudiman", b"Jalan Rahasia", *(number.encode() for number in numbers)]
    assert len(planted) > 3
    for path in files:
        whole = path.read_bytes()
        if path.suffix == ".parquet":
            with duckdb.connect() as base:
                whole += repr(base.read_parquet(str(path)).fetchall()).encode()
        assert [word for word in planted if word in whole] == []
