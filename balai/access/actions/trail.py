"""The audit trail: every other room's action calls `record` inside its own transaction."""

from balai.access.models import AuditEntry


def record(*, by, at, deed, subject, region="", detail=None, why="", subjects=()):
    """Adds one entry; when it fails, the caller's change is rolled back with it.

    `subject` names the thing done to; `subjects` are the UUIDs of the families and persons whose data it touched or
    showed, by which "who looked at this family" and the list after a breach are answered.
    """
    known = {"why": why, "subjects": [str(one) for one in subjects]}
    return AuditEntry.objects.create(
        by=by.name, at=at, deed=deed, subject=str(subject), region=region,
        detail={**(detail or {}), **{name: value for name, value in known.items() if value}},
    )  # fmt: skip
