from django.db import connections, transaction

from balai.access.actions.trail import record
from balai.access.models import put_up
from balai.access.rules import Permission, require


def raise_walls(*, by, at, using="default", login=""):
    """Row-level security and the app's role on PostgreSQL, by the connection `using` of the owner; names the tables.

    `login` is the account with which the app connects. SQLite has no such walls: there the managers stand alone.
    """
    require(by, Permission.SYSTEM_SETUP)
    return _raise(by, at, using, login) if connections[using].vendor == "postgresql" else []


def _raise(by, at, using, login):  # pragma: no cover  the suite's run on PostgreSQL proves it
    with transaction.atomic(using=using):
        tables = put_up(using, login)
    # The app writes the trail, and it may act only now that its role is there.
    record(by=by, at=at, deed="walls.raise", subject="walls", detail={"tables": len(tables)})
    return tables
