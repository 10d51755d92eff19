"""Snapshots are made whole or not at all, kept while nothing was written, and stay once their month has ended."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import psycopg
import pytest
from django.db import DatabaseError, connection
from django.db.models import BigIntegerField, Case, Value, When
from django.db.models.functions import Abs

from balai.access.models import AuditEntry, acting
from balai.access.rules import Actor, Permission, Role
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import Family, IdentityNumber, Person
from balai.indicators.rules import catalogue
from balai.measurements.actions import correct_measurement
from balai.measurements.models import Measurement, under_fives
from balai.measurements.rules import Facts
from balai.regions.models import Place
from balai.snapshot import actions
from balai.snapshot.actions import checking, inventing, making
from balai.snapshot.actions.building import LOCK, OLD, PART, before, half, kabupaten, manifest_of
from balai.snapshot.models.pouring import consistent, pour_out
from balai.snapshot.rules.manifest import digest
from balai.snapshot.rules.raw import raw_tables
from balai.snapshot.rules.sources import BEFORE, sources
from tests.snapshot.conftest import AT, BY, DAY, KABUPATEN, PERIOD, VILLAGE

LATER = DAY + timedelta(days=5)
ANOTHER = "16.03"  # nobody of the invented population lives there


def bytes_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


@pytest.mark.django_db
def test_what_was_made_is_kept_while_nothing_was_written(register, build, snapshots):
    assert build() == ([KABUPATEN], [], [])
    whole = snapshots / PERIOD / KABUPATEN
    first, told = bytes_of(snapshots), manifest_of(whole)
    assert build() == ([], [KABUPATEN], [])
    assert manifest_of(whole) == told
    assert (told.as_of, told.closed, told.families) == (DAY, False, Family.objects.count())
    assert digest([told]) == digest([manifest_of(whole)])
    assert checking.check(snapshots).broken == []
    assert AuditEntry.objects.filter(deed="snapshot.build").count() == 2
    assert first == bytes_of(snapshots)


@pytest.mark.django_db
def test_only_kabupaten_in_which_something_was_written_are_made_again(register, build, snapshots):
    build(region="16")
    person = Person.objects.filter(family__region=VILLAGE).first()
    person.delete()
    made = build(region="16")
    assert made.made == [KABUPATEN]
    assert ANOTHER in made.kept


@pytest.mark.django_db
def test_rows_that_left_are_noticed(register, build):
    build()
    family = Family.objects.filter(region=VILLAGE).first()
    Family.objects.filter(pk=family.pk).update(region="16.03.01.2001")
    assert build().made == [KABUPATEN]


@pytest.mark.django_db
def test_a_measurement_that_is_corrected_is_noticed(register, build):
    """Its correction tells LastWrite nothing, and neither the number of rows nor when they were made changes."""
    row = Measurement.objects.filter(person__in=under_fives(VILLAGE, DAY)).order_by("pk").first()
    told = Facts(row.measured_on, row.weight_kg, row.height_cm, row.position, muac_cm=Decimal("14.1"))
    build()
    correct_measurement(by=BY, at=AT, measurement=row, facts=told, sure=True)
    assert build().made == [KABUPATEN]


@pytest.mark.django_db
def test_what_no_table_says_makes_nothing_anew(register, build):
    build()
    Person.objects.filter(family__region=VILLAGE).update(name="Nama Lain")
    assert build().kept == [KABUPATEN]


@pytest.mark.django_db
def test_those_at_risk_before_are_part_of_what_is_compared(register, build, snapshots):
    build()
    build(period="2025-05", on=DAY)
    assert build().made == [KABUPATEN]


GONE_ON_WITH = {
    "what the killed run made is not read again": (AT.isoformat(), {}, "kept"),
    "what an earlier run made is": ((AT + timedelta(minutes=1)).isoformat(), {}, "made"),
    "a run of the day before is over": (AT.isoformat(), {"at": AT + timedelta(days=1)}, "made"),
    "a month that ended meanwhile is read once more": (AT.isoformat(), {"on": LATER}, "made"),
    "a note that was cut off tells nothing": (AT.isoformat()[:15], {}, "made"),
    "nor does one that the disk lost": ("\0" * 32, {}, "made"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("began", "now", "outcome"), GONE_ON_WITH.values(), ids=GONE_ON_WITH)
def test_a_run_that_was_killed_is_gone_on_with(register, build, snapshots, began, now, outcome):
    build()
    Person.objects.first().delete()
    (snapshots / LOCK).write_text(began)
    assert getattr(build(**{"at": AT + timedelta(hours=1)} | now), outcome) == [KABUPATEN]


@pytest.mark.django_db
def test_a_run_that_ended_leaves_nothing_to_go_on_with(register, build, snapshots):
    (snapshots / "2025-05" / KABUPATEN).mkdir(parents=True)
    broken = snapshots / "2025-05" / KABUPATEN / "families.parquet"
    broken.write_bytes(b"x")
    with pytest.raises(duckdb.Error):
        build()
    assert (snapshots / LOCK).read_text() == ""
    broken.unlink()
    assert build().made == [KABUPATEN]
    assert (snapshots / LOCK).read_text() == ""


@pytest.mark.django_db
def test_every_file_stands_in_its_order(register, build, table):
    build()
    for name, raw in raw_tables().items():
        keys = [[(row[key] is None, row[key]) for key in raw.order] for row in table(name)]
        assert keys == sorted(keys), name
    assert len(table("children")) > 1


@pytest.mark.django_db
def test_rows_out_of_order_are_put_in_order(tmp_path):
    with making.opened(DAY, tmp_path) as base:
        for name, columns in (sources() | {"before": BEFORE}).items():
            base.execute(f"CREATE TEMP TABLE {name} ({', '.join(f'{one} {kind}' for one, kind in columns.items())})")
        tables = making.with_source(catalogue().tables)
        making.make_raw(base, tables)
        base.execute("INSERT INTO raw_events (village, kind) VALUES ('16.05.01.2003', 'death'), (NULL, 'birth'),"
                     " ('16.05.01.2002', 'death'), ('16.05.01.2002', 'birth')")  # fmt: skip
        making.grow(base, DAY)
        told = making.complete(base, tables, DAY, tmp_path)
        found = base.execute("SELECT village, kind FROM events").fetchall()
    assert found == [
        ("16.05.01.2002", "birth"),
        ("16.05.01.2002", "death"),
        ("16.05.01.2003", "death"),
        (None, "birth"),
    ]
    assert told["events"].rows == len(found)


@pytest.mark.django_db
def test_a_number_of_two_is_found_in_one_pass_over_all_and_one_by_one(register, build, table):
    first, second = IdentityNumber.objects.filter(kind="nik").order_by("pk")[:2]
    IdentityNumber.objects.filter(pk=second.pk).update(blind=first.blind)
    build()
    one_by_one = {row["member"]: row["nik_shared"] for row in table("members")}
    build(region="16", period="2025-10", on=DAY)
    at_once = {row["member"]: row["nik_shared"] for row in table("members", period="2025-10")}
    both = one_by_one.keys() & at_once.keys()
    assert {one: one_by_one[one] for one in both} == {one: at_once[one] for one in both}
    assert at_once[str(first.person_id)]
    assert at_once[str(second.person_id)]
    assert not all(at_once.values())


@pytest.mark.django_db
def test_a_kabupaten_without_families_has_empty_tables(tree, build, snapshots, table):
    build(region=ANOTHER)
    assert table("families", code=ANOTHER) == []
    assert table("children", code=ANOTHER) == []
    assert len(table("villages", code=ANOTHER)) > 100
    assert manifest_of(snapshots / PERIOD / ANOTHER).families == 0


@pytest.mark.django_db
def test_a_month_that_ended_stays_as_it_was(register, build, snapshots):
    build()
    first = bytes_of(snapshots)
    assert build(on=LATER) == ([], [KABUPATEN], [])
    assert manifest_of(snapshots / PERIOD / KABUPATEN).closed
    Person.objects.first().delete()
    assert build(on=LATER) == ([], [], [KABUPATEN])
    assert bytes_of(snapshots) == first


@pytest.mark.django_db
def test_what_was_made_of_a_month_before_it_ended_is_made_once_more_after_it(register, build, snapshots):
    build()
    Person.objects.first().delete()
    assert build(on=LATER).made == [KABUPATEN]
    Person.objects.first().delete()
    assert build(on=LATER).closed == [KABUPATEN]


@pytest.mark.django_db
def test_a_second_run_at_the_same_moment_refuses(tree, build, snapshots):
    snapshots.mkdir()
    with (snapshots / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="sedang disusun oleh proses lain"):
            build()
    assert build().made == [KABUPATEN]


@pytest.mark.django_db
def test_what_a_killed_run_left_is_put_right(register, build, snapshots):
    build()
    first, folder = bytes_of(snapshots), snapshots / PERIOD
    (folder / KABUPATEN).rename(folder / (KABUPATEN + OLD))
    (folder / (KABUPATEN + PART) / "teks").mkdir(parents=True)
    assert build().kept == [KABUPATEN]
    assert bytes_of(snapshots) == first
    (folder / (KABUPATEN + OLD)).mkdir()
    assert build().kept == [KABUPATEN]
    assert sorted(path.name for path in folder.iterdir()) == [KABUPATEN]


@pytest.mark.django_db
def test_what_fails_while_the_next_kabupaten_is_read_ends_the_run(register, build, snapshots):
    broken = snapshots / "2025-05" / KABUPATEN / "families.parquet"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"x")
    with pytest.raises(duckdb.Error):
        build(region="16")
    there = {path.name for path in (snapshots / PERIOD).iterdir()}
    assert ANOTHER in there
    assert KABUPATEN not in there
    broken.unlink()
    again = build(region="16")
    assert ANOTHER in again.kept
    assert KABUPATEN in again.made
    assert sorted(again.made + again.kept) == kabupaten("16", DAY)
    assert [path for path in (snapshots / PERIOD).iterdir() if PART in path.name] == []


@pytest.mark.django_db
def test_only_the_operator_builds_and_only_what_there_is(tree, build):
    guest = Actor("guest", Role("guest", frozenset({Permission.CLASSIFY})))
    with pytest.raises(NotAllowed):
        build(by=guest)
    with pytest.raises(NotValid, match="belum mulai"):
        build(period="2025-12")
    with pytest.raises(NotValid, match="satu kabupaten"):
        build(region=VILLAGE)
    with pytest.raises(NotValid, match="tidak dikenal"):
        build(region="99")


@pytest.mark.django_db
def test_those_at_risk_before_come_from_an_earlier_half_year(register, build, snapshots, table):
    build(period="2025-05", on=DAY)
    assert before(snapshots, KABUPATEN, "2025-06") is None
    build()
    assert (half("2025-06"), half("2025-07")) == ("2025-1", "2025-2")
    then = {row["family"]: row["krs"] for row in table("families", folder=_period(snapshots, "2025-05"))}
    assert {row["family"]: row["krs_before"] for row in table("families")} == {
        row["family"]: then.get(row["family"]) for row in table("families")
    }
    assert any(known is not None for known in then.values())


def _period(snapshots, period):
    """The `table` fixture reads one month; another stands beside it."""
    beside = snapshots.parent / f"beside-{period}"
    beside.mkdir()
    (beside / PERIOD).symlink_to(snapshots / period)
    return beside


@pytest.mark.django_db
def test_a_changed_file_is_found(register, build, snapshots):
    build()
    path = snapshots / PERIOD / KABUPATEN / "couples.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    (snapshots / PERIOD / KABUPATEN / "aid.parquet").unlink()
    found = checking.check(snapshots)
    assert sorted(found.broken) == [
        f"{PERIOD}/{KABUPATEN}/aid.parquet",
        f"{PERIOD}/{KABUPATEN}/couples.parquet",
    ]
    assert checking.check(snapshots / PERIOD / KABUPATEN).files == found.files
    with pytest.raises(Refused, match="tidak berisi potret"):
        checking.check(snapshots / PERIOD / KABUPATEN / PART)


KILLED = """
import sys, time
from pathlib import Path
from balai.snapshot.actions import inventing
from datetime import datetime, UTC
whole = inventing.finish
def slowly(base, part, *rest):
    told = whole(base, part, *rest)
    print("before the swap", flush=True)
    time.sleep(60)
    return told
