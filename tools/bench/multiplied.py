"""A register copied over a province inside its database, for benches only: new keys, other villages, other numbers, and
all else as it came through the doors. `multiply` gives how many families stand there then."""

from itertools import islice

# Whatever a load leaves behind of a family, each with the column that says whose it is; families first.
TABLES = {
    "families_family": "id", "families_person": "family_id", "families_identitynumber": "family_id",
    "families_lastwrite": "family_id", "survey_memberanswers": "family_id", "survey_planninganswers": "family_id",
    "survey_developmentanswers": "family_id", "survey_housing": "family_id", "measurements_measurement": "family_id",
    "aid_aid": "family_id",
}  # fmt: skip
SLOWER = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid::regclass::text = ANY(%s) AND NOT indisunique"""
COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position"""
# Drawn as the first ones are: of no order. The first bytes of a number's index stay, as they name its key.
KEY = 'md5(o."{}"::text || m.copy)::uuid'
BLIND = (
    "left(o.blind, 8) || substr(encode(sha256(convert_to(o.blind || m.copy, 'UTF8')), 'hex'), 9, length(o.blind) - 8)"
)


def multiply(cursor, copies, there):
    """`there`: {kabupaten: its villages}. Copies go to one kabupaten after the other, each to other villages."""
    cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'")
    _map(cursor, copies, there)
    cursor.execute(SLOWER, [list(TABLES)])
    slower = cursor.fetchall()
    for name, _definition in slower:
        cursor.execute(f"DROP INDEX {name}")
    for table, family in TABLES.items():
        _copy(cursor, table, family)
    for _name, definition in slower:
        cursor.execute(definition)
    cursor.execute("SET session_replication_role = origin")
    cursor.execute("VACUUM ANALYZE")
    cursor.execute("SELECT count(*) FROM families_family")
    return cursor.fetchone()[0]


def _map(cursor, copies, there):
    cursor.execute("CREATE TEMP TABLE base AS SELECT id, region FROM families_family")
    cursor.execute("SELECT DISTINCT region FROM base ORDER BY region")
    old = [region for (region,) in cursor.fetchall()]
    places = list(there.values())
    cursor.execute("CREATE TEMP TABLE mapped (copy int, old text, region text)")
    for copy in range(1, copies + 1):
        here = places[copy % len(places)]
        rows = [(copy, region, here[(number + 37 * copy) % len(here)]) for number, region in enumerate(old)]
        cursor.executemany("INSERT INTO mapped VALUES (%s, %s, %s)", rows)
    cursor.execute("ANALYZE base, mapped")


def _copy(cursor, table, family):
    """In the order of the places, as a register that was loaded kabupaten by kabupaten lies."""
    cursor.execute(COLUMNS, [table])
    columns = cursor.fetchall()
    names = ", ".join(f'"{name}"' for name, _kind in columns)
    told = ", ".join(_told(table, name, kind) for name, kind in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {told} FROM {table} o JOIN base b ON b.id = o.{family}"  # noqa: S608
        " JOIN mapped m ON m.old = b.region ORDER BY m.region, m.copy"
    )


def _told(table, name, kind):
    if name == "region":
        return "m.region"
    if name == "blind":
        return BLIND
    return KEY.format(name) if kind == "uuid" else f'o."{name}"'


def villages(codes, wanted):
    """{kabupaten: its villages} of the first so many."""
    found = {}
    for code in codes:
        if code.count(".") == 3:
            found.setdefault(code[:5], []).append(code)
    return dict(islice(found.items(), wanted))
