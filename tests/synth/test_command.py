"""`balai synth` as an operator calls it: what stands in the files, and what is refused."""

import json

import duckdb
import pytest
from click.testing import CliRunner

from balai.base.errors import Refused
from balai.synth.commands.synth import command

pytestmark = pytest.mark.django_db


def synth(*words):
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)


def test_files_hold_the_population_with_types(tree, tmp_path):
    done = synth(
        "--region",
        "16.05.01",
        "--families",
        300,
        "--on",
        "2025-11-30",
        "--dirt",
        "3%",
        "--out",
        tmp_path / "a",
        "--json",
    )
    rows = json.loads(done.output)
    assert rows["housing"] == 300
    assert rows["families"] >= 300
    files = str(tmp_path / "a" / "members-*.parquet")
    kinds = {row[0]: row[1] for row in duckdb.sql(f"describe select * from '{files}'").fetchall()}
    assert (kinds["id"], kinds["mother"], kinds["born_on"], kinds["name"]) == ("UUID", "UUID", "DATE", "VARCHAR")
    members = duckdb.sql(f"select count(*), count(mother), count(distinct region) from '{files}'").fetchall()[0]
    assert members[0] == rows["members"]
    assert 0 < members[1] < members[0]
    note = json.loads((tmp_path / "a" / "rekaan.json").read_text("utf-8"))
    assert (note["invented"], note["seed"], note["on"]) == (True, 1, "2025-11-30")


def test_it_says_in_words_what_it_wrote(tree, tmp_path):
    done = synth("--region", "16.05.01.2002", "--families", 40, "--out", tmp_path / "b")
    assert done.output.startswith("40 keluarga dan ")
    assert "di 1 desa" in done.output


def test_an_earlier_population_is_not_overwritten(tree, tmp_path):
    synth("--region", "16.05.01.2002", "--families", 5, "--out", tmp_path)
    with pytest.raises(Refused, match="Pilih folder lain"):
        synth("--region", "16.05.01.2002", "--families", 5, "--out", tmp_path)


def test_a_place_that_is_not_there_is_named(tree, tmp_path):
    with pytest.raises(Refused, match=r"99\.99"):
        synth("--region", "99.99", "--families", 5, "--out", tmp_path)


@pytest.mark.parametrize(("dirt", "taken"), [("3%", True), ("2,5 %", True), ("3", False), ("banyak", False)])
def test_dirt_is_written_as_a_percentage(tree, tmp_path, dirt, taken):
    done = synth("--region", "16.05.01.2002", "--families", 5, "--dirt", dirt, "--out", tmp_path)
    assert (done.exit_code == 0) is taken
    assert taken or "misalnya 3%" in done.output
