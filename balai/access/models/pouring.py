"""Writing very many rows at once, behind the same walls as one.

PostgreSQL lets nobody COPY into a table with row-level security: the rows go by COPY into a table of the transaction,
and from there by INSERT, which the walls look at row by row. SQLite takes them by one prepared statement.
"""

import secrets
from hashlib import sha256
from itertools import chain
from uuid import UUID
from zlib import crc32

from django.db import connection, models

from balai.access.models.principal import acting_now

RANDOM = 6  # bytes drawn for a key
AS_IT_IS = (models.CharField, models.DateField, models.IntegerField, models.BooleanField, models.BinaryField)


def pour(model, columns, **fixed):
    """Adds rows to a personal table. `columns` is {attname: list of values}, all of one length, the key among them;
    `fixed` values are the same for all rows. What is in neither takes the field's default."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    fixed = {name: field.get_default() for name, field in fields.items() if name not in columns} | fixed
    _keep_inside(model, columns)
    given = [fields[name] for name in columns]
    values = [_prepared(field, columns[field.attname]) for field in given]
    same = [fields[name].get_db_prep_save(value, connection) for name, value in fixed.items()]
    write = _by_copy if connection.vendor == "postgresql" else _one_by_one
    with connection.cursor() as cursor:
        write(cursor, model._meta.db_table, given, values, [fields[name] for name in fixed], same)


def learn_sizes():
    """After very many rows: SQLite plans its reading by statistics that it takes only when told, and then only of
    tables that have grown much (a village's list out of a million families: 208 ms without them). PostgreSQL takes them
    by itself."""
    if connection.vendor == "sqlite":  # pragma: no branch  the other way is the suite's on PostgreSQL
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002")  # of all tables, also those that this connection never read


def growing_keys(at, begun, count):
    """Keys for so many rows after the first `begun` of a load (uuids of version 7): they grow, so that an index of
    millions is filled at its end and not read all over. What cannot be guessed of each are its last 42 bits."""
    drawn, moment = secrets.token_bytes(RANDOM * count), _moment(at)
    for place in range(count):
        yield _key(moment, begun + place, drawn[place * RANDOM : (place + 1) * RANDOM])


def lasting_key(at, number, name):
    """A key that grows with `number` as those do, and is the same whenever it is asked for. `name` must hold what
    nobody can guess."""
    return _key(_moment(at), number, sha256(name.encode()).digest()[:RANDOM])


def _moment(at):
    return int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62


def _key(moment, number, chance):
    return UUID(int=moment | (number >> 20 & 0xFFF) << 64 | (number & 0xFFFFF) << 42 | int.from_bytes(chance) >> 6)


def _keep_inside(model, columns):
    """The manager's wall, once for each place; for who works for families assigned one by one, once for each of them
    too."""
    rows, names = model.objects.all(), [model.walls.region]
    names += [model.walls.family] if acting_now().role.assigned else []
    for pair in set(zip(*[columns[name] for name in names], strict=True)):
        rows._keep_inside(dict(zip(names, pair, strict=True)))


def _prepared(field, values):
    """As the database's driver takes them."""
    target = field.target_field if field.remote_field else field
    if isinstance(target, models.UUIDField):
        return values if connection.features.has_native_uuid_field else [value and value.hex for value in values]
    if isinstance(target, AS_IT_IS) and not isinstance(target, models.DateTimeField):
        return values
    return [field.get_db_prep_save(value, connection) for value in values]


def _one_by_one(cursor, table, given, values, fixed, same):
    names = ", ".join(connection.ops.quote_name(field.column) for field in chain(given, fixed))
    marks = ", ".join(["%s"] * (len(given) + len(fixed)))
    rows = (row + tuple(same) for row in zip(*values, strict=True))
    # nosemgrep: b2-sql-from-text  (names of the model's own columns; every value is a parameter)
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def _by_copy(cursor, table, given, values, fixed, same):  # pragma: no cover  the suite's run on PostgreSQL proves it
    names = [connection.ops.quote_name(field.column) for field in chain(given, fixed)]
    copied, marks = ", ".join(names[: len(given)]), "".join([", %s"] * len(fixed))
    types = [field.db_type(connection).partition("(")[0] for field in given]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, types, strict=False))
    passing = f"pouring_{table}_{crc32(columns.encode()):08x}"
    # One for all rows of the transaction: each would cost it locks that it keeps to its end.
    # nosemgrep: b2-sql-from-text  (names and types of the model's own columns; no value)
    cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {passing} ({columns}) ON COMMIT DROP")
    with cursor.copy(f"COPY {passing} FROM STDIN (FORMAT BINARY)") as rows:
        rows.set_types(types)
        for row in zip(*values, strict=True):
            rows.write_row(row)
    # Keys are looked up now and not at the end, so that a large load is no long list of things still to be checked. In
    # one message: whoever waits for four answers while another thread computes waits four times for his turn.
    settled = f"INSERT INTO {table} ({', '.join(names)}) SELECT {copied}{marks} FROM {passing}"  # noqa: S608
    # nosemgrep: b2-sql-from-text  (names of the model's own columns; every value is a parameter)
    cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {settled}; SET CONSTRAINTS ALL DEFERRED; TRUNCATE {passing}", same)
