"""The audit trail: every other room's action calls `record` inside its own transaction."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from balai.access.actions.adding import COLUMNS, added
from balai.access.models.trail import AuditChain, AuditChange, AuditEntry, AuditSubject
from balai.access.rules import Permission, require, trail


@transaction.atomic(savepoint=False)
def record(*, by, at, deed, subject, region="", detail=None, why="", subjects=(), changes=None, matters=()):
    """Adds one entry and gives its key; when it fails, the caller's change is rolled back with it.

    `subject` names the thing done to; `subjects` are the UUIDs of the families and persons whose data it touched or
    showed, by which "who looked at this family" and the list after a breach are answered. `changes` is
    {field: (before, after)}; it and `why` are kept so that they can be erased (`forget_changes`). `matters` says what
    the data was about where the deed does not tell.
    """
    touched = sorted({UUID(str(one)).hex for one in subjects})
    kept = _kept(why, changes or {})
    said = {
        "at": at, "by": by.name, "hat": trail.hat_of(by), "device": by.device, "deed": deed, "region": region,
        "subject": trail.masked(str(subject)),
        "matters": " ".join(trail.matters_of(deed, matters, touched, changes or {})),
        "detail": trail.written(trail.masked(detail or {})),
        "kept": trail.digest(*kept) if kept else "",
    }  # fmt: skip
    line = trail.canonical(**said, subjects=touched)
    said["at"] = connection.ops.adapt_datetimefield_value(at)
    return added(trail.shard_of(region), line, [said[name] for name in COLUMNS], touched, kept)


def _kept(why, changes):
    """Why, the values and their salt, or None where there is nothing that could have to be erased."""
    if not why and not changes:
        return None
    values = {field: [trail.masked(one, field) for one in pair] for field, pair in changes.items()}
    return trail.masked(why), trail.written(values), AuditChange._meta.get_field("salt").get_default()


@transaction.atomic
def forget_changes(*, by, at, subjects, region=""):
    """Blanks what the trail kept of these persons: reasons and values before and after. That something was done, by
    whom and when, stays, and the chain stays whole. Gives how many entries were blanked."""
    require(by, Permission.RIGHTS_DECIDE, region)
    named = AuditSubject.objects.filter(subject__in=subjects).values("entry")
    about = AuditEntry.objects.filter(subject__in=[str(one) for one in subjects]).values("pk")
    rows = list(AuditChange.objects.filter(Q(entry__in=named) | Q(entry__in=about), forgotten=None).order_by("pk"))
    if not rows:
        return 0
    forgotten = record(
        by=by, at=at, deed=trail.FORGOTTEN, subject=len(rows), region=region, subjects=subjects,
        detail={"entries": [row.pk for row in rows]},
    )  # fmt: skip
    for row in rows:
        row.why, row.salt, row.forgotten_id = "", None, forgotten
        row.values = dict.fromkeys(row.values)
    AuditChange.objects.bulk_update(rows, ["why", "values", "salt", "forgotten"])
    return len(rows)


@transaction.atomic
def seal(*, by, at):
    """The day's root over the heads of all chains, to be kept where nobody who can write the trail can write."""
    require(by, Permission.AUDIT_READ)
    heads = {shard: (number, link) for shard, number, link in AuditChain.objects.values_list("shard", "number", "hash")}
    root = trail.root(heads)
    record(by=by, at=at, deed=trail.SEALED, subject=root, detail={"chains": len(heads)})
    return {"at": at.isoformat(), "root": root, "heads": heads}
