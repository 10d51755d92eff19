"""What the database knows of the sizes of its tables after a load."""

import pytest
from django.db import connection

from balai.access.models import learn_sizes


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes its statistics by itself")
def test_sqlite_plans_by_what_was_loaded(tree):
    learn_sizes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'regions_place'")
        assert [int(row[0].split()[0]) for row in cursor.fetchall()]


def test_it_may_be_asked_within_a_transaction_and_of_nothing(db):
    learn_sizes()
    learn_sizes()
