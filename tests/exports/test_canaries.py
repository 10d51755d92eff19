"""The family that is nobody's: in every file with names, told again by whoever holds the keys, and nowhere else."""

import csv
from datetime import date
from io import BytesIO

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from balai.access.models import acting, unscoped
from balai.exports import actions
from balai.exports.actions import planting
from balai.exports.models import Export
from balai.exports.rules import SHEETS
from balai.exports.rules.canaries import Draw, among, can_be_planted, invented, marks
from balai.families.models import Family, Person
from balai.families.rules import Sex
from balai.vault.models import Canary
from balai.vault.rules.canaries import codes_in, of_birth, of_home, of_name
from tests import people
from tests.exports import taking
from tests.exports.taking import as_, asked, is_planted, wish, written
from tests.families import register
from tests.families.register import AT, BESIDE, BY, HERE

ON = date(2026, 11, 22)
SEEDS = st.binary(min_size=64, max_size=64)
ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.integers()), max_size=12)
BIRTHS = st.dates(date(1920, 1, 1), ON)
MEMBER = {
    "family": "f", "person": "p", "called": "Siti", "name": "Siti", "sex": 2, "born_on": date(1990, 5, 17),
    "address": "Jalan Melati 4", "place": "Desa", "relation": 1, "since_on": None, "no_nik": "newborn",
}  # fmt: skip


@pytest.fixture
def officer(places):
    return taking.account(name="Bu Ratna")


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:-2]


def test_its_numbers_look_like_numbers_and_can_be_nobodys():
    for seed in range(200):
        cells = invented(bytes([seed] * 64), "members", HERE, MEMBER, ON)
        for number, raised in ((cells["nik_full"], 40), (cells["card_full"], 0)):
            area, day, month, serial = number[:6], int(number[6:8]), int(number[8:10]), int(number[12:])
            assert (len(number), area) == (16, HERE.replace(".", "")[:6])
            assert day - raised == 31
            assert month in (4, 6, 9, 11)
            assert 0 < serial < 100
        assert cells["nik"].endswith(cells["nik_full"][-4:])


@given(SEEDS, BIRTHS)
def test_its_day_is_of_the_same_month_and_not_later(seed, born):
    cells = invented(seed, "members", HERE, MEMBER | {"born_on": born}, ON)
    assert cells["born_on"] <= born
    assert (cells["born_on"].year, cells["born_on"].month) == (born.year, born.month)
    assert cells["nik_full"][10:12] == f"{born.year % 100:02d}"


@given(SEEDS)
def test_who_it_is_is_drawn_and_the_rest_is_as_beside_it(seed):
    cells = invented(seed, "members", HERE, MEMBER, ON)
    assert cells["called"] == cells["name"] != "Siti"
    assert len(cells["name"].split()) == 3
    assert {cells[key] == MEMBER[key] for key in ("place", "relation", "sex", "since_on")} == {True}
    assert {cells[key] == MEMBER[key] for key in ("family", "person", "address", "no_nik")} == {False}
    assert cells["no_nik"] is None


def test_a_child_is_not_called_as_its_head():
    cells = invented(bytes(64), "members", HERE, MEMBER | {"called": "Budi"}, ON)
    assert cells["called"] != cells["name"]


def test_rows_of_whole_families_name_one_head_alone():
    cells = invented(bytes(64), "aid", HERE, {"family": "f", "called": "Siti", "name": None, "person": None}, ON)
    assert cells["called"]
    assert (cells["name"], cells["person"]) == (None, None)
    assert not {text for text in marks(cells, HERE, SHEETS["aid"].columns) if text.startswith("born")}


def test_where_nothing_is_told_of_anybody_it_is_named_all_the_same():
    cells = invented(bytes(64), "events", HERE, {"called": None, "name": None}, ON)
    assert cells["called"] == cells["name"]


