"""Snapshots of the register: one folder a kabupaten and period, made beside its place and put there whole."""

import fcntl
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
from django.db import transaction

from balai import __version__
from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base import months
from balai.base.errors import NotValid, Refused
from balai.indicators.rules import catalogue
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.snapshot.actions import making
from balai.snapshot.models import consistent, facts_of_villages, listed, pour_out, registers, repeated
from balai.snapshot.rules.manifest import MANIFEST, Manifest, read, written
from balai.snapshot.rules.sources import sources

LOCK = ".kunci"
PART, OLD, TEXT = ".baru", ".lama", "teks"
LARGE = 8  # an eighth


class Run(NamedTuple):
    """`listed`: the table of numbers that stand at more than one person is there. `since`: when the run began that was
    killed today, and is gone on with."""

    folder: Path
    period: str
    at: datetime
    on: date
    since: datetime | None
    listed: bool


class Built(NamedTuple):
    """Kabupaten by what became of them: made now, kept because they are as they were, closed with their period."""

    made: list[str]
    kept: list[str]
    closed: list[str]


def build(*, by, at, on, folder, period, region="", progress=None):
    """A snapshot of every kabupaten of the region, of the period's last day; `on`: today."""
    require(by, Permission.SYSTEM_SETUP)
    if months.first_day(months.parse(period)) > on:
        raise NotValid("Bulan %(period)s belum mulai.", period=period)
    built = Built([], [], [])
    places = kabupaten(region, months.last_day(period))

    def done(outcome, code):
        getattr(built, outcome).append(code)
        if progress:
            progress(1)

    with alone(folder) as lock, going_on(lock, at) as since:
        many = _listed(places, folder / period, months.last_day(period))
        _each(places, Run(folder / period, period, at, on, since, many), done)
    with transaction.atomic():
        detail = {"period": period, "made": len(built.made), "kept": len(built.kept), "closed": len(built.closed)}
        audit.record(by=by, at=at, deed="snapshot.build", subject=region or "00", region=region, detail=detail)
    return built


def kabupaten(region, day):
    if region:
        Place.objects.known(region)
    places = Place.objects.on(day).within(region).filter(level=Level.KABUPATEN).order_by("pk")
    codes = list(places.values_list("pk", flat=True))
    if not codes:
        raise NotValid("Potret disusun untuk satu kabupaten, satu provinsi, atau seluruh Indonesia.")
    return codes


