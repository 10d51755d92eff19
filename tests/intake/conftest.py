import csv
import shutil
from datetime import UTC, date, datetime

import pytest

from balai.access.rules import operator
from balai.intake.actions import import_profile, import_siga

AT = datetime(2025, 12, 10, 3, tzinfo=UTC)
EXPORTED = date(2025, 12, 5)


@pytest.fixture
def by():
    return operator("uji")


@pytest.fixture
def siga_files(shared_data):
    return shared_data / "siga_sulbar_2025"


@pytest.fixture
def folder(tmp_path, siga_files):
    """Gives a folder with copies of the named real files."""

    def copied(*names, to="ekspor"):
        place = tmp_path / to
        place.mkdir(exist_ok=True)
        for name in names:
            shutil.copyfile(siga_files / name, place / name)
        return place

    return copied


@pytest.fixture
def take(by, tmp_path):
    """Imports a SIGA folder; gives the summary and the lines of the report."""

    def run(path, exported_on=EXPORTED, at=AT, **options):
        report = tmp_path / "laporan.csv"
        summary = import_siga(by=by, at=at, folder=path, exported_on=exported_on, report=report, **options)
        return summary, report_lines(report)

    return run


@pytest.fixture
def take_profile(by, tmp_path):
    def run(path, at=AT, **options):
        report = tmp_path / "laporan-profil.csv"
        summary = import_profile(by=by, at=at, path=path, report=report, **options)
        return summary, report_lines(report)

    return run


def report_lines(report):
    with report.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
