"""What only PostgreSQL can get wrong: the login's powers, walls that are down, an order of text not by bytes."""

from django.apps import apps
from django.db import connection

from balai.base.words import sentence

BYTE_ORDER = ("C", "POSIX", "C.UTF-8", "C.utf8")
POWERS = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = session_user"
TABLES = "SELECT relname FROM pg_class WHERE oid = ANY(%s::text[]::regclass[]) AND "
OWNED = TABLES + "pg_has_role(session_user, relowner, 'USAGE')"
WALLS = TABLES + "NOT (relrowsecurity AND relforcerowsecurity)"
ORDER = (
    "SELECT attname, CASE collname WHEN 'default' THEN (SELECT datcollate FROM pg_database"
    " WHERE datname = current_database()) ELSE collname END"
    " FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation"
    " WHERE attrelid = to_regclass(%s) AND attname = %s"
)


def faults():
    """(name, what, remedy, params) of each."""
    return _faults() if connection.vendor == "postgresql" else []


def _faults():  # pragma: no cover  the suite's run on PostgreSQL proves it
    there = set(connection.introspection.table_names())
    columns = {table: column for table, column in _personal().items() if table in there}
    with connection.cursor() as cursor:
        superuser, bypasses = cursor.execute(POWERS).fetchone()
        owned = [name for (name,) in cursor.execute(OWNED, [list(columns)])]
        open_to_all = [name for (name,) in cursor.execute(WALLS, [list(columns)])]
        orders = [(table, *cursor.execute(ORDER, [table, column]).fetchone()) for table, column in columns.items()]
    login = _login(superuser, bypasses, owned)
    return [*login, *_walls(open_to_all), *_order(orders)]


def _personal():
    """Table to column of the region, of every personal model."""
    return {
        model._meta.db_table: model._meta.get_field(model.walls.region).column
        for model in apps.get_models()
        if hasattr(model, "walls")
    }


def _login(superuser, bypasses, owned):
    if superuser or bypasses or owned:
        yield (
            "database-role",
            sentence("Akun basis data ini melewati dinding baris: ia superuser, BYPASSRLS, atau pemilik tabel."),
            sentence(
                "Buat akun biasa: CREATE ROLE balai_masuk LOGIN PASSWORD '…'. Pakai akun itu di DATABASE_URL dan akun "
                "pemilik di BALAI_OWNER_URL, lalu jalankan “balai init” sekali lagi."
            ),
        )


def _walls(open_to_all):
    if open_to_all:
        yield (
            "walls-down",
            sentence("Dinding baris (row-level security) belum terpasang pada: %(tables)s."),
            sentence("Jalankan “balai init” sekali lagi dengan akun pemilik basis data."),
            {"tables": ", ".join(sorted(open_to_all))},
        )


def _order(orders):
    wrong = sorted(f"{table}.{column}" for table, column, order in orders if order not in BYTE_ORDER)
    if wrong:
        yield (
            "collation",
            sentence(
                "Urutan teks kolom wilayah bukan urutan bita, sehingga batas wilayah dapat bergeser: %(columns)s."
            ),
            sentence("Buat basis data dengan “createdb --locale=C.UTF-8 --template=template0”, lalu pulihkan datanya."),
            {"columns": ", ".join(wrong)},
        )
