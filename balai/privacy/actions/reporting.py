"""Everything that is held of one person, for the person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balai.access.actions import record
from balai.access.models import AuditEntry, unscoped
from balai.access.rules import Matter, Permission, require
from balai.accounts.rules import own
from balai.base.errors import NotAllowed
from balai.families.models import VILLAGE_CODE, Person
from balai.privacy.actions.requests import NOT_SEEN, finish_access
from balai.privacy.models import Subject, held, held_of, mentions, namesakes
from balai.privacy.rules import Table, catalogue, check_reason, for_readers
from balai.vault.models import SealedField, opened

LATEST = 200  # entries of the trail in the report of an account


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
    namesakes: tuple[Part, ...] = ()


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
        alike = _namesakes(person.name, [person.region[:VILLAGE_CODE]])
        named = [Mention(model._meta.label_lower, field.name, count) for model, field, count in mentions(subject)]
    return Report(person.pk, person.name, at, tuple(part for part in parts if part.rows), tuple(named), alike)


@transaction.atomic
def report_account(*, by, at, account):
    """What Balai holds of somebody who signs in, for that person alone: nothing of residents, nothing that opens."""
    own.require(by, account.pk)
    record(by=by, at=at, deed="account.report", subject=account.pk)
    with unscoped("the report of an account holds every table that leads to its owner"):
        parts = [
            Part(table, tuple(_own_row(table, row) for row in rows))
            for table, rows in held_of(account, tables=for_readers())
        ]
        parts.append(Part(catalogue().tables[AuditEntry._meta.label_lower], tuple(map(_row, _looks(account)))))
        alike = _namesakes(account.name, account.grants.exclude(region="").values_list("region", flat=True).distinct())
    parts = sorted((part for part in parts if part.rows), key=lambda part: part.table.key != account._meta.label_lower)
    return Report(account.pk, account.name, at, tuple(parts), (), alike)


def _looks(account):
    """Of the trail: signing in and out, and what officers did with the account, the latest first."""
    rows = AuditEntry.objects.filter(subject=str(account.pk)).order_by("-at", "-pk")
    return rows[:LATEST]


def _namesakes(name, regions):
    found = (
        Part(table, tuple(_row(row) for row in rows)) for table, rows in namesakes(name, regions, tables=for_readers())
    )
    return tuple(part for part in found if part.rows)


def _own_row(table, row):
    shown = table.of_account()
    return {field.name: _value(row, field) for field in row._meta.concrete_fields if field.name in shown}


def _row(row):
    return {field.name: _value(row, field) for field in row._meta.concrete_fields}


def _value(row, field):
    value = getattr(row, field.attname)
    if isinstance(field, SealedField) and value:
        return opened(value, row.pk, row._meta.db_table, field.column)
    return value
