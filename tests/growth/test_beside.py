"""Parquet to Parquet: what only passes through is copied, byte for byte, and everybody can read the result."""

import io
import json
import struct
from datetime import timedelta

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.base.errors import NotValid
from balai.growth.commands.growth import command
from balai.growth.engines import beside, compact

ROWS = 700
KINDS = {
    "id": pa.array(range(ROWS), pa.int16()),
    "sex": pa.array(["L", "P"] * (ROWS // 2)).dictionary_encode(),
    "age_days": pa.array([30 + 2 * n for n in range(ROWS)], pa.int32()),
    "weight_kg": pa.array([3.5 + n / 50 for n in range(ROWS)]),
    "height_cm": pa.array([None if n % 7 == 0 else 55 + n / 10 for n in range(ROWS)], pa.float32()),
    "lists": pa.array([[n] * (n % 3) for n in range(ROWS)], pa.list_(pa.int64())),
    "lasts": pa.array([timedelta(seconds=n) for n in range(ROWS)], pa.duration("s")),
    "nested": pa.array([{"a": n, "b": [str(n)]} for n in range(ROWS)]),
    "village": pa.array([f"16.05.01.20{n % 9:02d}" for n in range(ROWS)], pa.large_string()),
}  # fmt: skip


def run(source, out):
    done = CliRunner().invoke(command, ["score", str(source), str(out), "--json"], catch_exceptions=False)
    return json.loads(done.output)


def told(path):
    with path.open("rb") as file:
        return beside.footer(file)


def bytes_of(path):
    data = path.read_bytes()
    return [data[group.begin : group.end] for group in beside.copyable(told(path))]


@pytest.fixture(autouse=True)
def small_groups(monkeypatch):
    monkeypatch.setattr(beside, "LEAST", 1)


@pytest.fixture
def wide(tmp_path):
    path = tmp_path / "wide.parquet"
    pq.write_table(pa.table(KINDS), path, row_group_size=300, write_page_index=True)
    return path


@pytest.fixture
def of_duckdb(tmp_path):
    path = tmp_path / "duckdb.parquet"
    duckdb.sql(
        "SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'L' ELSE 'P' END AS sex, i % 1800 AS age_days,"
        " (4 + i % 9)::DECIMAL(5, 2) AS weight_kg, 50 + (i % 70) AS height_cm, 'x' || (i % 5) AS village"
        " FROM range(5000) AS r(i)"
    ).write_parquet(str(path), row_group_size=2048)
    return path


@pytest.fixture(params=["wide", "of_duckdb"])
def source(request):
    return request.getfixturevalue(request.param)


def rewritten(source, out, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(beside, "MOST", 0)
        return run(source, out) | {"out": ""}


def test_the_bytes_of_every_group_are_copied(source, tmp_path):
    assert len(bytes_of(source)) == 3
    run(source, tmp_path / "out.parquet")
    both = zip(bytes_of(source), bytes_of(tmp_path / "out.parquet"), strict=True)
    assert all(ours.startswith(theirs) and len(ours) > len(theirs) for theirs, ours in both)


def test_the_result_is_that_of_reading_and_writing_everything(source, tmp_path, monkeypatch):
    summary = run(source, tmp_path / "out.parquet")
    assert summary | {"out": ""} == rewritten(source, tmp_path / "slow.parquet", monkeypatch)
    ours, slow = pq.read_table(tmp_path / "out.parquet"), pq.read_table(tmp_path / "slow.parquet")
    assert ours.schema.names == slow.schema.names
    assert ours.num_rows == sum(group.rows for group in beside.copyable(told(source)))
    for name in slow.schema.names:
        if name != "lasts":
            assert ours[name].to_pylist() == slow[name].to_pylist()
    assert 0 < summary["scores"]["whz"] < ours.num_rows


def test_another_program_reads_the_result(source, tmp_path):
    run(source, tmp_path / "out.parquet")
    ours = pq.read_table(tmp_path / "out.parquet")
    theirs = duckdb.sql(f"SELECT waz, haz_flag, why, village FROM '{tmp_path}/out.parquet'").fetchall()
    assert theirs == list(zip(*(ours[name].to_pylist() for name in ("waz", "haz_flag", "why", "village")), strict=True))
    found = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out.parquet' WHERE village = '{theirs[3][3]}'").fetchall()
    assert found == [(sum(row[3] == theirs[3][3] for row in theirs),)]


def test_every_kind_of_column_stays(wide, tmp_path):
    run(wide, tmp_path / "out.parquet")
    before, after = pq.read_table(wide), pq.read_table(tmp_path / "out.parquet")
    assert after.select(before.schema.names).equals(before)
    assert after.schema.names[-1] == "why"


def test_the_index_of_a_table_of_pandas_stays(tmp_path):
    frame = pd.DataFrame({"sex": ["L", "P"], "age_days": [100, 200], "weight_kg": [6.0, 7.0]}, index=["a", "b"])
    frame.to_parquet(tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.parquet")
    after = pd.read_parquet(tmp_path / "out.parquet")
    assert list(after.index) == ["a", "b"]
    assert after[list(frame.columns)].equals(frame)
    assert list(after["waz"]) == pq.read_table(tmp_path / "out.parquet")["waz"].to_pylist()


def test_a_group_larger_than_a_batch_is_put_together(wide, tmp_path, monkeypatch):
    run(wide, tmp_path / "one.parquet")
    monkeypatch.setattr("balai.growth.engines.parquet.ROWS", 70)
    run(wide, tmp_path / "many.parquet")
    assert pq.read_table(tmp_path / "one.parquet").equals(pq.read_table(tmp_path / "many.parquet"))
    assert pq.ParquetFile(tmp_path / "many.parquet").num_row_groups == 3


@pytest.mark.parametrize(("name", "limit"), [("LEAST", 301), ("MOST", 299), ("FOOTER", 100)])
def test_groups_too_small_too_large_or_too_many_are_written_anew(name, limit, wide, tmp_path, monkeypatch):
    monkeypatch.setattr(beside, name, limit)
    run(wide, tmp_path / "out.parquet")
    assert pq.read_schema(tmp_path / "out.parquet").field("village").type == pa.string()  # not large, as it was
    assert pq.read_table(tmp_path / "out.parquet")["id"].to_pylist() == list(range(ROWS))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda columns: columns[0].update({beside.FILE: (compact.BINARY, b"other.parquet")}),
        lambda columns: columns[0].update({8: (compact.STRUCT, {})}),
        lambda columns: columns[0].pop(beside.ABOUT),
        lambda columns: columns.pop(1),
    ],
    ids=["in another file", "locked", "nothing said", "a hole between columns"],
)
def test_columns_that_do_not_lie_side_by_side_are_not_copied(spoil, wide):
    footer = told(wide)
    assert len(beside.copyable(footer)) == 3
    spoil(footer[beside.GROUPS][1][1][1][beside.COLUMNS][1][1])
    assert beside.copyable(footer) == []


def test_what_a_footer_need_not_say_is_not_missed(wide, tmp_path):
    tree = told(wide)
    del tree[beside.ORDERS]
    for group in tree[beside.GROUPS][1][1]:
        del group[beside.BEGIN], group[beside.STORED]
    data, footer = wide.read_bytes(), compact.dumped(tree)
    (size,) = struct.unpack("<i", data[-8:-4])
    older = tmp_path / "older.parquet"
    older.write_bytes(data[: -8 - size] + footer + struct.pack("<i4s", len(footer), beside.MAGIC))
    run(older, tmp_path / "out.parquet")
    assert len(bytes_of(tmp_path / "out.parquet")) == 3
    assert pq.read_table(tmp_path / "out.parquet").select(list(KINDS)).equals(pq.read_table(wide))


@pytest.mark.parametrize("most", [beside.MOST, 0], ids=["copied", "written anew"])
def test_nothing_is_left_of_a_file_that_fails_midway(most, wide, tmp_path, monkeypatch):
    monkeypatch.setattr(beside, "MOST", most)
    wrong = pa.table(KINDS | {"age_days": KINDS["lists"]})
    pq.write_table(wrong, tmp_path / "wide.parquet", row_group_size=300)
    with pytest.raises(NotValid, match="Kolom age_days bukan angka"):
        run(wide, tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["wide.parquet"]


def test_a_footer_is_written_as_it_was_read(source):
    data = source.read_bytes()
    (size,) = struct.unpack("<i", data[-8:-4])
    assert compact.dumped(beside.footer(io.BytesIO(data))) == data[-8 - size : -8]


whole = st.integers(-(2**63), 2**63 - 1)
plain = {
    compact.BYTE: st.integers(0, 255), compact.SHORT: whole, compact.INT: whole, compact.LONG: whole,
    compact.DOUBLE: st.binary(min_size=8, max_size=8), compact.BINARY: st.binary(max_size=200),
}  # fmt: skip
truths = st.sampled_from([(compact.TRUE, None), (compact.FALSE, None)])


def grown(inner):
    """Structs and lists of what is there."""
    field = truths | st.one_of([st.tuples(st.just(kind), values) for kind, values in plain.items()])
    field |= st.tuples(st.just(compact.STRUCT), inner)
    lists = [st.tuples(st.just(kind), st.lists(values, max_size=20)) for kind, values in plain.items()]
    lists += [st.tuples(st.just(compact.STRUCT), st.lists(inner, max_size=20))]
    lists += [st.tuples(st.just(compact.TRUE), st.lists(st.sampled_from([1, 2]), max_size=20))]
    field |= st.tuples(st.sampled_from([compact.LIST, compact.SET]), st.one_of(lists))
    return st.dictionaries(st.integers(-3, 90), field, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.recursive(st.just({}), grown, max_leaves=6))
def test_whatever_stands_in_a_footer_comes_back(tree):
    assert compact.loaded(compact.dumped(tree)) == tree
