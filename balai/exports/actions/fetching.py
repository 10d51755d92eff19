"""Taking the file, and seeing its password once: only the account that asked, with the rights that it still has."""

from django.db import transaction
from django.db.models import F

from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, Refused
from balai.exports.actions.asking import columns_open_to, record_of
from balai.exports.models import Export
from balai.exports.rules import State


@transaction.atomic
def fetch_export(*, by, at, export):
    """Records that the file is taken; each time until it ends."""
    export = _own(by, at, export)
    first = {} if export.fetched_at else {"fetched_at": at}
    Export.objects.filter(pk=export.pk).update(fetched=F("fetched") + 1, **first)
    record_of(export, "export.fetch", by=by, at=at)
    return export


@transaction.atomic
def tell_password(*, by, at, export):
    """The password, which is forgotten here at once."""
    export = _own(by, at, export)
    if not export.has_password:
        raise Refused("Kata sandinya sudah pernah ditampilkan. Bila terlewat, minta unduhan baru.")
    password = export.told_password()
    export.secrets, export.password_told_at = {}, at
    export.save(update_fields=["secrets", "password_told_at"])
    record_of(export, "export.password", by=by, at=at)
    return password


def _own(by, at, export):
    require(by, Permission.FAMILY_VIEW, export.region)
    export = Export.objects.select_for_update().get(pk=export.pk)
    if by.account != export.account:
        raise NotAllowed("Berkas ini hanya untuk akun yang memintanya.")
    columns_open_to(by, export.sheet, export.columns)
    if export.known_state is not State.READY or export.ends_at <= at:
        raise Refused("Berkas ini belum siap, atau sudah dihapus.")
    return export
