import json

import pytest
from click.testing import CliRunner

from balai.base.errors import NotValid
from balai.intake.commands import imports, template
from balai.intake.models import Batch
from tests.intake.sheets import fill

pytestmark = pytest.mark.django_db


def run(command, *arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments], catch_exceptions=False)


def test_siga_prints_its_counts_its_months_and_where_the_report_is(tree, folder, tmp_path):
    report = tmp_path / "r.csv"
    where = [folder("data_gati.csv", "data_kkb.csv"), "--exported-on", "2025-12-05", "--report", report]
    tried = run(imports.command, "siga", *where, "--dry-run")
    assert "Percobaan saja" in tried.stdout
    done = run(imports.command, "siga", *where)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["berkas", "baris", "diterapkan", "tetap", "ditolak", "menunggu", "kosong", "ditandai"]
    assert lines[3].split() == ["Jumlah", "936", "936", "0", "0", "0", "0", "0"]
    assert "SEPTEMBER = 2025-09" in done.stdout
    assert "tanpa bulan = 2025-11" in done.stdout
    assert f"Tersimpan sebagai impor {Batch.objects.get().pk}" in done.stdout
    assert str(report) in done.stdout
    assert "Tidak ada yang baru" in run(imports.command, "siga", *where).stdout
    assert report.exists()


def test_siga_as_json(tree, folder, tmp_path):
    place = folder("data_gati.csv")
    done = run(imports.command, "siga", place, "--exported-on", "2025-12-05", "--report", tmp_path / "r.csv", "--json")
    told = json.loads(done.stdout)
    assert (told["rows"], told["applied"], told["new"]) == (624, 624, True)
    assert told["files"][0]["register"] == "gati"


def test_a_folder_that_cannot_be_read_is_a_refusal(tree, tmp_path):
    with pytest.raises(NotValid, match="tidak ada"):
        run(imports.command, "siga", tmp_path / "x", "--exported-on", "2025-12-05", "--report", tmp_path / "r.csv")


def test_a_blank_form_of_a_region_is_filled_and_taken(tree, tmp_path):
    form = tmp_path / "form.xlsx"
    assert "4 desa" in run(template.command, "profile", "--region", "76.01.10", form).stdout.replace("(", "")
    assert "0 desa" in run(template.command, "profile", tmp_path / "blank.xlsx").stdout
    row = {"code": "76.01.10.2001", "from_on": "2025-01-01", "founded_on": "2018-01-01", "pokja": "ya"}
    done = run(imports.command, "profile", fill(form, profile=[row]), "--report", tmp_path / "r.csv", "--json")
    assert json.loads(done.stdout)["applied"] == 2
    again = run(imports.command, "profile", form, "--report", tmp_path / "r.csv").stdout
    assert "Tidak ada yang baru" in again
    assert "Bulan dibaca" not in again


def test_a_form_that_cannot_be_written_is_a_refusal(tree, tmp_path):
    with pytest.raises(NotValid, match="tidak dapat ditulis"):
        run(template.command, "profile", tmp_path / "nowhere" / "form.xlsx")


@pytest.mark.parametrize("command", [imports.command, template.command])
def test_each_group_has_help(command):
    assert run(command, "--help").exit_code == 0
