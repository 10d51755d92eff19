from datetime import UTC, datetime

import pytest

from balai.access.actions import record
from balai.access.models import AuditEntry
from balai.access.rules import operator


@pytest.mark.django_db
def test_an_entry_says_who_when_what_and_where():
    at = datetime(2025, 11, 2, 3, 4, tzinfo=UTC)
    record(by=operator("root"), at=at, deed="regions.load", subject="tree", region="76", detail={"places": 3})
    entry = AuditEntry.objects.get()
    assert (entry.at, entry.by, entry.deed, entry.subject, entry.region, entry.detail) == (
        at, "operator:root", "regions.load", "tree", "76", {"places": 3},
    )  # fmt: skip
