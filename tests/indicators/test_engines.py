"""The engines over folders of Parquet: village by village and every place above, the same on each."""

import pytest

from balai.indicators.engines import duckdb
from balai.indicators.rules import gathered, rolled_up
from balai.indicators.rules.compiling import compiled
from tests.indicators import twin
from tests.indicators.made import ON, catalogue, counted, fill, indicator, table

ONE, TWO, FAR = "16.05.01.2001", "16.05.02.2002", "61.04.01.2001"
THINGS = table(bkb="bool", n="int", age="int")
OTHERS = table("others", bkb="bool", waits="care")
FOUND = catalogue(
    [THINGS, OTHERS],
    [
        indicator("F01", among="n > 0"),
        indicator("F02", among="n > 0", counted="bkb"),
        indicator("F03", value="n", how="mean", unit="mean"),
        indicator("F04", value="n", how="max", unit="count"),
        indicator("F05", value="age", how="median", unit="median"),
        indicator("F06", table="others", counted="bkb"),
        indicator("F07", formula="2 * F02"),
    ],
)
ROWS = {
    "16.05": [
        {"village": ONE, "bkb": True, "n": 3, "age": 19},
        {"village": ONE, "bkb": None, "n": 9, "age": 21},
        {"village": ONE, "bkb": True, "n": None},
        {"village": TWO, "bkb": False, "n": 4, "age": 19},
    ],
    "16.06": [],
    "61.04": [{"village": FAR, "bkb": True, "n": 7, "age": 30}],
}


@pytest.fixture
def folders(tmp_path):
    """One a kabupaten; the one without families has an empty table, and one has no file at all."""
    for kabupaten, rows in ROWS.items():
        folder = tmp_path / "complete" / kabupaten
        folder.mkdir(parents=True)
        with duckdb.connect() as con:
            fill(con, THINGS, rows)
            con.execute(f"COPY things TO '{folder / 'things.parquet'}'")
    (tmp_path / "complete" / "94.01").mkdir()
    return sorted((tmp_path / "complete").iterdir())


def expected():
    rows = [
        row
        for code in ("F01", "F02", "F03", "F04", "F05")
        for row in twin.figures(
            code,
            FOUND.indicators[code],
            [{"rt": None, "as_of": ON, "bkb": None, "n": None, "age": None} | one for one in sum(ROWS.values(), [])],
        )
    ]
    return rows, set(rolled_up(rows, frozenset({"F04"})))


def read(path):
    with duckdb.connect() as con:
        return con.execute(f"SELECT region, code, n, d, bin FROM read_parquet('{path}')").fetchall()


def test_villages_are_counted_from_folders(folders):
    rows = duckdb.of_folders(folders, compiled(FOUND, None, ON))
    assert sorted(map(str, rows)) == sorted(map(str, expected()[0]))


def test_every_place_above_is_the_sum_of_its_villages(folders, tmp_path, monkeypatch):
    monkeypatch.setattr(duckdb, "BATCH", 1)  # a batch a kabupaten, as at the nation's size
    told = []
    out = tmp_path / "figures.parquet"
    written = duckdb.write(folders, compiled(FOUND, None, ON), out, progress=lambda *at: told.append(at))
    rows = read(out)
    assert set(rows) == expected()[1]
    assert written == len(rows) == len(set(rows))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    at = gathered(duckdb.Row(*row) for row in rows)
    assert (at["16.05", "F02"].n, at["16.05", "F02"].d) == (1, 3)
    assert (at["16.05", "F04"].n, at["00", "F04"].n) == (9, 9)
    assert at["00", "F05"].bins == {19: 2, 21: 1, 30: 1}
    assert not any(region.startswith("16.06") for region, _code in at)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_without_any_table_a_file_without_rows_is_written(folders, tmp_path):
    out = tmp_path / "figures.parquet"
    plan = compiled(FOUND, ["F01"], ON)
    assert duckdb.write(folders[-1:], plan, out) == 0
    assert read(out) == []


def test_figures_without_a_highest_one_are_only_added(folders, tmp_path):
    out = tmp_path / "figures.parquet"
    duckdb.write(folders, compiled(FOUND, ["F02"], ON), out)
    assert {row[0]: row[2:4] for row in read(out)}["00"] == (2, 4)


def test_what_waits_is_named_and_not_asked():
    assert compiled(FOUND, None, ON).waits == {"F06": "care"}


def test_a_village_without_anybody_to_count_among_has_an_empty_denominator():
    rows = counted(
        [{"village": ONE, "n": 0, "bkb": True}], indicator("F02", among="n > 0", counted="bkb"), things=THINGS
    )
    assert [(row.n, row.d) for row in rows] == [(0, 0)]


def test_a_condition_that_cannot_be_told_does_not_count():
    rows = counted([{"village": ONE}], indicator("F02", counted="bkb"), things=THINGS)
    assert [(row.n, row.d) for row in rows] == [(0, 1)]


def test_a_table_that_is_not_there_is_left_out_and_medians_need_no_other_figure():
    plan = compiled(FOUND, ["F05"], ON)
    assert plan.queries[0].slots == ()
    assert plan.queries[0].long("duckdb").count("SELECT") == 2
    with duckdb.connect() as con:
        assert duckdb.figures(con, plan) == []
        fill(con, THINGS, [{"village": ONE, "age": 19}])
        assert duckdb.figures(con, plan) == [(ONE, "F05", 1, None, 19)]


def test_folders_are_taken_in_their_order_so_many_at_a_time(folders, monkeypatch):
    size = sum(path.stat().st_size for path in folders[0].iterdir())
    monkeypatch.setattr(duckdb, "BATCH", size + 1)
    assert [[path.name for path in batch] for batch in duckdb.batches(reversed(folders))] == [
        ["16.05", "16.06"],
        ["61.04", "94.01"],
    ]


def test_folders_are_taken_together_until_a_query_has_enough_to_read(tmp_path, monkeypatch):
    folders = [tmp_path / name for name in ("16.05", "61.04", "81.01")]
    for folder in folders:
        folder.mkdir()
        (folder / "things.parquet").write_bytes(b"1234567890")
    monkeypatch.setattr(duckdb, "BATCH", 20)
    assert list(duckdb.batches(folders)) == [folders[:2], folders[2:]]
    assert list(duckdb.batches(folders[:2])) == [folders[:2]]
