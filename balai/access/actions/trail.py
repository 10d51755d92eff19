"""The audit trail: every other room's action calls `record` inside its own transaction."""

from uuid import UUID

from django.db import connection, transaction

from balai.access.models.trail import AuditChain, AuditChange, AuditEntry, AuditSubject
from balai.access.rules import Permission, require, trail

# One statement takes the lock of the chain, hangs the line on it and gives the place: two in one shard wait here for
# each other. Django gives SQLite the function SHA256.
_HANG = (
    "INSERT INTO access_auditchain (shard, number, hash) VALUES (%s, 1, {first}) ON CONFLICT (shard) DO UPDATE "
    "SET number = access_auditchain.number + 1, hash = {next} RETURNING number, hash"
)
HANG = {
    "sqlite": _HANG.format(first="SHA256(%s)", next="SHA256(access_auditchain.hash || %s)"),
    "postgresql": _HANG.format(
        first="encode(sha256(convert_to(%s, 'UTF8')), 'hex')",
        next="encode(sha256(convert_to(access_auditchain.hash || %s, 'UTF8')), 'hex')",
    ),
}


@transaction.atomic(savepoint=False)
def record(*, by, at, deed, subject, region="", detail=None, why="", subjects=(), changes=None, matters=()):
    """Adds one entry; when it fails, the caller's change is rolled back with it.

    `subject` names the thing done to; `subjects` are the UUIDs of the families and persons whose data it touched or
    showed, by which "who looked at this family" and the list after a breach are answered. `changes` is
    {field: (before, after)}; it and `why` are kept so that they can be erased (`forget_changes`). `matters` says what
    the data was about where the deed does not tell.
    """
    touched = sorted({UUID(str(one)).hex for one in subjects})
    change = _kept(why, changes or {})
    about = trail.matters_of(deed, matters, touched, changes or {})
    said = {
        "at": at, "by": by.name, "hat": trail.hat_of(by), "device": by.device, "deed": deed, "region": region,
        "subject": trail.masked(str(subject)), "matters": " ".join(about),
        "kept": trail.digest(change.salt, change.why, trail.written(change.values)) if change else "",
    }  # fmt: skip
    detail = trail.masked(detail or {})
    line = trail.canonical(**said, detail=trail.written(detail), subjects=touched)
    shard = trail.shard_of(region)
    with connection.cursor() as cursor:
        cursor.execute(HANG[connection.vendor], (shard, line, line))
        number, link = cursor.fetchone()
    entry = AuditEntry.objects.create(shard=shard, number=number, hash=link, detail=detail, **said)
    if touched:
        AuditSubject.objects.bulk_create(AuditSubject(entry=entry, subject=UUID(one)) for one in touched)
    if change:
        change.entry = entry
        change.save(force_insert=True)
    return entry


def _kept(why, changes):
    if not why and not changes:
        return None
    values = {field: [trail.masked(one, field) for one in values] for field, values in changes.items()}
    return AuditChange(why=trail.masked(why), values=values)


@transaction.atomic
def forget_changes(*, by, at, subjects, region=""):
    """Blanks what the trail kept of these persons: reasons and values before and after. That something was done, by
    whom and when, stays, and the chain stays whole. Gives how many entries were blanked."""
    require(by, Permission.RIGHTS_DECIDE, region)
    named = AuditSubject.objects.filter(subject__in=subjects).values("entry")
    rows = list(AuditChange.objects.filter(entry__in=named, forgotten=None).order_by("pk"))
    if not rows:
        return 0
    forgotten = record(
        by=by, at=at, deed=trail.FORGOTTEN, subject=len(rows), region=region, subjects=subjects,
        detail={"entries": [row.pk for row in rows]},
    )  # fmt: skip
    for row in rows:
        row.why, row.salt, row.forgotten = "", None, forgotten
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
