"""Asking from which export something comes that was found outside."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.exports.models import origins
from balai.exports.models.tracing import TRACE


@transaction.atomic
def trace_export(*, by, at, found):
    """The trail keeps who asked and what came of it, never what was pasted."""
    region = by.ranges[0][0] if by.ranges else ""
    require(by, Permission.AUDIT_READ, region)
    told = origins(by, found)
    detail = {"letters": len(found), "exports": [str(one.export) for one in told]}
    record(by=by, at=at, deed=TRACE, subject="export", region=region, detail=detail)
    return told
