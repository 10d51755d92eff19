"""An invented population of two villages in the register, and snapshots of it."""

from datetime import UTC, date, datetime

import duckdb
import pytest

from balai.access.models import acting
from balai.access.rules import operator
from balai.snapshot import actions
from balai.synth.actions import load
from balai.synth.actions.writing import write
from balai.synth.rules import Wanted

DAY = date(2025, 11, 30)
AT = datetime(2025, 12, 1, tzinfo=UTC)
BY = operator("test")
VILLAGE, OTHER, KABUPATEN, PERIOD = "16.05.01.2002", "16.05.01.2003", "16.05", "2025-11"


@pytest.fixture
def invented(tmp_path):
    folder = tmp_path / "rekaan"
    write(folder, Wanted(3, DAY, ((VILLAGE, 30), (OTHER, 20)), dirt=0.1), progress=lambda _families: None)
    return folder


@pytest.fixture
def register(tree, invented):
    with acting(BY):
        load(by=BY, at=AT, folder=invented, progress=lambda _families: None)
        yield


@pytest.fixture
def snapshots(tmp_path):
    return tmp_path / "potret"


@pytest.fixture
def build(snapshots):
    """Builds the snapshot of the kabupaten; `on` is today."""

    def built(on=DAY, **more):
        given = {"by": BY, "at": AT, "folder": snapshots, "period": PERIOD, "region": KABUPATEN}
        with acting(BY):
            return actions.build(on=on, **given | more)

    return built


@pytest.fixture
def table(snapshots):
    """Rows of one file of the snapshot, as dicts."""

    def rows(name, code=KABUPATEN, folder=None, period=PERIOD):
        path = (folder or snapshots) / period / code / f"{name}.parquet"
        with duckdb.connect() as base:
            found = base.read_parquet(str(path))
            return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    return rows
