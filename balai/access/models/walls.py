"""Row-level security and the app's role, put on the database from the models themselves."""

from functools import partial

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.utils import IntegrityError, InternalError, ProgrammingError

from balai.access.rules import APP_ROLE, EVERY_DEED, WalledTable, grants, membership, wall
from balai.access.rules.cutting import lent
from balai.base.errors import Refused

READ_ONLY = {"django_migrations": ("SELECT",)}


def walled_tables():
    """Every personal table, described for its wall."""
    return [
        WalledTable(
            model._meta.db_table,
            region=_column(model, model.walls.region),
            family=_column(model, model.walls.family),
            walls=model.walls,
        )
        for model in apps.get_models()
        if hasattr(model, "walls")
    ]


def _column(model, attribute):
    return next(field.column for field in model._meta.concrete_fields if field.attname == attribute)


def deeds(tables):
    """What the app's role may do on each table of the database: all but what a model says with `app_may`."""
    limited = {
        model._meta.db_table: model.app_may
        for model in apps.get_models(include_auto_created=True)
        if hasattr(model, "app_may")
    }
    return {name: {**READ_ONLY, **limited}.get(name, EVERY_DEED) for name in tables}


def put_up(using, login):  # pragma: no cover  the suite's run on PostgreSQL proves it
    """Makes the app's role, gives it its grants, walls every personal table; names the tables. May be repeated."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _make_role(cursor, using)
        for name in filter(None, {login, _one(cursor, "SELECT current_user")}):
            _beside_others(using, partial(cursor.execute, membership(name)))
        schema = _one(cursor, "SELECT current_schema()")
        tables = walled_tables()
        for statement in grants(deeds(connection.introspection.table_names(cursor)), schema):
            cursor.execute(statement)
        for statement in lent(schema, APP_ROLE):
            cursor.execute(statement)
        for table in tables:
            _must_compare_bytes(cursor, table)
            for statement in wall(table):
                cursor.execute(statement)
    return [table.name for table in tables]


def _one(cursor, sql, parameters=()):  # pragma: no cover
    cursor.execute(sql, parameters)
    row = cursor.fetchone()
    return row and row[0]


def _beside_others(using, deed, tries=5):  # pragma: no cover
    """Does `deed`, again where another database of the same server did it in the same moment: roles are shared."""
    for left in reversed(range(tries)):
        try:
            with transaction.atomic(using):
                deed()
            return
        except (IntegrityError, InternalError):
            if not left:
                raise


def _make_role(cursor, using):  # pragma: no cover
    def make():
        if not _one(cursor, "SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]):
            # nosemgrep: b2-sql-from-text  (a constant; a role's name cannot be a parameter)
            cursor.execute(f"CREATE ROLE {APP_ROLE} NOLOGIN")

    try:
        _beside_others(using, make)
    except ProgrammingError as missing:
        raise Refused(
            "Peran basis data “%(role)s” belum ada dan tidak dapat dibuat dengan akun ini. Minta pengelola "
            "PostgreSQL menjalankan: CREATE ROLE %(role)s NOLOGIN; GRANT %(role)s TO <akun> WITH ADMIN OPTION.",
            role=APP_ROLE,
        ) from missing
    if _one(cursor, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [APP_ROLE]):
        raise Refused("Peran basis data “%(role)s” dapat melewati dinding baris. Cabut haknya itu.", role=APP_ROLE)
    if _one(cursor, "SELECT 1 FROM pg_class WHERE relowner = %s::regrole LIMIT 1", [APP_ROLE]):
        raise Refused("Peran basis data “%(role)s” memiliki tabel. Pindahkan pemiliknya dahulu.", role=APP_ROLE)


def _must_compare_bytes(cursor, table):  # pragma: no cover
    """A range of codes is the region only in byte order; another order would open the neighbour's rows."""
    collation = _one(
        cursor,
        "SELECT collname FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation"
        " WHERE attrelid = %s::regclass AND attname = %s",
        [table.name, table.region],
    )
    if collation != "C":
        raise ImproperlyConfigured(f"{table.name}.{table.region} is not in byte order (collation {collation})")
