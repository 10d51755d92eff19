"""The file and its password: only for the account that asked; for everybody else they are not there."""

from django.conf import settings
from django.http import FileResponse
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import door, found
from balai.base.cells import MEDIA_TYPES
from balai.base.errors import Refused
from balai.exports import actions
from balai.exports.models import Export
from balai.exports.views.lists import page

ZIP, BYTES = "application/zip", "application/octet-stream"


def _own(request, pk):
    return found(Export.objects.of(request.actor), pk=pk)


@door(Permission.FAMILY_VIEW, methods=("POST",), reads=(Matter.NAMES,))
def password(request, pk):
    """Shown on the answer itself and nowhere again."""
    export = _own(request, pk)
    told = actions.tell_password(by=request.actor, at=timezone.now(), export=export)
    export.refresh_from_db()
    return page(request, export, password=told)


@door(Permission.FAMILY_VIEW, methods=("POST",), reads=(Matter.NAMES,))
def file(request, pk):
    export = actions.fetch_export(by=request.actor, at=timezone.now(), export=_own(request, pk))
    path = settings.EXPORTS / export.file
    if not path.is_file():
        raise Refused("Berkas ini belum siap, atau sudah dihapus.")
    ending, kind = ("zip", ZIP) if export.closed else (export.format, MEDIA_TYPES.get(export.format, BYTES))
    name = f"{export.known_sheet.slug}-{export.region}.{ending}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)
