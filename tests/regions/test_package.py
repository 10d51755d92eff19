"""The packaged tree and the tool that builds it."""

import gzip
import io
import sys
import tarfile

import pytest

from balai.regions import inputs
from tools import build_regions

TABLES = {
    "provinces": "code,name\n76,Sulawesi Barat\n",
    "regencies": "code,province_code,name\n76.05,76,Kabupaten Majene\n",
    "districts": "code,regency_code,name\n76.05.03,76.05,Sendana\n",
    "villages": 'code,district_code,name\n76.05.03.1001,76.05.03,"Mosso, Lama"\n',
}


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "package.tgz"
    files = {f"package/data/{name}.csv": text for name, text in TABLES.items()}
    with tarfile.open(path, "w:gz") as archive:
        for name, text in {**files, "package/data/LICENSE.md": "# ODbL"}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return path


def test_the_package_is_small_carries_no_time_and_has_its_licence_beside_it():
    packed = (inputs.packaged.DATA / "places.csv.gz").read_bytes()
    assert len(packed) < 1_000_000
    assert packed[4:8] == b"\0\0\0\0"
    assert (
        (inputs.packaged.DATA / "LICENSE.md").read_text(encoding="utf-8").startswith("# Open Database License (ODbL)")
    )
    notice = (inputs.packaged.DATA / "NOTICE.md").read_text(encoding="utf-8")
    assert build_regions.VERSION in notice
    assert build_regions.VERSION in inputs.SOURCE
    codes = [code for code, _name in inputs.packaged_places()]
    assert codes == sorted(codes)


def test_the_same_package_gives_the_same_bytes(package, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build_regions, "LEVELS", dict.fromkeys(TABLES, 1))
    monkeypatch.setattr(sys, "argv", ["build_regions.py", str(package)])
    built = []
    for name in ("one", "two"):
        monkeypatch.setattr(build_regions, "TARGET", tmp_path / name)
        build_regions.main()
        built.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert built[0] == built[1]
    assert gzip.decompress(built[0]["places.csv.gz"]).decode().splitlines()[-1] == '76.05.03.1001,"Mosso, Lama"'
    assert built[0]["LICENSE.md"] == b"# ODbL"
    assert "4 places" in capsys.readouterr().out


def test_a_package_of_another_size_is_not_taken(package):
    with pytest.raises(SystemExit, match="provinces: 1 rows, expected 38"):
        build_regions.read(package)
