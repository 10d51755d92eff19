"""Who acts now, and how PostgreSQL is told: by settings of the transaction, safe where a pooler shares connections."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from balai.access.rules import told

_acting = ContextVar("acting", default=None)


def acting_now():
    """Whoever acts, or None."""
    return _acting.get()


@contextmanager
def principal(actor):
    """Within, `actor` acts, and every transaction on PostgreSQL begins by saying so."""
    before = _acting.set(actor)
    try:
        if connection.vendor == "postgresql":  # pragma: no cover  the suite's run on PostgreSQL proves it
            with _telling():
                yield actor
        else:
            yield actor
    finally:
        _acting.reset(before)
        _tell_if_begun()


@contextmanager
def _telling():  # pragma: no cover  the suite's run on PostgreSQL proves it
    """Tells a transaction that has begun at once, and every other one before its first statement."""
    _tell_if_begun()
    if _tell_first in connection.execute_wrappers:
        yield
        return
    with connection.execute_wrapper(_tell_first):
        yield


def _tell_first(execute, sql, params, many, context):  # pragma: no cover  the suite's run on PostgreSQL proves it
    within = context["connection"]
    if not within.in_atomic_block:  # a statement by itself becomes a transaction, or nothing could be told
        with transaction.atomic(using=within.alias):
            return _tell_first(execute, sql, params, many, context)
    if within.connection.info.transaction_status == TransactionStatus.IDLE:
        _tell(context["cursor"].cursor)
    return execute(sql, params, many, context)


def _tell_if_begun():
    """A transaction that failed is told nothing: rolling back brings back what it was told before."""
    if connection.vendor != "postgresql" or not connection.in_atomic_block or connection.needs_rollback:
        return
    if connection.connection.info.transaction_status == TransactionStatus.INTRANS:  # pragma: no cover
        with connection.connection.cursor() as cursor:
            _tell(cursor)


def _tell(cursor):  # pragma: no cover  the suite's run on PostgreSQL proves it
    settings = told(_acting.get())
    asked = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    # nosemgrep: b2-sql-from-text  (placeholders only; what varies is how many)
    cursor.execute(f"SELECT {asked}", [part for pair in settings.items() for part in pair])  # noqa: S608
