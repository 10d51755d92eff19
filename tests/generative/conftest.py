import pytest

from balai.indicators.engines import spark


@pytest.fixture(scope="session")
def cluster_of_one():
    """Spark inside one process of this machine."""
    settings = {"driver_host": "127.0.0.1", "driver_bindAddress": "127.0.0.1", "sql_shuffle_partitions": "1"}
    # A short life: no second compiler, one thread to collect.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        session = spark.session("local[2]", **settings)
    yield session
    session.stop()
