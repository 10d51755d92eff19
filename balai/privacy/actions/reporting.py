"""Everything that is held of one person, for the person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balai.access.actions import record
from balai.access.models import unscoped
from balai.access.rules import Matter, Permission, require
from balai.base.errors import NotAllowed
from balai.families.models import Person
from balai.privacy.actions.requests import NOT_SEEN, finish_access
from balai.privacy.models import Subject, held, mentions
from balai.privacy.rules import Table, check_reason, for_readers
from balai.vault.models import SealedField, opened


@dataclass(frozen=True)
class Part:
    """One table with its rows: {field: value}, numbers in clear."""

    table: Table
    rows: tuple[dict, ...]


@dataclass(frozen=True)
class Mention:
    """Rows of other persons that name this one: how many, and in which column of which table."""

    table: str
    field: str
    count: int


@dataclass(frozen=True)
class Report:
    person: UUID
    name: str
    made_at: datetime
    parts: tuple[Part, ...]
    mentions: tuple[Mention, ...]


@transaction.atomic
def report_person(*, by, at, person, reason, request=None):
    """Whoever asks must see the person; the report then holds also what lies outside the scope of `by`: it is the
    person's own, and half a report would be none."""
    require(by, Permission.RIGHTS_DECIDE, person.region)
    reason = check_reason(reason)
    person = Person.objects.filter(pk=person.pk).first()
    if person is None:
        raise NotAllowed(NOT_SEEN)
    subject = Subject(person.pk, person.family_id)
    record(
        by=by, at=at, deed="person.report", region=person.region, subject=person.pk, why=reason,
        subjects=[person.pk, person.family_id], matters=(Matter.NAMES, Matter.NUMBER),
    )  # fmt: skip
    if request is not None:
        finish_access(request, at)
    with unscoped("the report of a person holds every table that leads to the person"):
        parts = [Part(table, tuple(_row(row) for row in rows)) for table, rows in held(subject, tables=for_readers())]
        named = [Mention(model._meta.label_lower, field.name, count) for model, field, count in mentions(subject)]
    return Report(person.pk, person.name, at, tuple(part for part in parts if part.rows), tuple(named))


def _row(row):
    return {field.name: _value(row, field) for field in row._meta.concrete_fields}


def _value(row, field):
    value = getattr(row, field.attname)
    if isinstance(field, SealedField) and value:
        return opened(value, row.pk, row._meta.db_table, field.column)
    return value
