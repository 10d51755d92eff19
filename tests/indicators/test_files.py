"""Files of declarations: every mistake is told with file, line and what may be meant."""

from datetime import date

import pytest
from click.testing import CliRunner

from balai.indicators.commands.definitions import check, export
from balai.indicators.rules import catalogue, mistakes
from balai.indicators.rules.reading import FOLDER, read

TABLE = """[table]
name = "couples"
about = "-"
about_en = "-"
row = "-"
keys = ["family", "member"]

[column]
born_on = { type = "date", about = "-", about_en = "-" }
water = { type = "int", about = "-", about_en = "-", codes = "1-8; 9 lain" }

[derived.age]
type = "int"
about = "-"
about_en = "-"
is = "years_between(as_of, born_on)"

[derived.young]
type = "bool"
about = "-"
about_en = "-"
is = "age < {youngest}"
"""
PARAMETERS = """[youngest]
about = "-"
about_en = "-"
source = "-"
values = [{ from = 2022-01-01, is = 20 }, { from = 2024-01-01, is = 19 }]
"""
HEALTH = """[F03]
name_id = "-"
name_en = "-"
means_id = "-"
means_en = "-"
counted_id = "-"
counted_en = "-"
of_id = "-"
of_en = "-"
unit = "percent"
direction = "up"
levels = "desa"
source = "-"
basis = "confirmed"
since = 2026-01-01
table = "couples"
among = "age >= 15"
counted = "young"
"""
GOOD = {"promised/couples.toml": TABLE, "promised/parameters.toml": PARAMETERS, "catalogue/health.toml": HEALTH}


@pytest.fixture
def folder(tmp_path):
    def write(**changed):
        """The good files; `couples="old=>new"` changes one of them."""
        for name, text in GOOD.items():
            old, _arrow, new = changed.get(name.split("/")[1].removesuffix(".toml"), "").partition("=>")
            assert old in text
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
        return tmp_path

    return write


def told(folder):
    found, reading = read(folder)
    return [str(mistake) for mistake in mistakes(found, reading)]


def test_good_files_are_read(folder):
    found, reading = read(folder())
    assert mistakes(found, reading) == []
    assert list(found.tables["couples"].complete) == [
        "village", "rt", "as_of", "family", "member", "born_on", "water", "age", "young",
    ]  # fmt: skip
    assert found.indicator("F03").place == "health.toml:1"
    assert [found.parameters_on(date(year, 6, 1)) for year in (2021, 2023, 2025)] == [
        {}, {"youngest": 20}, {"youngest": 19},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("couples", 'row = "-"=>row = "-"\nrows = "-"', "couples.toml:6: kunci “rows” tidak dikenal. (“row”?)"),
        ("couples", "=>[[broken", "couples.toml:23: berkas TOML tidak dapat dibaca:"),
        ("couples", "[column]=>[column", "couples.toml:8: berkas TOML tidak dapat dibaca:"),
        ("couples", 'is = "age < {youngest}"\n=>is = """age', "couples.toml:22: berkas TOML tidak dapat dibaca:"),
        ("couples", "[table]=>colum = 1\n[table]", "couples.toml:1: kunci “colum” tidak dikenal. (“column”?)"),
        ("couples", "[table]\n=>[tabel]\n", "couples.toml:1:"),
        ("health", "=>parts.a = { x = 1 }", "health.toml:19: kunci “x” tidak dikenal."),
        ("couples", "=>[colum]\nx = 1", "couples.toml:23: kunci “colum” tidak dikenal. (“column”?)"),
        (
            "couples",
            '9 lain" }=>9 lain", item_no = "P.23" }',
            "couples.toml:10: kunci “item_no” tidak dikenal. (“item”?)",
        ),
        ("couples", 'type = "date"=>type = "day"', "couples.toml:9: isian tidak sah:"),
        ("couples", "[derived.age]=>[derived.water]", "couples.toml:12: kolom “water” sudah ada."),
        ("couples", "[derived.age]=>[derived.Age]", "couples.toml:12: “Age” bukan nama yang dapat dipakai."),
        (
            "couples",
            '[derived.age]\ntype = "int"=>[derived.age]\ntype = "bool"',
            "couples.toml:12: “age” dinyatakan bool, tetapi ungkapannya int.",
        ),
        (
            "couples",
            "years_between(as_of, born_on)=>age",
            "couples.toml:12: kolom turunan saling bergantung: age → age.",
        ),
        (
            "couples",
            "age < {youngest}=>agee < 1",
            "couples.toml:18 [young]: tidak ada kolom “agee” di tabel couples. (“age”?)",
        ),
        ("couples", "[table]=>x = 1\n[table]", "couples.toml:1: kunci “x” tidak dikenal."),
        ("couples", "[table]=>[table", "couples.toml:1: berkas TOML tidak dapat dibaca:"),
        ("couples", 'name = "couples"\n=>', "couples.toml:1: isian tidak sah:"),
        ("parameters", "[youngest]=>[Youngest]", "parameters.toml:1: “Youngest” bukan nama yang dapat dipakai."),
        ("parameters", "is = 20=>is = 2.5", "parameters.toml:5: isian tidak sah:"),
        ("health", "[F03]=>[F3]", "health.toml:1: “F3” bukan nama yang dapat dipakai."),
        (
            "health",
            'counted = "young"=>counted = "yung"',
            "health.toml:1 [F03] counted: tidak ada kolom “yung” di tabel couples. (“young”?)",
        ),
        ("health", 'table = "couples"=>table = "couple"', "health.toml:1: tidak ada tabel “couple”. (“couples”?)"),
        ("health", 'counted = "young"=>count = "young"', "health.toml:18: kunci “count” tidak dikenal. (“counted”?)"),
        ("health", '=>beside = ["F3"]', "health.toml:1: tidak ada indikator “F3”. (“F03”?)"),
        ("health", '=>value = "age"\nhow = "mean"', "health.toml:1 [F03]: “counted” tidak cocok dengan kunci lainnya."),
        ("health", '=>how = "mean"', "health.toml:1 [F03]: “how” tidak cocok dengan kunci lainnya."),
        ("health", '=>over = "age"', "health.toml:1 [F03]: “over” tidak cocok dengan kunci lainnya."),
        ("health", "=>scale = 0", "health.toml:1 [F03]: “scale” tidak cocok dengan kunci lainnya."),
        (
            "health",
            'counted = "young"=>against = "young"',
            "health.toml:1 [F03]: “against” tidak cocok dengan kunci lainnya.",
        ),
        ("health", '=>parts = { A = { counted = "young" } }', "health.toml:1: “A” bukan nama yang dapat dipakai."),
        (
            "health",
            '=>parts = { a = { count = "young" } }',
            "health.toml:19: kunci “count” tidak dikenal. (“counted”?)",
        ),
        ("health", '=>formula = "F03 +"', "health.toml:1: rumus “F03 +” tidak dapat dibaca."),
        ("health", '=>formula = "2 * F04"', "health.toml:1: tidak ada indikator “F04”. (“F03”?)"),
        ("health", '=>formula = "2 * F03"', "health.toml:1: rumus memakai “F03”, yang tidak dihitung dari tabel."),
        ("health", '=>formula = "2 * F03.x"', "health.toml:1: tidak ada indikator “F03.x”. (“F03”?)"),
    ],
)
def test_a_mistake_in_a_file_is_told(folder, file, change, said):
    found = told(folder(**{file: change}))
    assert any(one.startswith(said) for one in found), found


