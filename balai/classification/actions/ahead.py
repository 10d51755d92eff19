"""Reading the next part of a region while the caller judges and stores this one.

A thread is enough: SQLite and numpy work without Python's lock, and so does the caller's storing. The reader has a
connection of its own and sees what was committed before the run; so where the caller has a transaction open, whose
rows only its own connection sees, and where readers would have to wait for the writer, everything is read in turn.
"""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from balai.classification.actions.evidence import gather


def gathered(regions, periods):
    """The evidence of each region, in their order."""
    if len(regions) > 1 and not connection.in_atomic_block and _read_beside_writer():
        return _ahead(regions, periods)
    return (gather(region, periods) for region in regions)


def _read_beside_writer():
    if connection.vendor != "sqlite":  # pragma: no cover  the suite's run on PostgreSQL proves it
        return True
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def _ahead(regions, periods):
    with ThreadPoolExecutor(max_workers=1) as reader:
        try:
            coming = reader.submit(gather, regions[0], periods)
            for region in regions[1:]:
                found, coming = coming.result(), reader.submit(gather, region, periods)
                yield found
            yield coming.result()
        finally:
            reader.submit(connection.close)  # the reader's own: each thread has one
