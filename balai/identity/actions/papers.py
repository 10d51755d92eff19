"""The papers of a person, answered one by one."""

from django.db import transaction

from balai.access.rules import Permission, require
from balai.base.errors import NotValid
from balai.families.actions.families import not_later
from balai.families.actions.people import held_person
from balai.families.actions.writing import changed, day, held, record_change
from balai.identity.models import Document
from balai.identity.rules import DocumentKind


@transaction.atomic
def record_documents(*, by, at, person, answers):
    """`answers`: {kind: (is_held, issued_on)}; a kind that is not named stays as it is. What was answered on an
    earlier day stays as the past."""
    person = held_person(by, person)
    family = held(by, person.family)
    require(by, Permission.FAMILY_EDIT, family.region)
    now = {row.kind: row for row in Document.objects.filter(person=person).now()}
    found = {}
    for kind, (is_held, issued_on) in answers.items():
        _check(kind, is_held, issued_on, person, at)
        given = {"is_held": is_held, "issued_on": issued_on}
        pair = _answered(now.get(kind), given, person, family, kind, by, at)
        if pair:
            found[f"document_{kind}"] = pair
    if found:
        record_change(
            families=[family.pk], by=by, at=at, deed="person.document", subject=person.pk, region=family.region,
            changes=found, subjects=[family.pk, person.pk],
        )  # fmt: skip
    return found


def _check(kind, is_held, issued_on, person, at):
    if kind not in set(DocumentKind):
        raise NotValid("Pilih dokumen dari daftar.")
    not_later(issued_on, at)
    if issued_on and not is_held:
        raise NotValid("Tanggal terbit hanya diisi bila dokumennya ada.")
    if issued_on and person.born_on and issued_on < person.born_on:
        raise NotValid("Dokumen tidak dapat terbit sebelum orangnya lahir. Periksa kedua tanggal.")


def _answered(row, given, person, family, kind, by, at):
    """(before, after) of whether it is held, or None where nothing is new. An answer of today is replaced."""
    today = day(at)
    if row is None or row.from_on is None or row.from_on < today:
        if row is not None:
            if (row.is_held, row.issued_on) == tuple(given.values()):
                return None
            row.until_on = today
            row.save(update_fields=["until_on"])
        Document.objects.create(
            person=person, family=family, region=family.region, kind=kind, from_on=today, made_at=at,
            made_by=by.name, **given,
        )  # fmt: skip
        return (row.is_held if row else None), given["is_held"]
    before, found = row.is_held, changed(row, given)
    row.save(update_fields=list(given))
    return (before, row.is_held) if found else None