def test_answers_about_contraception_are_a_womans():
    women = {
        invented(bytes([seed] * 64), "survey_planning", HERE, {"name": "x", "called": "y"}, ON)["nik_full"][6:8]
        for seed in range(40)
    }
    assert women == {"71"}
    either = {invented(bytes([seed] * 64), "aid", HERE, {"name": "x"}, ON)["nik_full"][6:8] for seed in range(40)}
    assert either == {"31", "71"}


def test_the_sex_of_the_row_beside_it_is_kept():
    given_sex = MEMBER | {"sex": Sex.MALE}
    assert invented(bytes(64), "members", HERE, given_sex, ON)["nik_full"][6:8] == "31"


@given(ROWS, st.integers(0, 15))
def test_it_stands_once_behind_a_whole_family_and_changes_nothing_else(rows, spot):
    given_rows = [(village, family, {"n": value}) for village, family, value in rows]
    found = list(among(given_rows, spot, lambda village, beside: ("canary", village, beside)))
    planted = [place for place, one in enumerate(found) if isinstance(one, tuple)]
    assert len(planted) == (1 if rows else 0)
    assert [one for one in found if isinstance(one, dict)] == [cells for *_whose, cells in given_rows]
    for place in planted:
        _canary, village, beside = found[place]
        chosen = given_rows[min(spot, len(rows) - 1)]
        assert (village, beside) == (chosen[0], chosen[2])
        assert place == len(rows) or given_rows[place - 1][1] != given_rows[place][1]


def test_only_what_stands_in_the_file_is_kept_of_it():
    cells = invented(bytes(64), "members", HERE, MEMBER, ON)
    columns = {one.key: one for one in SHEETS["members"].columns}
    assert marks(cells, HERE, [columns["name"], columns["born_on"]]) == {
        of_name(cells["name"]), of_home(cells["name"], HERE), of_birth(cells["name"], cells["born_on"])
    }  # fmt: skip
    assert marks(cells, HERE, [columns["called"]]) == {of_name(cells["name"]), of_home(cells["name"], HERE)}
    assert marks(cells, HERE, [columns["nik_full"], columns["person"]]) == {cells["nik_full"], cells["person"]}
    assert marks(cells, HERE, [columns["nik"], columns["sex"]]) == set()
    assert not can_be_planted([columns["nik"], columns["sex"], columns["address"]])
    assert can_be_planted([columns["called"]])


def test_draws_are_the_same_every_time_and_as_wide_as_asked():
    draws = [Draw.of(b"x").below(7), Draw.of(b"x").below(7)]
    assert draws[0] == draws[1]
    code = Draw.of(b"x").code()
    assert codes_in(f"Kode {code.upper()}.") == {code}
    assert {Draw.of(bytes([seed])).below(3) for seed in range(50)} == {0, 1, 2}


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", sorted(set(SHEETS) - {"visits"}))
def test_every_list_with_names_has_one_row_of_nobody(officer, folder, sheet):
    taking.home()
    taking.home("Dewi Anggraini")
    columns = [one.key for one in SHEETS[sheet].columns_for(people.actor(officer)) if not one.key.endswith("_full")]
    export = written(officer, wish(sheet, columns=columns), folder)
    if export.closed:
        assert Canary.objects.filter(source=export.pk).exists()
        return
    rows = rows_of(folder / export.file)
    assert [is_planted(row) for row in rows].count(True) == 1
    assert (export.rows, Export.objects.get().written) == (len(rows) - 1, len(rows) - 1)


@pytest.mark.django_db
def test_it_is_in_every_form_of_file(officer, folder):
    taking.home()
    for kind in ("csv", "xlsx", "parquet"):
        export = asked(officer, wish("members", columns=("name", "born_on", "sex"), format=kind))
        with as_(officer) as by:
            actions.write_export(by=by, at=AT, export=export, folder=folder, name=kind, password="x")
    with duckdb.connect() as base:
        parquet = base.execute("SELECT * FROM read_parquet(?)", [str(folder / "parquet")]).fetchall()
    sheet = (
        CalamineWorkbook.from_filelike(BytesIO((folder / "xlsx").read_bytes())).get_sheet_by_index(0).to_python()[1:]
    )
    for rows in (rows_of(folder / "csv"), sheet, parquet):
        assert [is_planted(row) for row in rows].count(True) == 1
        assert len(rows) == 3


