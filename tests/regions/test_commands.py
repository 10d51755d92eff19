import json

import pytest
from click.testing import CliRunner

from balai.base.errors import NotValid
from balai.regions import actions, inputs
from balai.regions.commands.regions import command
from balai.regions.models import Place


@pytest.fixture
def run(tree):
    def invoke(*arguments, code=0):
        result = CliRunner().invoke(command, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.stdout

    return invoke


def test_the_tree_is_loaded_from_the_package(run, monkeypatch, tree_places):
    monkeypatch.setattr(inputs, "packaged_places", lambda: iter([*tree_places[:-1], ("77", "Baru")]))
    said = run("load")
    assert "1 baru, 0 berganti nama" in said
    assert "1 wilayah tidak ada lagi" in said
    assert json.loads(run("load", "--json"))["added"] == 0


def test_a_search_answers_with_the_path_of_each_place(run, who, day):
    assert "76.05.03.1001  Mosso · kelurahan, Sendana, Kabupaten Majene, Sulawesi Barat" in run(
        "search", "mosso", "sendana"
    )
    assert run("search", "tidak ada sama sekali") == "Tidak ada wilayah yang cocok.\n"
    found = json.loads(run("search", "mosso", "--within", "76.05", "--limit", 1, "--json"))
    assert found[0]["within"] == ["Sendana", "Kabupaten Majene", "Sulawesi Barat"]
    actions.end_place(**who, code="76.05.03.1001", on=day, reason="x")
    assert "(berakhir 2025-07-01)" in run("search", "mosso", "sendana")


def test_a_place_is_shown_with_its_history(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "old_code,old_name,new_code,new_name,match\n75,Lama,76,Baru,name\n99,x,98,y,name\n", encoding="utf-8"
    )
    said = run("changes", table, "--on", "2025-06-30", "--source", "Kepmendagri")
    assert "2 baris: 1 perubahan dicatat, 1 kode lama diakhiri, 0 sudah ada." in said
    assert "baris 3: kode 98 tidak ada di pohon wilayah" in said
    shown = run("show", "76")
    assert "2025-06-30 recoded: 75 → 76 (perlu diperiksa)" in shown
    assert "Berlaku: 2025-06-30 – …" in shown
    assert json.loads(run("show", "7605031001", "--json"))["children"] == 0
    report = json.loads(run("changes", table, "--on", "2025-06-30", "--source", "Kepmendagri", "--json"))
    assert report["unplaced"] == [{"line": 3, "reason": "kode 98 tidak ada di pohon wilayah"}]


def test_a_day_that_is_none_is_refused(run, tmp_path):
    table = tmp_path / "t.csv"
    table.touch()
    run("changes", table, "--on", "30-06-2025", "--source", "x", code=2)


def test_an_unknown_code_is_refused(run):
    with pytest.raises(NotValid):
        run("show", "99.99")


def test_bps_codes_and_aliases_are_filled_in(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("code,bps_code\n76.05,7601\n" + "99,99\n" * 25, encoding="utf-8")
    said = run("bps", table)
    assert "26 baris: 1 diisi, 0 sudah sama." in said
    assert "Bertentangan, tidak diisi: 25" in said
    assert "… dan 5 lagi" in said
    assert json.loads(run("bps", table, "--json"))["unchanged"] == 1
    assert run("alias", "76", "Sulbar") == "Nama lain dicatat.\n"
    assert run("alias", "76", "SULBAR", "--source", "x") == "Nama itu sudah dikenal.\n"
    assert json.loads(run("alias", "76", "Mandar Raya", "--json")) == {"added": True}
    assert Place.objects.search("sulbar")[0].aliases.get(name="Sulbar").source == "operator"


def test_boundaries_are_loaded_and_what_is_left_over_is_told(run, tmp_path):
    square = {"type": "Polygon", "coordinates": [[[119, -3], [119.1, -3], [119.1, -2.9], [119, -3]]]}
    features = [
        {"properties": {"code": "76.05"}, "geometry": square},
        {"properties": {"name": "Entah"}, "geometry": square},
        {"properties": {"code": "76.04"}, "geometry": None},
    ]
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    said = run("boundaries", file)
    assert "1 wilayah cocok: 1 disimpan, 0 tidak berubah." in said
    assert "bidang ke-2: – Entah" in said
    assert "Bentuk tidak dapat digambar: 1" in said
    report = json.loads(run("boundaries", file, "--source", "BIG", "--json"))
    assert report["unmatched"] == [{"position": 2, "code": "", "name": "Entah"}]
    assert Place.objects.get(pk="76.05").boundary.source == "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features[:1]}), encoding="utf-8")
    assert run("boundaries", file) == "1 wilayah cocok: 0 disimpan, 1 tidak berubah.\n"
