"""What the operator types, and what the commands say."""

import json

import pytest
from click.testing import CliRunner

from balai.base.errors import Refused
from balai.snapshot.commands import indicators, snapshot
from tests.snapshot.conftest import KABUPATEN, PERIOD

pytestmark = pytest.mark.django_db


def said(command, *words):
    done = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    return done.output


def test_from_the_register_to_stored_figures(register, tmp_path):
    out, figures = tmp_path / "potret", tmp_path / "angka"
    wanted = ("build", "--region", KABUPATEN, "--period", PERIOD, "--out", out)
    assert said(snapshot.command, *wanted) == "1 kabupaten disusun, 0 tidak berubah, 0 sudah tetap.\n"
    assert json.loads(said(snapshot.command, *wanted, "--json")) == {"made": [], "kept": [], "closed": [KABUPATEN]}
    assert said(snapshot.command, "check", out) == "1 kabupaten, 9 berkas: utuh.\n"
    told = said(indicators.command, "run", "--snapshot", out / PERIOD, "--out", figures)
    assert "keluarga di 1 kabupaten tertulis di" in told
    assert "Diragukan: " in told
    assert "Menunggu care: " in told
    assert "tersimpan" not in told
    stored = said(indicators.command, "run", "--snapshot", out / PERIOD, "--out", figures, "--store")
    assert "angka tersimpan untuk halaman Balai." in stored
    found = json.loads(said(indicators.command, "run", "--snapshot", out / PERIOD, "--out", figures, "--json"))
    assert (found["kabupaten"], found["stored"]) == ([KABUPATEN], 0)


def test_a_kabupaten_without_families_is_named(register, tmp_path):
    out = tmp_path / "potret"
    for region in (KABUPATEN, "16.03"):
        said(snapshot.command, "build", "--region", region, "--period", PERIOD, "--out", out)
    told = said(indicators.command, "run", "--snapshot", out / PERIOD, "--out", tmp_path / "angka")
    assert "Tanpa keluarga, jadi tanpa angka: kabupaten 16.03." in told


def test_the_month_and_the_folder_need_not_be_told(tree, settings, tmp_path):
    settings.HOME = tmp_path
    said(snapshot.command, "build", "--region", "16.03")
    assert len(list((tmp_path / "snapshots").glob("20??-??/16.03/manifest.json"))) == 1


def test_an_invented_population_needs_no_register(invented, tmp_path):
    out = tmp_path / "potret"
    assert "keluarga rekaan tertulis di" in said(snapshot.command, "from-synth", invented, out)
    (out / PERIOD / KABUPATEN / "aid.parquet").write_bytes(b"")
    (out / PERIOD / KABUPATEN / "couples.parquet").unlink()
    with pytest.raises(Refused, match="2 dari 9 berkas"):
        said(snapshot.command, "check", out)
    with pytest.raises(Refused, match="tidak berisi penduduk rekaan"):
        said(snapshot.command, "from-synth", out, out)