def test_one_code_stands_in_one_file(folder):
    place = folder()
    (place / "catalogue" / "data.toml").write_text(HEALTH, encoding="utf-8")
    assert told(place) == ["health.toml:1: kode “F03” sudah ada."]


def test_a_programme_that_is_not_ours_comes_last(folder):
    place = folder()
    (place / "catalogue" / "another.toml").write_text(HEALTH.replace("[F03]", "[A01]"), encoding="utf-8")
    assert list(read(place)[0].indicators) == ["F03", "A01"]


def test_a_broken_file_of_the_catalogue_is_told(folder):
    place = folder()
    (place / "catalogue" / "data.toml").write_text("[F09", encoding="utf-8")
    assert [one.split(":")[0] for one in told(place)] == ["data.toml"]


def test_an_empty_folder_has_nothing(tmp_path):
    found, reading = read(tmp_path)
    assert (found.tables, found.indicators, reading) == ({}, {}, [])


def test_check_tells_every_mistake(folder):
    done = CliRunner().invoke(check, ["--folder", str(folder(health='counted = "young"=>counted = "yung"'))])
    assert done.exit_code == 2
    assert "health.toml:1 [F03] counted: tidak ada kolom “yung” di tabel couples. (“young”?)" in done.output
    assert "1 kesalahan." in done.output


def test_check_says_that_all_is_well():
    done = CliRunner().invoke(check)
    assert done.exit_code == 0, done.output
    assert (
        f"{len(catalogue().indicators)} indikator dan {len(catalogue().tables)} tabel tanpa kesalahan." in done.output
    )


def test_export_prints_every_definition():
    done = CliRunner().invoke(export, ["--json"])
    found = __import__("json").loads(done.output)
    assert [one["code"] for one in found["indicators"]] == list(catalogue().indicators)
    assert {"konsep", "definisi", "klasifikasi", "ukuran", "satuan"} <= set(found["indicators"][0])
    assert found["definitions"] == catalogue().digest == read(FOLDER)[0].digest


def test_numbers_in_force_on_any_past_day_fit_the_expressions():
    """Every change of a number is checked, not only the newest."""
    found = catalogue()
    days = {value.since for one in found.parameters.values() for value in one.values}
    assert len(days) >= 1
    newest = set(found.parameters_on(date.max))
    assert {name for day in days for name in found.parameters_on(day)} == newest
