"""Monthly figures of other systems, one vintage after another.

Set-based, because a nation's month is 83,762 rows a register.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, islice

import msgspec
from django.db import connection, transaction
from django.db.models import Q

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base.errors import NotValid
from balai.villages.models import Return, VillageMonth
from balai.villages.rules import Counts

CHUNK = 4000
STATEMENT = 3500  # letters of places: psycopg parses a statement of up to 4096 letters only once
RETURN_COLUMNS = (
    "code", "register", "period", "exported_on", "position", "values", "marks", "digest", "superseded", "batch",
)  # fmt: skip
MARK_COLUMNS = ("couples_marks", "users_marks", "groups_marks")
MONTH_COLUMNS = {field.name for field in VillageMonth._meta.fields} - {"id", "code", "period"}

_json = msgspec.json.Encoder(order="deterministic").encode


@dataclass(slots=True)
class _Vintage:
    exported_on: object
    position: int
    digest: str
    superseded: bool
    pk: int | None = None


@dataclass(slots=True)
class _Fresh:
    """A new vintage with the row it came from, encoded once."""

    row: object
    vintage: _Vintage
    values: str
    marks: str


def record_returns(*, by, at, batch, register, exported_on, rows):
    """Adds the vintages that are new and lets, for each village and month, the latest stand.

    `rows` may be a generator. Content that this register already gave on that export day is left alone; among
    differing rows of one export day the one that arrived last stands. One field of VillageMonth belongs to one
    register: two registers that fill the same field would overwrite each other.
    """
    # Inside a caller's transaction only a savepoint a chunk: this SQLite keeps what a savepoint changes in memory.
    rows, written, unchanged = iter(rows), 0, 0
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        while chunk := list(islice(rows, CHUNK)):
            fresh = _record_chunk(chunk, by=by, at=at, batch=batch, register=register, exported_on=exported_on)
            written += fresh
            unchanged += len(chunk) - fresh
    return Counts(written=written, unchanged=unchanged)


@transaction.atomic
def _record_chunk(chunk, *, by, at, batch, register, exported_on):
    codes = [row.code for row in chunk]
    for code in (min(codes), max(codes)):
        require(by, Permission.IMPORT_APPLY, code)
    fresh, retired, standing = _sort_out(chunk, _known(register, exported_on, chunk), exported_on)
    _retire(retired)
    _insert(fresh, batch, register)
    _fill_months(standing)
    if fresh:
        audit.record(
            by=by, at=at, deed="figures.record", subject=f"{register} {exported_on}",
            detail={"batch": str(batch), "written": len(fresh), "unchanged": len(chunk) - len(fresh)},
        )  # fmt: skip
    return len(fresh)


def _known(register, exported_on, chunk):
    """The stored vintages that matter for the chunk's villages and months: those in force and those of the same day."""
    known = {}
    found = Return.objects.filter(
        Q(superseded=False) | Q(exported_on=exported_on),
        register=register,
        code__in={row.code for row in chunk},
        period__in={row.period for row in chunk},
    ).values_list("code", "period", "exported_on", "position", "digest", "superseded", "pk")
    for code, period, *vintage in found.iterator(CHUNK):
        known.setdefault((code, period), []).append(_Vintage(*vintage))
    return known


def _sort_out(chunk, known, exported_on):
    """(new vintages, keys of stored rows that no longer stand, rows that now stand by village and month)."""
    fresh, retired, standing = [], [], {}
    for row in chunk:
        key = (row.code, row.period)
        vintages = known.setdefault(key, [])
        values, marks = _json(row.values), _json(row.marks)
        digest = blake2b(values + b"\n" + marks, digest_size=16).hexdigest()
        same_day = [vintage for vintage in vintages if vintage.exported_on == exported_on]
        if any(vintage.digest == digest for vintage in same_day):
            continue
        position = 1 + max((vintage.position for vintage in same_day), default=-1)
        new = _Vintage(exported_on, position, digest, superseded=False)
        in_force = next((vintage for vintage in vintages if not vintage.superseded), None)
        if in_force and (in_force.exported_on, in_force.position) > (exported_on, position):
            new.superseded = True
        else:
            standing[key] = row
            if in_force:
                in_force.superseded = True
                retired.append(in_force.pk)
        vintages.append(new)
        fresh.append(_Fresh(row, new, values.decode(), marks.decode()))
    return fresh, [pk for pk in retired if pk is not None], standing


def _retire(keys):
    """Before the insert, so that never two vintages of one village and month stand."""
    if keys:
        Return.objects.filter(pk__in=keys).update(superseded=True)


def _insert(fresh, batch, register):
    adapt = {name: Return._meta.get_field(name).get_db_prep_value for name in ("exported_on", "batch")}
    batch = adapt["batch"](batch, connection)
    days = {}
    for new in fresh:
        day = new.vintage.exported_on
        if day not in days:
            days[day] = adapt["exported_on"](day, connection)
    _insert_rows(
        Return, RETURN_COLUMNS,
        [
            (
                new.row.code, register, new.row.period, days[new.vintage.exported_on], new.vintage.position,
                new.values, new.marks, new.vintage.digest, new.vintage.superseded, batch,
            )
            for new in fresh
        ],
    )  # fmt: skip


def _fill_months(standing):
    """Upserts what the standing rows say, each with the fields it names and no other."""
    shapes = {}
    for row in standing.values():
        if row.month or row.month_marks:
            shapes.setdefault((*row.month, *row.month_marks), []).append(row)
    for given, rows in shapes.items():
        if unknown := set(given) - MONTH_COLUMNS:
            raise NotValid("Kolom %(names)s tidak ada di data bulanan desa.", names=", ".join(sorted(unknown)))
        unset = tuple(name for name in MARK_COLUMNS if name not in given)
        _insert_rows(
            VillageMonth, ("code", "period", *given, *unset),
            [
                (row.code, row.period, *row.month.values(), *row.month_marks.values(), *(0 for _ in unset))
                for row in rows
            ],
            conflict=("period", "code"), update=given,
        )  # fmt: skip


def _insert_rows(model, columns, rows, conflict=(), update=()):
    """Plain INSERTs of some dozens of rows: model instances, and on PostgreSQL a statement a row, cost several times
    as much. Names come from the models, never from what was sent in."""
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), f"({', '.join(['%s'] * len(columns))})"
    head = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608  see above
    tail = ""
    if conflict:
        changes = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in update)
        tail = f" ON CONFLICT ({', '.join(map(quote, conflict))}) DO UPDATE SET {changes}"
    size = STATEMENT // (len(places) + 2)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            # nosemgrep: b2-sql-from-text  (constants only; what varies is how many)
            cursor.execute(head + ", ".join([places] * len(some)) + tail, list(chain.from_iterable(some)))