@pytest.mark.django_db
def test_it_is_in_no_table_of_the_register_and_in_no_count(officer, folder):
    taking.home()
    export = written(officer, wish("members", columns=("name", "person", "family")), folder)
    row = next(row for row in rows_of(folder / export.file) if is_planted(row))
    with unscoped("a test looks everywhere"):
        assert not Person.objects.filter(name=row[2]).exists()
        assert not Family.objects.filter(pk__in=codes_in(" ".join(row))).exists()
        assert Person.objects.count() == 2
    assert (export.persons, export.rows, Export.objects.get().written) == (2, 2, 2)
    with as_(officer):
        assert Export.objects.filter(account=officer.pk).persons() == 2


@pytest.mark.django_db
def test_a_file_that_names_nobody_has_none(officer, folder):
    taking.home()
    export = written(officer, wish("members", columns=("sex", "relation", "nik")), folder)
    assert len(rows_of(folder / export.file)) == 2
    assert not Canary.objects.exists()


@pytest.mark.django_db
def test_written_again_it_is_the_same_and_of_another_file_another(officer, folder):
    taking.home()
    export = asked(officer, wish("members", columns=("name", "person")))
    with as_(officer) as by:
        for name in ("satu", "dua"):
            actions.write_export(by=by, at=AT, export=export, folder=folder, name=name, password="x")
            Export.objects.update(state="writing")
            (folder / name).rename(folder.parent / name)
    first, second = ([row for row in rows_of(folder.parent / name) if is_planted(row)] for name in ("satu", "dua"))
    assert first == second
    assert Canary.objects.count() == 3  # the code, the name, the name at home; the day of birth is not in the file
    other = written(officer, wish("members", columns=("name", "person")), folder)
    assert [row for row in rows_of(folder / other.file) if is_planted(row)] != first


@pytest.mark.django_db
def test_it_bears_nobodys_name_and_nobodys_number(officer, folder):
    taking.home()
    export = asked(officer, wish("members", columns=("name", "nik")))
    taken = {}

    def drawn(number):
        seed = planting.derived(f"canary {export.pk} {number}")
        return invented(seed, "members", HERE, MEMBER, AT.date())

    with acting(BY):
        register.family(people=[register.head(name=drawn(0)["name"].upper())])
        register.family(people=[register.head(nik=drawn(1)["nik_full"])])
        register.family(people=[register.head()], card=drawn(2)["card_full"])
        Canary.objects.plant(register.head_of(Family.objects.first()).pk, [of_name(drawn(3)["name"])], AT)
        texts = marks(drawn(4), HERE, export.known_columns)
        taken = {number: planting._is_anybody(export, drawn(number), HERE) for number in range(5)}
        assert taken == {0: True, 1: True, 2: True, 3: True, 4: False}
        cells = planting._plant(export, HERE, MEMBER, AT)
    assert cells["name"] == drawn(4)["name"]
    assert Canary.objects.planted(texts) == dict.fromkeys(texts, export.pk)


@pytest.mark.django_db
def test_in_a_list_of_several_villages_it_is_of_the_village_around_it(officer, folder):
    taking.home()
    taking.home(region=BESIDE)
    export = written(officer, wish(region=register.KECAMATAN, columns=("called", "region")), folder)
    rows = rows_of(folder / export.file)
    here = next(place for place, row in enumerate(rows) if is_planted(row))
    assert rows[here][1] in {rows[here - 1][1], HERE, BESIDE}
    name = rows[here][0]
    assert Canary.objects.planted([of_home(name, rows[here][1][:13])])
