"""Spark for real: a standalone master and two workers on this machine, Parquet in, the same whole numbers out."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pyspark
import pytest

from balai.indicators.engines import duckdb
from balai.indicators.rules.compiling import compiled
from tests.indicators.made import ON
from tests.indicators.test_engines import FOUND, folders, read

__all__ = ["folders"]  # the fixture
HOME = Path(pyspark.__file__).parent
PATIENCE = 240  # seconds; half a minute on a machine that has nothing else to do
# Short lives: no second compiler, one thread to collect.
QUICK = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


@pytest.fixture
def spark_class(tmp_path):
    """Starts a part of Spark with its log in a file; all are ended with the test."""
    started = []

    def start(name, *arguments):
        log = tmp_path / f"{name}-{len(started)}.log"
        places = {"HOME": HOME, "LOCAL_DIRS": tmp_path, "WORKER_DIR": tmp_path / "work", "LOCAL_IP": "127.0.0.1"}
        environment = os.environ | QUICK | {f"SPARK_{name}": str(place) for name, place in places.items()}
        command = [HOME / "bin" / "spark-class", f"org.apache.spark.deploy.{name.lower()}.{name}", *arguments]
        with log.open("w") as written:
            started.append(subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, env=environment))
        return log

    yield start
    for process in reversed(started):
        process.terminate()
    for process in started:
        process.wait(PATIENCE)


def said(log, pattern):
    """What a log says once it says it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = re.search(pattern, log.read_text())
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(log.read_text()[-2000:])


@pytest.mark.slow
def test_a_cluster_of_two_workers_writes_what_one_process_writes(folders, spark_class, tmp_path):
    local = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    master = said(spark_class("Master", *local), r"spark://127\.0\.0\.1:\d+")[0]
    workers = [spark_class("Worker", *local, "--cores", "1", "--memory", "600M", master) for _ in range(2)]
    for log in workers:
        said(log, "Successfully registered with master")
    out = tmp_path / "of_cluster"
    done = subprocess.run(
        [sys.executable, "-m", "tests.indicators.on_cluster", master, folders[0].parent, out],
        capture_output=True, text=True, timeout=PATIENCE, check=False, env=os.environ | QUICK,
    )  # fmt: skip
    assert f"ON {master}" in done.stdout, done.stderr[-2000:]
    assert "WORKERS 2" in done.stdout
    duckdb.write(folders, compiled(FOUND, None, ON), tmp_path / "of_process.parquet")
    rows = read(out / "*.parquet")
    assert set(rows) == set(read(tmp_path / "of_process.parquet"))
    assert f"ROWS {len(rows)} " in done.stdout