@contextmanager
def alone(folder):
    """Within, no other process writes into the folder; the system lets go of it however this one ends."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise Refused("Potret di folder ini sedang disusun oleh proses lain. Tunggu sampai selesai.") from busy
        yield folder / LOCK


@contextmanager
def going_on(note, at):
    """Notes there that a run is under way; gives when the one began that was killed within a day before, or None."""
    since = _moment(note.read_bytes())
    since = since if since and at - since < timedelta(days=1) else None
    note.write_text((since or at).isoformat())
    try:
        yield since
    finally:
        note.write_text("")


def _moment(text):
    """None where there is none, or where its writing was cut off."""
    try:
        return datetime.fromisoformat(text.decode())
    except ValueError:
        return None


def _settle(folder, code):
    """Clears what a run left that was ended between two steps."""
    shutil.rmtree(folder / (code + PART), ignore_errors=True)
    if (folder / code).exists():
        shutil.rmtree(folder / (code + OLD), ignore_errors=True)
    elif (folder / (code + OLD)).exists():
        (folder / (code + OLD)).rename(folder / code)


def _listed(places, folder, day):
    """Whether the numbers of more than one person were listed before: where a large part of the register is read for
    the first time. One pass over all numbers takes as long as looking up those of an eighth of them."""
    new = sum(manifest_of(folder / code) is None for code in places)
    return new * LARGE > Place.objects.on(day).filter(level=Level.KABUPATEN).count() and listed(repeated())


def _each(places, run, done):
    """While the tables of one kabupaten are made, the next one is read; the tables of two are never made at once."""
    with ThreadPoolExecutor(max_workers=1) as behind:  # it reads no database, and its errors come with its result
        running = []
        for code in places:
            _settle(run.folder, code)
            outcome, told = _one(run, code)
            while running:
                done(*running.pop().result())
            if told:
                running.append(behind.submit(_tables, run.folder / code, told))
            else:
                done(outcome, code)
        while running:
            done(*running.pop().result())


def _one(run, code):
    """Reads the kabupaten, or leaves its folder as it is; says which, with the manifest where it was read."""
    target, day = run.folder / code, months.last_day(run.period)
    known = manifest_of(target)
    if known and known.closed:
        return "closed", None
    told = Manifest(
        period=run.period, kabupaten=code, as_of=day, made_at=run.at, code=__version__,
        definitions=catalogue().digest, stamp="", closed=run.on > day, files={}, doubts={},
    )  # fmt: skip
    if known and run.since and known.made_at >= run.since and not told.closed and _by_one_rule(known, told):
        return "kept", None
    part = target.with_name(code + PART)
    part.mkdir(mode=0o700, parents=True)
    with consistent():
        pour(part, code, day, run.listed)
    return "read", told


def _by_one_rule(known, told):
    return (known.code, known.definitions) == (told.code, told.definitions)


def _tables(target, told):
    """Of what was read of one kabupaten, unless they are there and would be the same; says what became of it."""
    part, known = target.with_name(told.kabupaten + PART), manifest_of(target)
    with making.opened(told.as_of, part / TEXT) as base:
        making.take_in(base, part / TEXT, sources())
        making.take_before(base, before(target.parent.parent, told.kabupaten, told.period))
        told = msgspec.structs.replace(told, stamp=making.stamp(base))
        same = known and known.stamp == told.stamp and _by_one_rule(known, told)
        if not same:
            finish(base, part, told)
    if same:
        write_manifest(target, msgspec.structs.replace(known, closed=told.closed))
        shutil.rmtree(part)
    else:
        put_in_place(part, target)
    return "kept" if same else "made", told.kabupaten


def pour(part, code, day, numbers_listed):
    """Everything that the register says of the kabupaten, as files of text."""
    folder = part / TEXT
    folder.mkdir()
    for name, rows in registers(code, day, listed=numbers_listed).items():
        pour_out(rows, len(sources()[name]), folder / f"{name}.csv")
    for name, rows in facts_of_villages(code, day).items():
        making.write_rows(rows, folder / f"{name}.csv")


def finish(base, part, told):
    """From the sources in `base` to the folder as it will stand."""
    tables = making.with_source(catalogue().tables)
    making.make_raw(base, tables)
    making.forget(base)
    making.grow(base, told.as_of)
    files = making.complete(base, tables, told.as_of, part)
    doubted = making.doubts(base)
    doubts = {kind: sum(places.values()) for kind, places in doubted.items()}
    manifest = msgspec.structs.replace(told, files=files, doubts=doubts, doubted=doubted)
    write_manifest(part, manifest)
    shutil.rmtree(part / TEXT, ignore_errors=True)
    return manifest


def before(folder, code, period):
    """The families of that kabupaten in the newest snapshot of an earlier half-year, or None."""
    kept = [path for path in sorted(folder.glob(f"*/{code}/families.parquet")) if _half(path) < half(period)]
    return kept[-1] if kept else None


def _half(path):
    return half(path.parent.parent.name)


def half(period):
    return period[:5] + ("1" if period[5:] <= "06" else "2")


def manifest_of(folder):
    path = folder / MANIFEST
    return read(path.read_bytes()) if path.exists() else None


def write_manifest(folder, manifest):
    passing = folder / (MANIFEST + PART)
    passing.write_bytes(written(manifest))
    passing.replace(folder / MANIFEST)


def put_in_place(part, target):
    """A reader finds the old folder or the new one; what it has open stays readable."""
    old = target.with_name(target.name + OLD)
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)
