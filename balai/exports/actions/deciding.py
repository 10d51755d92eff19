"""The second officer: covers the region, is not who asked, and says why not."""

from django.db import transaction

from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, Refused
from balai.exports.actions.asking import record_of
from balai.exports.models import Export
from balai.exports.rules import State, purpose_of


@transaction.atomic
def approve_export(*, by, at, export):
    """The worker may begin; whether the asker still may take it, it finds out then."""
    return _decided(by, at, export, "export.approve", state=State.WRITING, approved_at=at, approved_by=by.name)


@transaction.atomic
def refuse_export(*, by, at, export, reason):
    reason = purpose_of(reason)
    given = {"refused_at": at, "refused_by": by.name, "refused_reason": reason}
    return _decided(by, at, export, "export.refuse", why=reason, state=State.REFUSED, **given)


def _decided(by, at, export, deed, *, why="", **fields):
    require(by, Permission.EXPORT_APPROVE, export.region)
    export = Export.objects.select_for_update().get(pk=export.pk)
    if by.account == export.account:
        raise NotAllowed("Unduhan Anda sendiri disetujui oleh petugas lain.")
    if export.known_state is not State.WAITING:
        raise Refused("Unduhan ini sudah diputuskan.")
    for name, value in fields.items():
        setattr(export, name, value)
    export.save(update_fields=list(fields))
    record_of(export, deed, by=by, at=at, why=why)
    return export
