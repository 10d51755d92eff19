from datetime import date

import pytest

from balai.base.errors import NotValid
from balai.regions import actions, inputs
from balai.regions.models import Change, Place

DAY = date(2025, 6, 30)
HEADER = "old_code,old_name,new_code,new_name,match\n"
CHANGES = (
    HEADER
    + """\
77.01,KAB. MANDAR LAMA,76.05,Kabupaten Majene,name+parent
77.01.01,Sendana,76.05.03,Sendana,name+parent
77,Mandar Lama,76,Sulawesi Barat,name
77.01.01.1001,Mosso ,76.05.03.1001,Mosso,name+parent
77.01.01.1002,Dhua,76.05.03.1002,Mosso Dhua,name
7701011003,Dhua Kecil,76.05.03.1002,Mosso Dhua,name
,,76.05.03.2024,Limboro Rambu-Rambu,new
77.01.01.2001,Hilang,,,none
"""
)


@pytest.fixture
def load(tree, who, tmp_path):
    def table(text, on=DAY):
        file = tmp_path / "changes.csv"
        file.write_text(text, encoding="utf-8")
        return actions.load_changes(**who, path=file, on=on, source="Kepmendagri 2025")

    return table


def reasons(report, key="unplaced"):
    return [(line, str(said)) for line, said in report[key]]


def test_old_codes_become_ended_places_with_their_parents(load):
    report = load(CHANGES)
    assert report == {"rows": 8, "changes": 8, "retired": 7, "began": 6, "unchanged": 0, "unplaced": []}
    old = Place.objects.get(pk="77.01.01.1001")
    assert (old.parent_id, old.level, old.kind, old.valid_to, old.name) == ("77.01.01", 4, "kelurahan", DAY, "Mosso")
    assert Place.objects.get(pk="77").parent_id is None
    assert Place.objects.get(pk="76.05.03.1001").valid_from == DAY
    kinds = dict(Change.objects.values_list("old", "kind").exclude(old=None))
    assert kinds["77.01.01.1001"] == "recoded"
    assert kinds["77.01.01.1002"] == kinds["77.01.01.1003"] == "merged"
    assert kinds["77.01.01.2001"] == "ended"
    assert Change.objects.get(old=None).kind == "new"
    assert Change.objects.get(old="77.01").certain is True
    assert Change.objects.get(old="77").certain is False
    assert Place.objects.predecessors("76.05.03.1002", date(2022, 1, 1)) == {"77.01.01.1002", "77.01.01.1003"}


def test_the_same_table_again_changes_nothing(load):
    load(CHANGES)
    assert load(CHANGES) == {"rows": 8, "changes": 0, "retired": 0, "began": 0, "unchanged": 8, "unplaced": []}


def test_a_standing_place_is_ended_with_what_is_below_it_and_a_split_is_told(load, who):
    actions.add_place_below(
        **who, village="76.05.03.1001", kind="rt", name="RT 01", from_on=date(2024, 1, 1), source="x"
    )
    report = load(
        HEADER
        + "76.05.03.1001,Mosso,76.05.06.2006,Ulidang,name\n"
        + "76.05.03.1002,Mosso Dhua,76.05.06.2003,Tallambalao,name\n"
        + "76.05.03.1002,Mosso Dhua,76.05.06.2004,Seppong,name\n"
    )
    assert (report["changes"], report["retired"], report["unplaced"]) == (3, 2, [])
    assert Place.objects.get(pk="76.05.03.1001").valid_to == DAY
    assert Place.objects.get(pk="76.05.06.2006.T001").name == "RT 01"
    assert set(Change.objects.filter(old="76.05.03.1002").values_list("kind", flat=True)) == {"split"}


def test_what_cannot_be_placed_is_reported_and_the_rest_applied(load):
    load(HEADER + ",,76.05.03.2024,Limboro,new\n")
    report = load(
        HEADER
        + "77,Lama,99,Entah,name\n"
        + "78.01,Kabupaten Lama,76.05,Majene,name\n"
        + "76.05,Majene,76.04,Polewali Mandar,name\n"
        + "76.05.03.2024,Limboro,76.05.03.1001,Mosso,name\n"
        + "79,Provinsi Lama,76,Sulawesi Barat,name\n"
    )
    assert reasons(report) == [
        (2, "kode 99 tidak ada di pohon wilayah"),
        (3, "wilayah atasan 78 tidak ada di pohon maupun di berkas"),
        (4, "kode 76.05 masih punya wilayah berlaku yang tidak disebut di berkas"),
        (5, "kode 76.05.03.2024 baru berlaku sejak 2025-06-30"),
    ]
    assert report["changes"] == 1
    later = load(HEADER + "79,Provinsi Lama,76,Sulawesi Barat,name\n,,76.05.03.2024,Limboro,new\n", date(2026, 1, 1))
    assert [said for _line, said in reasons(later)] == [
        "perubahan 79 sudah tercatat pada 2025-06-30",
        "perubahan 76.05.03.2024 sudah tercatat pada 2025-06-30",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "tidak punya kolom old_code"),
        ("", "tidak punya kolom"),
        (HEADER + "77,Lama,76,Baru,maybe\n", "baris 2"),
        (HEADER + "\n77x,Lama,76,Baru,name\n", "baris 3"),
        (HEADER + ",Lama,,Baru,none\n", "bukan kode wilayah"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_whole(load, text, said):
    with pytest.raises(NotValid) as refusal:
        load(text)
    assert said in str(refusal.value)
    assert not Change.objects.exists()


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "x.csv", tmp_path / "none.csv"):
        with pytest.raises(NotValid):
            inputs.read_changes(path)


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("\ufeffcode;bps_code\n76;76\n;\n76.05;\n", encoding="utf-8")
    assert inputs.read_bps_codes(file) == [(2, "76", "76")]


def test_bps_codes_are_filled_once_and_contradictions_reported(tree, who, tmp_path):
    file = tmp_path / "bps.csv"
    file.write_text("code,bps_code\n76,76\n7605,7601\n76.05.03,7601020\n", encoding="utf-8")
    assert actions.load_bps_codes(**who, path=file)["filled"] == 3
    file.write_text(
        "code,bps_code\n76.05,7601\n76.05,7609\n76.04,7601\n99,99\n76.05.03.1001,123\n76.05.03.1002,76010200x1\n",
        encoding="utf-8",
    )
    report = actions.load_bps_codes(**who, path=file)
    assert (report["rows"], report["filled"], report["unchanged"]) == (6, 0, 1)
    assert reasons(report, "conflicts") == [
        (3, "76.05 sudah punya kode BPS 7601"),
        (4, "kode BPS 7601 sudah dipakai 76.05"),
        (5, "kode 99 tidak ada di pohon wilayah"),
        (6, "“123” bukan kode BPS untuk 76.05.03.1001"),
        (7, "“76010200x1” bukan kode BPS untuk 76.05.03.1002"),
    ]
    assert Place.objects.get(pk="76.05").bps_code == "7601"
