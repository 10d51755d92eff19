"""Ending the entries of the trail that are past their term (docs/adr/0021)."""

from django.db import connection, transaction

from balai.access.actions.trail import record
from balai.access.models import AuditChain, AuditEntry
from balai.access.rules import Permission, require, trail
from balai.access.rules.cutting import DELETIONS, ENTRIES, LEAST_KEPT
from balai.base.errors import Refused


@transaction.atomic
def end_entries(*, by, at, before):
    """Ends the oldest entries of every chain, up to the first that is not from before that moment; gives how many.

    Each chain keeps the place and the hash of the last that went, and the trail the root over all of these.
    """
    require(by, Permission.RIGHTS_DECIDE)
    before = min(before, at - LEAST_KEPT)
    cuts = [cut for cut in map(_cut(before), AuditChain.objects.order_by("shard")) if cut]
    if not cuts:
        return 0
    done = sum(_deleted(chain, last) for chain, last, _link in cuts)
    for chain, last, link in cuts:  # afterwards: from here on the chain is locked
        AuditChain.objects.filter(pk=chain.pk).update(cut_number=last, cut_hash=link)
    record(
        by=by, at=at, deed=trail.CUT, subject=trail.root(AuditChain.objects.cuts()),
        detail={"before": before.isoformat(), "entries": done, "chains": len(cuts)},
    )  # fmt: skip
    return done


def _cut(before):
    """Of a chain: the number and the hash of the last entry that goes, or None."""

    def found(chain):
        entries = AuditEntry.objects.filter(shard=chain.shard).order_by("number")
        kept = entries.filter(at__gte=before).values_list("number", flat=True).first()
        last = chain.number if kept is None else kept - 1
        if last <= chain.cut_number:
            return None
        return chain, last, entries.filter(number=last).values_list("hash", flat=True).first()

    return found


def _deleted(chain, last):
    """How many went; refused where one was missing, for then the trail is damaged and must be looked at first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # pragma: no cover  the suite's run on PostgreSQL proves it
            cursor.execute(f"SELECT {ENTRIES}(%s, %s)", (chain.shard, last))  # nosemgrep: b2-sql-from-text
            gone = cursor.fetchone()[0]
        else:
            for statement in DELETIONS:
                cursor.execute(statement, (chain.shard, last))
            gone = cursor.rowcount
    if gone != last - chain.cut_number:
        raise Refused(
            "Jejak %(chain)s tidak utuh atau belum lewat masa simpan; tidak ada yang diakhiri. "
            "Jalankan “balai audit verify”.",
            chain=chain.shard or "Indonesia",
        )  # fmt: skip
    return gone
