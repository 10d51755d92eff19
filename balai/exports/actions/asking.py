"""Asking for a file: what may be in it, whether a second officer must agree, and how much one account may take."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.access.rules.trail import hat_of
from balai.accounts.models import Account
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.exports.models import Export, source_of
from balai.exports.rules import (
    ALERT_DAYS,
    DAY,
    SHEETS,
    Format,
    State,
    is_unusual,
    left_of_quota,
    matters,
    needs_second,
    purpose_of,
)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to take: keys of the table and its columns, a region, what narrows it, and the form."""

    sheet: str
    region: str
    columns: tuple[str, ...]
    filters: dict[str, str]
    format: str = Format.CSV.value


@dataclass(frozen=True)
class Foreseen:
    """What comes of a wish."""

    persons: int
    needs_second: bool
    left: int  # of the quota, before this
    rows: Any


def may_write_parquet(actor):
    """Officers of the data: whoever verifies families."""
    return actor.may(Permission.FAMILY_VERIFY)


def foresee(*, by, at, wish, besides=None):
    """How many persons it would be and who must agree; the quota without the export `besides`. NotAllowed for a table,
    a column or a form that is not open."""
    require(by, Permission.FAMILY_VIEW, wish.region)
    columns = columns_open_to(by, wish.sheet, wish.columns)
    if wish.format == Format.PARQUET and not may_write_parquet(by):
        raise NotAllowed("Parquet hanya untuk petugas data: PKB/PLKB dan OPD-KB.")
    source, on = source_of(wish.sheet), timezone.localtime(at).date()
    rows = source.rows(wish.region, wish.filters, on)
    persons = source.persons(rows)
    asked = Export.objects.filter(account=by.account).exclude(pk=besides).since(at - DAY)
    left = left_of_quota(asked.taken_alone().persons())
    return Foreseen(persons, needs_second(persons, columns), left, rows)


def columns_open_to(by, sheet, keys):
    """The columns of that name, all of them open to this actor, or NotAllowed."""
    table = SHEETS[sheet]
    columns = table.named(keys)
    if not table.open_to(by) or len(columns) != len(keys) or not set(columns) <= set(table.columns_for(by)):
        raise NotAllowed("Peran Anda tidak membuka semua kolom unduhan ini.")
    if not columns:
        raise NotValid("Pilih sedikitnya satu kolom.")
    return columns


@transaction.atomic
def ask_export(*, by, at, wish, purpose, language):
    """Waits for a second officer where one is needed; otherwise the worker may begin."""
    if by.account is None:
        raise NotAllowed("Unduhan hanya dapat diminta oleh sebuah akun.")
    purpose = purpose_of(purpose)
    Account.objects.select_for_update().get(pk=by.account)  # two requests of one account wait for each other
    seen = foresee(by=by, at=at, wish=wish)
    if not seen.persons:
        raise Refused("Tidak ada yang dapat diunduh: daftar ini kosong di wilayah itu.")
    within_quota(seen)
    second = seen.needs_second
    export = Export.objects.create(
        sheet=wish.sheet, region=wish.region, filters=wish.filters, columns=list(wish.columns), format=wish.format,
        language=language, purpose=purpose, account=by.account, hat=hat_of(by), device=by.device,
        assurance=by.assurance, asked_at=at, asked_by=by.name, persons=seen.persons, needs_approval=second,
        state=State.WAITING if second else State.WRITING, unusual=_is_unusual(by, at, seen.persons),
    )  # fmt: skip
    record_of(export, "export.ask", by=by, at=at, why=purpose)
    if export.unusual:
        record_of(export, "export.unusual", by=by, at=at)
    return export


def within_quota(seen):
    """What one may take alone. Where a second officer must agree, that officer's yes or no is the limit."""
    if not seen.needs_second and seen.persons > seen.left:
        raise Refused(
            "Ini data %(persons)s orang; dalam 24 jam Anda masih dapat mengunduh data %(left)s orang. "
            "Pilih wilayah yang lebih kecil, atau lanjutkan besok.",
            persons=seen.persons, left=seen.left,
        )  # fmt: skip


def _is_unusual(by, at, persons):
    """A day against the days before it on which this account asked for anything."""
    today = timezone.localtime(at).date()
    days = Export.objects.filter(account=by.account).since(at - timedelta(days=ALERT_DAYS)).persons_by_day()
    before = days.pop(today, 0)
    return is_unusual(before, persons, list(days.values()))


def record_of(export, deed, *, by, at, subjects=(), region=None, **more):
    """An entry about an export: what is in it, of how many, never of whom."""
    detail = {"sheet": export.sheet, "format": export.format, "persons": export.persons, "columns": export.columns}
    return record(
        by=by, at=at, deed=deed, subject=export.pk, region=export.region if region is None else region,
        detail=detail | {"filters": export.filters}, subjects=subjects, matters=matters(export.known_columns), **more,
    )  # fmt: skip
