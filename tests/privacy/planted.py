"""A family with something of the person in every column of every table that leads to the person."""

from datetime import timedelta
from importlib import import_module
from itertools import count
from pathlib import Path

from django.db import connection, models

from balai.access.actions import record
from balai.access.models import acting, unscoped
from balai.accounts.models import Assignment
from balai.families.models import Reveal
from balai.privacy import actions
from balai.privacy.models import Request, Subject, held
from balai.privacy.models.walk import own
from balai.privacy.rules import PERSONAL, RequestState
from balai.vault.models import SealedField
from tests import people
from tests.families import register

NAME = "Nguyễn Łukasz Şerif O’Brien"  # letters outside Latin-1
NIK, KK = "0042" * 4, "0043" * 4  # there is no province 00
TEXT = (models.CharField, models.TextField)


def family(*, alone=False, by=register.BY):
    """The family and its head: with a child, unless the head is `alone`."""
    others = [] if alone else [register.child()]
    made = register.family(people=[register.head(name="Siti Aminah", nik=NIK), *others], card=KK, by=by)
    return made, register.head_of(made)


def everywhere(*, alone=False):
    """(subject, {(table, column): what was planted}): a row in every table, a canary in every column of text."""
    made, person = family(alone=alone)
    _rows(made, person)
    subject, planted, numbers = Subject(person.pk, made.pk), {}, count(1)
    with unscoped("uji: menanam kenari"):
        for table, rows in held(subject):
            row = rows.filter(own(table, subject)).first() or rows.first()
            assert row is not None, f"nothing planted in {table.key}"
            for field in row._meta.concrete_fields:
                canary = _canary(field, next(numbers))
                if canary:
                    rows.filter(pk=row.pk).update(**{field.name: canary})
                    planted[table.key, field.name] = canary
        type(person).objects.filter(pk=person.pk).update(name=NAME)
    planted["families.person", "name"] = NAME
    return subject, planted


def _canary(field, number):
    """A text that stands nowhere else, as far as the column takes any text."""
    if field.primary_key or field.choices or field.name in ("region", "matters", "shard"):
        return None
    if type(field).__name__ == "WrittenJSON":
        return {"name": [f"kenari {number:03d}", "lain"]}
    return f"kenari {number:03d}"[: field.max_length] if isinstance(field, TEXT) else None


def _rows(made, person):
    at, officer = register.AT, people.person("field_officer", register.KECAMATAN)
    companion = people.granted(officer, "companion", register.HERE)
    record(
        by=register.BY, at=at, deed="person.correct", subject=person.pk, region=register.HERE, why="uji",
        subjects=[person.pk, made.pk], changes={"name": ("lama", "baru")},
    )  # fmt: skip
    with acting(register.BY):
        for one in (made.numbers.get(person=person), made.numbers.get(person=None)):
            Reveal.objects.create(
                account=officer.pk, number=one, reason="uji", from_at=at, until_at=at + timedelta(hours=1)
            )
        request = actions.receive_request(
            by=register.BY, at=at, person=person, kind="restriction", proof="known", guardian_name="Ibu Wali",
            guardian_relation="guardian", note="catatan",
        )  # fmt: skip
        actions.grant_request(by=register.BY, at=at, request=request, reason="alasan yang panjang")
        request = actions.lift_restriction(by=register.BY, at=at, request=request, reason="alasan yang panjang")
        assert request.known_state is RequestState.DONE
        Request.objects.filter(pk=request.pk).update(family=made.pk)
        person.restricted_at, person.restricted_by = at, "uji"
        person.save(update_fields=["restricted_at", "restricted_by"])
    Assignment.objects.create(grant=companion, family=made.pk, given_at=at, given_by="uji")
    with acting(register.BY):
        for plant in plants():
            plant(made, person)


def plants():
    """Of every room that keeps something of a family: `plant(family, person)` in its tests' planting.py."""
    for path in sorted(Path(__file__).parents[1].glob("*/planting.py")):
        yield import_module(f"tests.{path.parent.name}.planting").plant


def secrets(planted):
    """What must be gone after an erasure: canaries of personal columns, and the numbers."""
    return {str(one) if not isinstance(one, dict) else one["name"][0] for (_table, _column), one in planted.items()}


def personal(planted, tables):
    """Those of the columns of class P3 and P4."""
    return {where: one for where, one in planted.items() if where[1] in tables[where[0]].fields_of(*PERSONAL)}


def dump():
    """Every column of every table of the database as one text, sealed numbers opened."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found += [f"{name}: {' | '.join(_text(one) for one in row)}" for row in cursor.fetchall()]
    return "\n".join(found)


def _text(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def is_sealed(field):
    return isinstance(field, SealedField)
