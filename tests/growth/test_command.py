"""`balai growth score` as somebody calls it: files in, files out."""

import csv
import gc
import json
import sys
import weakref
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.utils import translation

from balai.base.errors import NotValid
from balai.growth.commands import growth
from balai.growth.commands.growth import command
from balai.growth.engines import delimited, parquet

ADDED = ["waz", "haz", "whz", "baz", "hcz", "muacz", "waz_flag", "haz_flag", "whz_flag", "baz_flag", "hcz_flag",
         "muacz_flag", "why"]  # fmt: skip
VILLAGE = """\
no,sex,age_days,weight_kg,height_cm,catatan
007,L,183,6.0,64.0,"dua, baris
satu anak"
08,P,365,7.0,69.0,
9,P,500,15.5,77.0,=1+1
"""


def run(*words):
    return CliRunner().invoke(command, ["score", *map(str, words)], catch_exceptions=False)


def table(path, **how):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file, **how))


@pytest.fixture
def village(tmp_path):
    path = tmp_path / "village.csv"
    path.write_text(VILLAGE, encoding="utf-8")
    return path


@pytest.fixture
def typed(tmp_path):
    path = tmp_path / "village.parquet"
    rows = pa.table(
        {
            "born": pa.array([None, [1, 2], []], pa.list_(pa.int64())),
            "sex": pa.array([1, 2, None], pa.int8()),
            "birth_date": pa.array([date(2024, 1, 1)] * 3, pa.date32()),
            "measured_on": pa.array([date(2024, 12, 31)] * 3, pa.date32()).cast(pa.timestamp("us")),
            "weight_kg": pa.array([Decimal("9.60"), Decimal("7.00"), None], pa.decimal128(5, 2)),
            "height_cm": pa.array([75.0, 69.0, 70.0], pa.float32()),
            "position": pa.array(["l", None, "l"]),
            "oedema": pa.array([False, None, True]),
            "village": pa.array(["16.05.01.2001"] * 3).dictionary_encode(),
        }
    )
    pq.write_table(rows, path)
    return path


def test_rows_pass_through_unchanged_and_get_their_z_scores(village, tmp_path):
    done = run(village, tmp_path / "out.csv")
    rows = table(tmp_path / "out.csv")
    assert [row[:6] for row in rows] == table(village)
    assert rows[0][6:] == ADDED
    assert rows[1][6:] == ["-2.51", "-1.70", "-1.97", "-2.08", "", "", "0", "0", "0", "0", "", "", ""]
    assert rows[3][6:] == ["3.50", "-0.73", "5.41", "5.69", "", "", "0", "0", "1", "1", "", "", ""]
    assert "3 baris tertulis" in done.output
    assert "whz: 3 nilai, 1 di antaranya tidak masuk akal" in done.output
    assert "why" not in done.output


def test_the_separator_the_mark_and_strange_letters_stay(tmp_path):
    path = tmp_path / "excel.csv"
    path.write_bytes(
        b"\xef\xbb\xbfsex;age_months;weight_kg;nama\r\nL;12;9,6;Ren\xe9\r\n\r\nP;12;8,9\r\nP;12;8;a;b;c\r\n"
    )
    run(path, tmp_path / "out.csv")
    lines = (tmp_path / "out.csv").read_bytes().split(b"\n")
    assert lines[0].startswith(b"\xef\xbb\xbfsex;age_months;weight_kg;nama;waz;haz;")
    assert lines[1] == b"L;12;9,6;Ren\xe9;-0.04;;;;;;0;;;;;;"
    assert lines[2] == b"P;12;8,9;;-0.04;;;;;;0;;;;;;"
    assert lines[3] == b"P;12;8;a;-0.92;;;;;;0;;;;;;;b;c"


def test_what_cannot_be_right_is_named_counted_and_kept(tmp_path):
    path = tmp_path / "spoilt.csv"
    path.write_text("sex,age_days,weight_kg,height_cm\n\nL,365,9,0.75\nX,365,9,75\nP,365,9000,74\n" + "L,-1,3,50\n" * 9)
    done = run(path, tmp_path / "out.csv")
    rows = table(tmp_path / "out.csv")[1:]
    assert len(rows) == 12
    assert [row[-1] for row in rows[:4]] == [
        "height_cm: tampaknya dalam meter, bukan sentimeter",
        "sex: harus L atau P (M atau F, 1 atau 2)",
        "weight_kg: tampaknya dalam gram, bukan kilogram",
        "age_days: umur kurang dari nol",
    ]
    assert "12 baris berisi isian yang tidak mungkin benar" in done.output
    assert "kolom height_cm tampaknya dalam meter, bukan sentimeter: 1 baris, mulai baris 3" in done.output
    assert "kolom age_days umur kurang dari nol: 9 baris, mulai baris 6, 7, 8, 9, 10" in done.output
    summary = json.loads(run(path, tmp_path / "out.csv", "--json").output)
    assert (summary["rows"], summary["rows_with_problems"], summary["scores"]["waz"]) == (12, 12, 1)
    assert {"column": "age_days", "why": "umur kurang dari nol", "rows": 9, "first": [6, 7, 8, 9, 10]} in summary[
        "problems"
    ]


def test_what_is_wrong_is_said_in_the_language_of_the_caller(tmp_path):
    (tmp_path / "in.csv").write_text("sex,age_days,weight_kg\nL,365,9000\n")
    with translation.override("en"):
        run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert table(tmp_path / "out.csv")[1][-1] == "weight_kg: seems to be in gram, not kilogram"


