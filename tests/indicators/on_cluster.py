"""The driver of test_cluster: `python -m tests.indicators.on_cluster MASTER FOLDER OUT`."""

import sys
from pathlib import Path

from balai.indicators.engines import spark
from balai.indicators.rules.compiling import compiled
from tests.indicators.made import ON
from tests.indicators.test_engines import FOUND

if __name__ == "__main__":
    master, folder, out = sys.argv[1:]
    session = spark.session(
        master, driver_host="127.0.0.1", driver_bindAddress="127.0.0.1", executor_memory="512m",
        executor_cores="1", sql_shuffle_partitions="2",
    )  # fmt: skip
    rows = spark.write(session, sorted(Path(folder).iterdir()), compiled(FOUND, None, ON), Path(out))
    print("ROWS", rows, "ON", session.sparkContext.getConf().get("spark.master"))
    print("WORKERS", len(session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()) - 1)
    session.stop()
