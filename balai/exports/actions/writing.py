"""Writing the file: what may leave is asked once more, then batch by batch, then the trail, then it is ready."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from balai.access.rules import DataClass, Matter, Permission, Right, require
from balai.accounts.models import Account
from balai.base.errors import Refused
from balai.exports.actions.asking import Wish, foresee, record_of, within_quota
from balai.exports.actions.files import write_file
from balai.exports.actions.planting import planted
from balai.exports.models import Export, batches, is_invented, source_of
from balai.exports.rules import LIVES, State

NUMBER_DEED = "number.export"  # by its name the list after a breach knows that numbers were there in full


def write_export(*, by, at, export, folder, name, password):
    """Writes the file that was asked for and makes it ready; an earlier try, if there was one, is begun again. None
    where there is nothing to write. `password` closes it if a second officer had to agree."""
    export = _begun(by, at, export, folder, name)
    if export is None:
        return None
    touched = {}
    with override(export.language):
        note = _note(by, at, export)
        columns = export.known_columns
        headings = [_heading(one, export.language) for one in columns]
        size = write_file(
            folder / name, export.format, columns, planted(export, _told(export, at, touched), at),
            language=export.language, headings=headings, note=note, password=password if export.closed else None,
            named=export.known_sheet.slug,
        )  # fmt: skip
    return _finished(by, at, export, touched, size, password)


@transaction.atomic
def _begun(by, at, export, folder, name):
    """Rows may have come, rights may have gone, since it was asked for and approved."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    if export.known_state is not State.WRITING:
        return None
    require(by, Permission.FAMILY_VIEW, export.region)
    wish = Wish(export.sheet, export.region, tuple(export.columns), export.filters, export.format)
    seen = foresee(by=by, at=at, wish=wish, besides=export.pk)
    if seen.needs_second and not export.approved_at:
        raise Refused("Isi daftarnya bertambah sehingga perlu persetujuan petugas kedua. Mintalah sekali lagi.")
    within_quota(seen)
    before, export.file = export.file, name
    export.persons, export.rows, export.written = seen.persons, seen.rows.count(), 0
    export.save(update_fields=["file", "persons", "rows", "written"])
    record_of(export, "export.begin", by=by, at=at)
    if before:
        (folder / before).unlink(missing_ok=True)
    return export


def _told(export, at, touched):
    """(village, family, cells) of a row after another; whose they are is gathered in `touched`, village by village."""
    source, wanted, written = source_of(export.sheet), set(export.columns), 0
    rows = source.rows(export.region, export.filters, timezone.localtime(at).date())
    for village, batch in batches(source, rows):
        families = touched.setdefault(village, set())
        families.update(family for row in batch if (family := getattr(row, source.family)))
        told = source.told(batch, wanted)
        yield from ((village, getattr(row, source.family), one) for row, one in zip(batch, told, strict=True))
        written += len(batch)
        Export.objects.filter(pk=export.pk).update(written=written)


@transaction.atomic
def _finished(by, at, export, touched, size, password):
    export = Export.objects.select_for_update().get(pk=export.pk)
    export.state, export.size = State.READY, size
    export.ready_at, export.ends_at = at, at + LIVES
    if export.closed:
        export.hold(password)
    export.save(update_fields=["state", "size", "ready_at", "ends_at", "secrets"])
    deed = NUMBER_DEED if _has_numbers(export) else "export.write"
    for village, families in sorted(touched.items()):
        record_of(export, deed, by=by, at=at, subjects=families, region=village)
    return export


def _has_numbers(export):
    return any(one.matter is Matter.NUMBER and one.least > Right.MASKED for one in export.known_columns)


def _heading(column, language):
    return column.heading_en if language == "en" and column.heading_en else gettext(column.heading)


def _note(by, at, export):
    """The mark of the file: who, when, for what. No number of anybody."""
    who = Account.objects.filter(pk=by.account).values_list("name", flat=True).first()
    said = gettext("Diunduh oleh %(who)s pada %(at)s untuk: %(purpose)s. Nomor unduhan %(number)s.") % {
        "who": who, "at": timezone.localtime(at).strftime("%Y-%m-%d %H:%M"), "purpose": export.purpose,
        "number": export.pk,
    }  # fmt: skip
    source = source_of(export.sheet)
    rows = source.rows(export.region, export.filters, timezone.localtime(at).date())
    secret = any(one.data_class is DataClass.P4 for one in export.known_columns)
    more = [gettext("Memuat data pribadi yang spesifik: jangan diteruskan.")] if secret else []
    more += [gettext("Data contoh rekaan.")] if is_invented(rows, source) else []
    return " ".join([said, *more])
