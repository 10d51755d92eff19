"""Any definition on any data: DuckDB, Spark, arrays and a loop in plain Python count the same (house rule R8)."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from balai.indicators.engines import duckdb, spark
from balai.indicators.engines.arrays import Prepared
from balai.indicators.rules.compiling import compiled
from balai.indicators.rules.measures import definitions
from tests.indicators import twin
from tests.indicators.made import ON, catalogue, fill, indicator, table

VILLAGES = ("16.05.01.2001", "16.05.01.2002", "16.05.02.2001")
THINGS = table(
    first="bool", second="bool", small="int", big="int", real="real", born="date", seen="date", gain="text",
    codes={"gain": "N naik; T tidak; O"},
)  # fmt: skip
DAYS = st.dates(date(1900, 1, 1), date(2026, 11, 22)) | st.sampled_from(
    [date(2000, 2, 29), date(2001, 2, 28), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31)]
)
CELLS = {
    "first": st.booleans(), "second": st.booleans(), "small": st.integers(-3, 3), "big": st.integers(-99_999, 99_999),
    "real": st.sampled_from([-3.01, -3.0, -2.0, -0.1, 0.0, 0.3, 2.0, 7.25]), "born": DAYS, "seen": DAYS,
    "gain": st.sampled_from(["N", "T", "O"]),
}  # fmt: skip
ROW = st.fixed_dictionaries(
    {"village": st.sampled_from(VILLAGES), "rt": st.none(), "as_of": st.just(ON)}
    | {name: st.none() | cell for name, cell in CELLS.items()}
)
ROWS = st.lists(ROW, max_size=25)
COMPARISON = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])


@st.composite
def numbers(draw, depth):
    if depth == 0:
        return draw(st.sampled_from(["small", "big"]) | st.integers(-4, 40).map(str))
    kind = draw(st.sampled_from(["leaf", "+", "-", "*", "neg", "case", "choice", "span", "span"]))
    inner = numbers(depth - 1)
    if kind in "+-*":
        return f"({draw(inner)} {kind} {draw(inner)})"
    if kind == "neg":
        return f"-({draw(inner)})"
    if kind == "case":
        otherwise = draw(st.sampled_from(["", "ELSE NULL ", f"ELSE {draw(inner)} "]))
        return f"CASE WHEN {draw(truths(depth - 1))} THEN {draw(inner)} {otherwise}END"
    if kind == "choice":
        return f"{draw(st.sampled_from(['COALESCE', 'LEAST', 'GREATEST']))}({draw(inner)}, {draw(inner)})"
    if kind == "span":
        name = draw(st.sampled_from(["months_between", "years_between", "days_between"]))
        return f"{name}({draw(days())}, {draw(days())})"
    return draw(numbers(0))


def days():
    return st.sampled_from(["born", "seen", "as_of"]) | DAYS.map(lambda day: f"DATE '{day}'")


@st.composite
def truths(draw, depth):
    if depth == 0:
        return draw(st.sampled_from(["first", "second", "TRUE", "FALSE"]))
    kind = draw(st.sampled_from(["and", "or", "not", "number", "day", "real", "in", "between", "null", "text", "leaf"]))
    inner, number = truths(depth - 1), numbers(depth - 1)
    made = {
        "and": lambda: f"({draw(inner)} AND {draw(inner)})",
        "or": lambda: f"({draw(inner)} OR {draw(inner)})",
        "not": lambda: f"NOT ({draw(inner)})",
        "number": lambda: f"{draw(number)} {draw(COMPARISON)} {draw(number)}",
        "day": lambda: f"{draw(days())} {draw(COMPARISON)} {draw(days())}",
        "real": lambda: f"real {draw(COMPARISON)} {draw(st.sampled_from(['-2', '-3', '0.3', '-0.1', 'small']))}",
        "in": lambda: f"small {draw(st.sampled_from(['', 'NOT ']))}IN ({draw(st.integers(-3, 3))}, 1, 2)",
        "between": lambda: f"{draw(number)} BETWEEN {draw(number)} AND {draw(number)}",
        "null": lambda: f"{draw(number)} IS {draw(st.sampled_from(['', 'NOT ']))}NULL",
        "text": lambda: draw(st.sampled_from(["gain = 'N'", "gain <> 'T'", "gain IN ('N', 'O')", "gain IS NULL"])),
        "leaf": lambda: draw(truths(0)),
    }
    return made[kind]()


def definition(code):
    among = st.just("") | truths(2)
    counts = st.builds(lambda a, c: indicator(code, among=a, counted=c), among, truths(3))
    groups = st.builds(lambda a, c, g: indicator(code, among=a, counted=c, against=g), among, truths(1), truths(2))
    values = st.builds(
        lambda a, v, how: indicator(code, among=a, value=v, how=how), among, numbers(2),
        st.sampled_from(["mean", "sum", "max"]),
    )  # fmt: skip
    middles = st.builds(lambda a: indicator(code, among=a, value="small", how="median"), among)
    ratios = st.builds(
        lambda a, v, o: indicator(code, among=a, value=v, over=o, how="ratio"), among, numbers(1), numbers(1)
    )
    return st.one_of(
        st.builds(lambda a: indicator(code, among=a), among), counts, counts, groups, values, middles, ratios
    )


def catalogues(size):
    made = st.tuples(*(definition(f"F{number:02d}") for number in range(size)))
    return made.map(lambda indicators: catalogue([THINGS], indicators))


def in_python(found, rows):
    return {row for code, one in definitions(found, found.indicators).items() for row in twin.figures(code, one, rows)}


def in_duckdb(found, rows):
    with duckdb.connect() as con:
        fill(con, THINGS, rows)
        return set(duckdb.figures(con, compiled(found, None, ON)))


def in_arrays(found, rows):
    with duckdb.connect() as con:
        fill(con, THINGS, rows)
        given = con.execute("SELECT * FROM things").fetchnumpy()
    return set(Prepared(found, found.tables, compiled(found, None, ON), ON).figures({"things": given}))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(catalogues(3), ROWS)
def test_duckdb_counts_what_a_loop_counts(found, rows):
    assert in_duckdb(found, rows) == in_python(found, rows)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(catalogues(3), ROWS)
def test_arrays_count_what_a_loop_counts(found, rows):
    assert in_arrays(found, rows) == in_python(found, rows)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@settings(
    max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(found=catalogues(10), rows=st.lists(ROW, min_size=5, max_size=40))
def test_spark_counts_what_a_loop_counts(cluster_of_one, tmp_path_factory, found, rows):
    folder = tmp_path_factory.mktemp("things")
    with duckdb.connect() as con:
        fill(con, THINGS, rows)
        con.execute(f"COPY things TO '{folder / 'things.parquet'}'")
    plan = compiled(found, None, ON)
    assert set(spark.figures(cluster_of_one, [folder], plan)) == in_python(found, rows)
    assert set(duckdb.of_folders([folder], plan)) == in_python(found, rows)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_writes_a_folder_without_rows_where_no_table_is(cluster_of_one, tmp_path):
    plan = compiled(catalogue([THINGS], [indicator("F01")]), None, ON)
    assert spark.figures(cluster_of_one, [tmp_path], plan) == []
    assert spark.write(cluster_of_one, [tmp_path], plan, tmp_path / "figures") == 0
