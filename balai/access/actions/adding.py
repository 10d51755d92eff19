"""The statements that add an entry to the trail. Written out, because every write of every room pays for them: one on
PostgreSQL, and on SQLite one a table.

The first part takes the lock of the chain, hangs the line on it and gives the place: two in one chain wait there for
each other. On PostgreSQL a transaction hangs all it does on the chain of its first entry (docs/adr/0021): who holds one
chain never waits for another. SQLite has one writer at a time. Django gives SQLite the function SHA256.
"""

from uuid import UUID

from django.db import connection

COLUMNS = ("at", "by", "hat", "device", "deed", "region", "subject", "matters", "detail", "kept")

HANG = """
    INSERT INTO access_auditchain (shard, number, hash) VALUES (%s, 1, SHA256(%s))
    ON CONFLICT (shard) DO UPDATE
    SET number = access_auditchain.number + 1, hash = SHA256(access_auditchain.hash || %s)
    RETURNING number, hash"""
ENTRY = """
    INSERT INTO access_auditentry
    (number, hash, shard, "at", "by", hat, device, deed, region, subject, matters, detail, kept)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
SUBJECT = "INSERT INTO access_auditsubject (entry_id, subject) VALUES (%s, %s)"
CHANGE = 'INSERT INTO access_auditchange (entry_id, why, "values", salt) VALUES (%s, %s, %s, %s)'

# `app.chain` is the chain of this transaction behind a sign, for "" is a chain too; a savepoint that is rolled back
# gives up the chain together with its lock.
_IN_ONE = """
    WITH head AS (
        INSERT INTO access_auditchain (shard, number, hash)
        VALUES (coalesce(substr(nullif(current_setting('app.chain', true), ''), 2), %s), 1,
                encode(sha256(convert_to(%s, 'UTF8')), 'hex'))
        ON CONFLICT (shard) DO UPDATE
        SET number = access_auditchain.number + 1,
            hash = encode(sha256(convert_to(access_auditchain.hash || %s, 'UTF8')), 'hex')
        RETURNING number, hash, shard
    ), made AS (
        INSERT INTO access_auditentry
        (number, hash, shard, "at", "by", hat, device, deed, region, subject, matters, detail, kept)
        SELECT number, hash, shard, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM head
        RETURNING id, shard
    )"""
_TOUCHED = """, touched AS (
        INSERT INTO access_auditsubject (entry_id, subject) SELECT id, unnest(%s::uuid[]) FROM made
    )"""
_KEPT = """, kept AS (
        INSERT INTO access_auditchange (entry_id, why, "values", salt) SELECT id, %s, %s, %s FROM made
    )"""
_KEY = " SELECT id, set_config('app.chain', '=' || shard, true) FROM made"
# (Are there subjects? Is something kept apart?) -> the statement.
WHOLE = {
    (False, False): _IN_ONE + _KEY,
    (True, False): _IN_ONE + _TOUCHED + _KEY,
    (False, True): _IN_ONE + _KEPT + _KEY,
    (True, True): _IN_ONE + _TOUCHED + _KEPT + _KEY,
}


def added(shard, line, said, subjects, kept):
    """Adds one entry and gives its key. `said` are its COLUMNS, `subjects` UUIDs in hex, `kept` why, values, salt."""
    write = _in_one if connection.vendor == "postgresql" else _one_by_one
    with connection.cursor() as cursor:
        return write(cursor, shard, line, said, subjects, kept)


def _in_one(cursor, shard, line, said, subjects, kept):  # pragma: no cover  the suite's run on PostgreSQL proves it
    touched = [[UUID(one) for one in subjects]] if subjects else []
    cursor.execute(WHOLE[bool(subjects), bool(kept)], [shard, line, line, *said, *touched, *(kept or ())])
    return cursor.fetchone()[0]


def _one_by_one(cursor, shard, line, said, subjects, kept):
    cursor.execute(HANG, (shard, line, line))
    place = cursor.fetchone()
    cursor.execute(ENTRY, [*place, shard, *map(_plain, said)])
    key = cursor.lastrowid
    if subjects:
        cursor.executemany(SUBJECT, [(key, one) for one in subjects])
    if kept:
        cursor.execute(CHANGE, [key, *map(_plain, kept)])
    return key


def _plain(value):
    """SQLite keeps a UUID as its digits."""
    return value.hex if isinstance(value, UUID) else value
