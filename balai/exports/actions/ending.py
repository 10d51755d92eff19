"""What did not come to a file, and the end of a file after its day."""

from django.db import transaction

from balai.access.rules import Permission, require
from balai.exports.actions.asking import record_of
from balai.exports.models import Export
from balai.exports.rules import State


@transaction.atomic
def stop_export(*, by, at, export, said):
    """It is refused on the way, or breaks: the row says why."""
    require(by, Permission.FAMILY_VIEW, export.region)
    export = Export.objects.select_for_update().get(pk=export.pk)
    export.state, export.file = State.STOPPED, ""
    export.stopped_said = {"message": said.message, "params": dict(said.params)}
    export.save(update_fields=["state", "file", "stopped_said"])
    record_of(export, "export.stop", by=by, at=at)
    return export


@transaction.atomic
def end_export(*, by, at, export, folder):
    """The file goes. Done again it does nothing."""
    require(by, Permission.FAMILY_VIEW, export.region)
    export = Export.objects.select_for_update().get(pk=export.pk)
    if export.known_state is not State.READY:
        return export
    path = folder / export.file
    export.state, export.file, export.secrets = State.ENDED, "", {}
    export.save(update_fields=["state", "file", "secrets"])
    record_of(export, "export.end", by=by, at=at)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return export
