import pytest
from django.conf import settings

from tests.families import register
from tests.reports import seed


@pytest.fixture
def places(db):
    """Nine regions and 30 villages; two RT below the first village."""
    return register.places(seed.places())


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Where files wait, of each test its own."""
    monkeypatch.setattr(settings, "EXPORTS", tmp_path / "exports")
    return tmp_path / "exports"
