from django.apps.registry import apps
from django.db.migrations.state import ProjectState

from balai.config import routing
from balai.families.models import Family


def test_what_a_migration_writes_belongs_to_the_owner_of_the_tables(monkeypatch):
    monkeypatch.setattr(routing, "connections", ("default", "owner"))
    router, then = routing.OwnedByMigrations(), ProjectState.from_apps(apps).apps.get_model("families", "Family")
    assert router.db_for_write(then) == router.db_for_read(then) == "owner"
    assert router.db_for_write(Family) is router.db_for_read(Family) is None
