import csv
import io
import json

import pytest
from click.testing import CliRunner

from balai.base.errors import NotValid
from balai.classification.commands.classify import Bar, command
from tests.classification.conftest import OTHER, VILLAGE
from tests.classification.test_classifying import full

HEADER = ("code,name,period,rules,input,process,output,class,pokja,funds,poktan,facilities,companion_regulation,"
          "data_use,mechanisms,agencies,participation,cpr,mkjp,unmet")  # fmt: skip


def call(*options):
    return CliRunner().invoke(command, ["--period", "2025-11", "--rules", "balai-2026", *options])


def test_the_file_has_the_agreed_columns(world, tmp_path):
    full(world)
    world.kampung(OTHER)
    out = tmp_path / "kelas.csv"
    result = call("--region", "76.05", "--out", str(out))
    assert result.exit_code == 0, result.exception
    assert out.read_bytes().decode("utf-8") == "\n".join((
        HEADER,
        f"{VILLAGE},Mosso,2025-11,balai-2026,3.40,3.33,3.50,Berkelanjutan,4,3,4,3,3,3,4,3,3,4,4,3",
        f"{OTHER},Limboro,2025-11,balai-2026,,,,,,,,,,,,,,,,",
        "",
    ))  # fmt: skip
    assert list(tmp_path.iterdir()) == [out]
    assert "2 desa dihitung" in result.stdout


def test_a_dash_prints_the_table(world):
    full(world)
    result = call("--out", "-", "--figures", "reported")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["class"] for row in rows] == ["Berkelanjutan"]


def test_a_summary_for_scripts(world, tmp_path):
    full(world)
    told = json.loads(call("--out", str(tmp_path / "a.csv"), "--json").stdout)
    assert (told["villages"], told["changed"], told["figures"]) == (1, 1, "plausible")
    beside = call("--out", "-", "--json")
    assert json.loads(beside.stderr)["changed"] == 0


def test_nothing_to_classify_is_said(world, tmp_path):
    result = call("--region", "16", "--out", str(tmp_path / "a.csv"))
    assert isinstance(result.exception, NotValid)
    assert "wilayah 16" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(world, tmp_path):
    full(world)
    result = call("--out", str(tmp_path / "none" / "a.csv"))
    assert "tidak ada" in str(result.exception)


def test_a_file_that_cannot_be_finished_leaves_nothing(world, tmp_path, monkeypatch):
    full(world)

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr("balai.classification.commands.classify.os.replace", broken)
    result = call("--out", str(tmp_path / "a.csv"))
    assert isinstance(result.exception, OSError)
    assert list(tmp_path.iterdir()) == []


def test_progress_ends_with_the_last_part(capsys):
    bar = Bar()
    bar(1, 2)
    bar(2, 2)
    assert bar.bar.disable or bar.bar.n == 2


@pytest.mark.parametrize("missing", ["--out", "--rules", "--period"])
def test_every_needed_option_is_asked_for(missing):
    options = {"--out": "-", "--rules": "balai-2026", "--period": "2025-11"}
    given = [part for name, value in options.items() if name != missing for part in (name, value)]
    assert CliRunner().invoke(command, given).exit_code == 2