def test_kinds_of_parquet_columns_stay(typed, tmp_path):
    run(typed, tmp_path / "out.parquet")
    before, after = pq.read_table(typed), pq.read_table(tmp_path / "out.parquet")
    assert after.schema.names == [*before.schema.names, *ADDED]
    for name in before.schema.names:
        assert after[name].to_pylist() == before[name].to_pylist()
        if name != "village":
            assert after.schema.field(name).type == before.schema.field(name).type
    assert after["waz"].to_pylist() == [-0.04, -2.05, None]
    assert after["haz"].to_pylist() == [-0.31, -1.94, None]
    assert after["waz_flag"].to_pylist() == [False, False, None]
    assert after["why"].to_pylist() == [None, None, "sex: harus L atau P (M atau F, 1 atau 2)"]


def test_parquet_and_csv_give_the_same(village, typed, tmp_path):
    run(village, tmp_path / "a.parquet")
    run(village, tmp_path / "b.csv")
    columns = pq.read_table(tmp_path / "a.parquet").to_pydict()
    rows = table(tmp_path / "b.csv")
    assert list(columns) == rows[0]
    assert columns["no"] == ["007", "08", "9"]
    assert [f"{z:.2f}" for z in columns["whz"]] == [row[rows[0].index("whz")] for row in rows[1:]]
    run(typed, tmp_path / "c.csv")
    rows = table(tmp_path / "c.csv")
    assert rows[2][:9] == ["[1, 2]", "2", "2024-01-01", "2024-12-31 00:00:00", "7.00", "69.0", "", "", "16.05.01.2001"]
    assert rows[2][9:13] == ["-2.05", "-1.94", "-1.45", "-1.24"]


def test_a_file_without_rows_keeps_its_header(tmp_path):
    (tmp_path / "in.csv").write_text("sex,age_days,weight_kg\n")
    run(tmp_path / "in.csv", tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").schema.names == ["sex", "age_days", "weight_kg", *ADDED]
    pq.write_table(pa.table({"sex": ["L"], "age_days": [1], "weight_kg": [3.0]}).slice(0, 0), tmp_path / "in.parquet")
    done = run(tmp_path / "in.parquet", tmp_path / "out.csv")
    assert table(tmp_path / "out.csv") == [["sex", "age_days", "weight_kg", *ADDED]]
    assert "0 baris tertulis" in done.output


def test_the_last_day_can_be_that_of_whos_older_macros(tmp_path):
    (tmp_path / "in.csv").write_text("sex,age_days,weight_kg\nL,1840,18\n")
    run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert table(tmp_path / "out.csv")[1][3] == ""
    run(tmp_path / "in.csv", tmp_path / "out.csv", "--last-day", "1856")
    assert table(tmp_path / "out.csv")[1][3] == "-0.17"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_only_a_few_batches_are_held_whatever_the_length_of_the_file(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "ROWS", 10)
    monkeypatch.setattr(parquet, "ROWS", 10)
    path = tmp_path / f"long.{kind}"
    rows = {"no": list(range(400)), "sex": ["L", "P"] * 200, "age_days": [300] * 400, "weight_kg": [8.5] * 400}
    if kind == "csv":
        path.write_text("\n".join(",".join(map(str, row)) for row in [tuple(rows), *zip(*rows.values(), strict=True)]))
    else:
        pq.write_table(pa.table(rows), path)
    alive, most, real = weakref.WeakSet(), [0], growth.scored

    def watched(batch, header, last_day):
        alive.add(batch)
        gc.collect()
        most[0] = max(most[0], len(alive))
        return real(batch, header, last_day)

    monkeypatch.setattr(growth, "scored", watched)
    run(path, tmp_path / f"out.{kind}")
    if kind == "csv":
        numbers = [int(row[0]) for row in table(tmp_path / "out.csv")[1:]]
    else:
        numbers = pq.read_table(tmp_path / "out.parquet")["no"].to_pylist()
    assert numbers == list(range(400))
    assert 1 <= most[0] <= 8


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("in.xlsx", "", r"in.xlsx harus .csv atau .parquet"),
        ("in.csv", "a,b\n1,2\n", "Kolom sex tidak ada"),
        ("in.csv", "", "Kolom sex tidak ada"),
        ("in.parquet", "not one", "in.parquet tidak terbaca sebagai Parquet"),
        (
            "in.csv",
            "sex,age_days,weight_kg\nL,1,3\nL," + "9" * (1 << 20) + "9,3\n",
            "Baris 3 tidak terbaca sebagai CSV",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_left(name, text, said, tmp_path):
    (tmp_path / name).write_text(text)
    with pytest.raises(NotValid, match=said):
        run(tmp_path / name, tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_column_of_a_strange_kind_is_refused(tmp_path):
    pq.write_table(pa.table({"sex": ["L"], "age_days": [[1]], "weight_kg": [3.0]}), tmp_path / "in.parquet")
    with pytest.raises(NotValid, match="Kolom age_days bukan angka, teks, atau tanggal"):
        run(tmp_path / "in.parquet", tmp_path / "out.parquet")


def test_a_file_is_not_written_onto_itself_nor_as_a_strange_kind(village, tmp_path):
    with pytest.raises(NotValid, match="harus lain dari berkas asal"):
        run(village, village)
    with pytest.raises(NotValid, match=r"out.xls harus .csv atau .parquet"):
        run(village, tmp_path / "out.xls")
    assert village.read_text(encoding="utf-8") == VILLAGE
    assert [path.name for path in tmp_path.iterdir()] == ["village.csv"]


def test_without_pyarrow_parquet_says_what_to_install_and_csv_still_works(village, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "balai.growth.engines.parquet")
    with pytest.raises(NotValid, match="Untuk Parquet pasang juga pyarrow"):
        run(village, tmp_path / "out.parquet")
    assert run(village, tmp_path / "out.csv").exit_code == 0


def test_the_result_is_for_its_owner_alone(village, tmp_path):
    run(village, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0
