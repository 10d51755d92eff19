"""Ending the oldest entries of a chain after their term: what the database itself is told (docs/adr/0021)."""

from datetime import timedelta

# UU 27/2022, article 31, names no term: Balai keeps what was done for at least five years.
LEAST_KEPT = timedelta(days=1826)
ENTRIES = "access_end_entries"

_TABLES = (("access_auditchange", "entry_id"), ("access_auditsubject", "entry_id"), ("access_auditentry", "id"))
_OLDEST = "SELECT id FROM access_auditentry WHERE shard = {0} AND number <= {1}{2}"


def _deletions(*parts: str) -> tuple[str, ...]:
    return tuple(f"DELETE FROM {table} WHERE {key} IN ({_OLDEST.format(*parts)})" for table, key in _TABLES)  # noqa: S608


# Each takes the chain and the last number that goes; what hangs on an entry goes before it.
DELETIONS = _deletions("%s", "%s", "")


def lent(schema: str, role: str) -> tuple[str, ...]:
    """PostgreSQL: the app may not delete entries. It is lent a function of the owner that ends those past their term
    by the server's clock, and gives how many."""
    *hanging, entries = _deletions("$1", "$2", f""" AND "at" < now() - interval '{LEAST_KEPT.days} days'""")
    body = "; ".join((*hanging, f"WITH gone AS ({entries} RETURNING 1) SELECT count(*) FROM gone"))  # noqa: S608
    within = '"' + schema.replace('"', '""') + '"'
    name = f"{within}.{ENTRIES}(text, bigint)"
    return (
        f"CREATE OR REPLACE FUNCTION {name} RETURNS bigint LANGUAGE sql SECURITY DEFINER"
        f" SET search_path = {within}, pg_temp AS $end$ {body} $end$",
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name} TO {role}",
    )
