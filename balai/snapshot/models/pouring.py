"""Rows of the database into files of text, without an object a row: PostgreSQL copies, SQLite writes the lines."""

from contextlib import contextmanager

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BooleanField, Func
from psycopg.pq import ExecStatus

AT_ONCE = 20_000  # lines
LISTED, FORGET = "listed_here", "DROP TABLE IF EXISTS pg_temp.listed_here"
MOST = 200_000  # so many are held in memory while rows are compared with them
# The other processor is busy with the kabupaten before this one. Compiling a query, which pays for itself nowhere here,
# took three times as long as running it: one wall of rows is a dozen expressions, and each worker compiles its own.
PLANNED = "SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL work_mem = '64MB'"

# Nobody is at work beside: both processors read, and one counts.
COUNTED = "SET LOCAL jit = off; SET LOCAL parallel_tuple_cost = 0; SET LOCAL work_mem = '256MB'"


@contextmanager
def consistent():
    """Within, every query sees the register as it stands now, whatever others write meanwhile."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":  # pragma: no cover  the suite's run on PostgreSQL proves it
        connection.ensure_connection()
        plain = connection.connection
        plain.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(PLANNED)
                yield
        finally:
            plain.isolation_level = None
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own transaction would keep writers out
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


class IsListed(Func):
    """Whether the table LISTED has the value; the database keeps it in memory beside the rows."""

    template = f"%(expressions)s IN (SELECT * FROM {LISTED})"  # noqa: S608  a name of our own
    output_field = BooleanField()


def listed(rows):
    """Puts the values that the query finds into the table LISTED, which this connection alone sees; gives whether it is
    of use: not on SQLite, where looking each of them up costs nothing, nor where they are very many."""
    if connection.vendor != "postgresql":
        return False
    with transaction.atomic(), connection.cursor() as cursor:  # pragma: no cover  the suite's run on PostgreSQL
        sql, parameters = rows.query.sql_with_params()
        cursor.execute(COUNTED)
        cursor.execute(FORGET)
        # nosemgrep: b2-sql-from-text  (Django's own text of a query; every value is a parameter)
        cursor.execute(f"CREATE TEMP TABLE {LISTED} AS {sql}", parameters)
        return cursor.rowcount <= MOST


def pour_out(rows, width, path):
    """Within `consistent`: writes what the query finds, a line a row, `width` values parted by commas: codes, numbers
    and days, never text that somebody typed."""
    with path.open("wb") as file, connection.cursor() as cursor:
        try:
            sql, parameters = rows.query.sql_with_params()
        except EmptyResultSet:  # the walls let nobody through
            return
        write = _copied if connection.vendor == "postgresql" else _lines
        write(cursor, sql, parameters, width, file)


def _copied(cursor, sql, parameters, _width, file):  # pragma: no cover  the suite's run on PostgreSQL proves it
    cursor.execute("SELECT 1")  # by which a new transaction is told who acts
    # nosemgrep: b2-sql-from-text  (Django's own text of a query; every value is a parameter)
    with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", parameters) as parts:
        plain = cursor.connection.pgconn
        while part := parts.read():
            file.write(part)
            if not _arrived(plain, file):
                break


def _arrived(plain, file):  # pragma: no cover  the suite's run on PostgreSQL proves it
    """Writes the rows that are here already, without waiting for each as a thing of its own. False at the end."""
    size, row = plain.get_copy_data(1)
    while size > 0:
        file.write(row)
        size, row = plain.get_copy_data(1)
    if size == 0:
        return True
    outcome = plain.get_result()
    while plain.get_result():
        pass
    if outcome.status != ExecStatus.COMMAND_OK:
        raise psycopg.errors.error_from_result(outcome)
    return False


def _lines(cursor, sql, parameters, width, file):
    names = ", ".join(f"c{number}" for number in range(width))
    line = " || ',' || ".join(f"coalesce(c{number}, '')" for number in range(width))
    # nosemgrep: b2-sql-from-text  (Django's own text of a query; every value is a parameter)
    cursor.execute(f"WITH found({names}) AS ({sql}) SELECT {line} FROM found", parameters)  # noqa: S608
    while lines := cursor.fetchmany(AT_ONCE):
        file.write("".join([f"{line}\n" for (line,) in lines]).encode())
