"""Apache Spark on a cluster: the same queries over the same Parquet folders. Needs the extra `spark` and a Java."""

from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import SparkSession

from balai.indicators.rules import NATION, Plan, Row


def session(master="local[*]", **settings):
    """A session on `master`; `settings` are Spark's own with _ for the dots ("executor_memory": "4g")."""
    builder = SparkSession.builder.master(master).appName("balai").config("spark.ui.enabled", "false")
    for key, value in settings.items():
        builder = builder.config(f"spark.{key.replace('_', '.')}", value)
    return builder.getOrCreate()


def figures(spark, folders: Sequence[Path], plan: Plan) -> list[Row]:
    """The villages' figures of folders that hold `<table>.parquet`."""
    text = _view(spark, folders, plan)
    return [Row(*row) for row in spark.sql(text).collect()] if text else []


def write(spark, folders: Sequence[Path], plan: Plan, out: Path) -> int:
    """Writes `out`, a folder of Parquet files with the rows of villages and of all places above; returns how many."""
    text = _view(spark, folders, plan) or "SELECT '' AS region, '' AS code, 0L AS n, 0L AS d, 0 AS bin WHERE FALSE"
    highest = ", ".join(f"'{code}'" for code in sorted(plan.highest)) or "''"
    places = f"array(region, left(region, 8), left(region, 5), left(region, 2), '{NATION}')"
    whole = spark.sql(
        f"SELECT region, code, CASE WHEN code IN ({highest}) THEN max(n) ELSE sum(n) END AS n, sum(d) AS d, bin"
        f" FROM (SELECT explode({places}) AS region, code, n, d, bin FROM ({text})) GROUP BY region, code, bin"
    )
    whole.write.parquet(str(out))
    return spark.read.parquet(str(out)).count()


def _view(spark, folders, plan):
    """Shows the tables that are there; the text that asks all of them, empty where none is."""
    texts = []
    for query in plan.queries:
        paths = [str(path) for folder in folders if (path := folder / f"{query.table}.parquet").exists()]
        if paths:
            spark.read.parquet(*paths).createOrReplaceTempView(query.table)
            texts.append(query.long("spark"))
    return " UNION ALL ".join(texts)
