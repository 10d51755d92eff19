"""The same examples counted by Spark: to the last row what DuckDB counts."""

import pytest

from balai.indicators.engines import duckdb, spark
from balai.indicators.rules import tables
from balai.indicators.rules.compiling import compiled
from tests.generative import conftest
from tests.spec.indicators.conftest import complete
from tests.spec.indicators.drawing import DAY, examples

cluster_of_one = conftest.cluster_of_one


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_counts_what_duckdb_counts(nothing_waits, cluster_of_one, tmp_path):
    chosen = [one for one in examples() if one.day == DAY and not one.is_complete]
    villages = {one.place: f"16.05.01.{2000 + number}" for number, one in enumerate(chosen)}
    plan = compiled(nothing_waits, None, DAY)
    with duckdb.connect() as con:
        complete(con, chosen, villages, DAY)
        expected = duckdb.figures(con, plan)
        for name in tables():
            con.execute(f"COPY \"{name}\" TO '{tmp_path}/{name}.parquet'")
    found = spark.figures(cluster_of_one, [tmp_path], plan)
    assert len(found) > 1000
    assert sorted(found, key=repr) == sorted(expected, key=repr)
