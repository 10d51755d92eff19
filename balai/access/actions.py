"""The audit trail: every other room's action calls `record` inside its own transaction."""

from balai.access.models import AuditEntry


def record(*, by, at, deed, subject, region="", detail=None):
    """Adds one entry; when it fails, the caller's change is rolled back with it."""
    return AuditEntry.objects.create(
        by=by.name, at=at, deed=deed, subject=str(subject), region=region, detail=detail or {}
    )