inventing.finish = slowly
inventing.from_synth(at=datetime.now(UTC), folder=Path(sys.argv[1]), out=Path(sys.argv[2]))
"""


def test_a_killed_run_leaves_nothing_half_and_the_next_one_finishes(invented, tmp_path):
    out = tmp_path / "potret"
    setup = "import django; django.setup()\n"
    child = subprocess.Popen(
        [sys.executable, "-c", setup + KILLED, invented, out], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
    )  # fmt: skip
    assert child.stdout.readline() == "before the swap\n"
    with pytest.raises(Refused):
        inventing.from_synth(at=AT, folder=invented, out=out)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert not (out / PERIOD / KABUPATEN).exists()
    assert (out / PERIOD / (KABUPATEN + PART)).exists()
    begun = time.monotonic()
    assert inventing.from_synth(at=AT, folder=invented, out=out) >= 50
    assert checking.check(out).broken == []
    assert sorted(path.name for path in (out / PERIOD).iterdir()) == [KABUPATEN]
    assert time.monotonic() - begun < 60


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_sees_one_moment_outside_a_transaction(tree_places, invented, tmp_path):
    """Readers hold no writer up: the queries stand in a transaction of their own, which ends with them."""
    from balai.regions.actions import load_places
    from balai.synth.actions import load

    load_places(by=BY, at=AT, places=tree_places)
    with acting(BY):
        load(by=BY, at=AT, folder=invented, progress=lambda _families: None)
        built = actions.build(
            by=BY, at=AT, on=date(2025, 11, 30), folder=tmp_path / "p", period=PERIOD, region=KABUPATEN
        )
    assert built.made == [KABUPATEN]
    assert not connection.in_atomic_block


@pytest.mark.django_db
def test_without_a_region_every_kabupaten_is_meant(tree):
    assert set(kabupaten("", DAY)) >= {KABUPATEN}


@pytest.mark.django_db
def test_a_query_that_breaks_in_the_middle_is_no_short_file(tree, tmp_path):
    last = Place.objects.order_by("pk").last().pk
    too_much = Case(When(pk=last, then=Value(-(2**63))), default=Value(0), output_field=BigIntegerField())
    with consistent(), pytest.raises((DatabaseError, psycopg.Error), match="overflow|out of range"):
        pour_out(Place.objects.order_by("pk").values_list("pk", Abs(too_much)), 2, tmp_path / "short.csv")


@pytest.mark.django_db
def test_a_query_that_can_find_nothing_writes_an_empty_file(tree, tmp_path):
    with consistent():
        pour_out(Place.objects.none().values_list("pk"), 1, tmp_path / "none.csv")
    assert (tmp_path / "none.csv").read_bytes() == b""
