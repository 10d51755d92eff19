"""Writes the demonstration data by the same doors as an import, and has it classified."""

from collections import defaultdict

import numpy as np
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils import timezone

from balai.access import actions as audit
from balai.access.models import acting
from balai.access.rules import Permission, require
from balai.accounts import actions as accounts
from balai.accounts.models import Account
from balai.accounts.rules import own
from balai.base import months
from balai.base.errors import Refused
from balai.classification import rules as classes
from balai.classification.actions import classify_months
from balai.demo.rules import Village, invent, story
from balai.demo.rules.visitors import PREFIX
from balai.intake.models import Batch
from balai.intake.rules.marking import added, marks, month_marks
from balai.intake.rules.registers import registers
from balai.regions.models import Place
from balai.snapshot.actions import build
from balai.snapshot.actions.running import run, store
from balai.synth.actions import load
from balai.synth.actions.writing import homes, write
from balai.synth.rules import Wanted
from balai.villages.actions import (
    record_activities,
    record_answers,
    record_coverage,
    record_data_houses,
    record_document,
    record_pokja,
    record_returns,
    record_step,
    register_kampungs,
)
from balai.villages.models import KampungKB, VillageMonth
from balai.villages.rules import DocumentKind, ReturnRow

KIND = "demo"
MONTHS = 3  # of which the indicators are worked out


@transaction.atomic
def load_demo(*, by, at, folder, told=None, families=None, snapshots=None, progress=None):
    """Gives what was written, or None when the demonstration data is already there. Never mixes with other data.
    `families`: how many, else as many as the story tells; they pass through files in the empty `folder`. `snapshots`:
    folder in which the register is frozen for the indicators; without it none are worked out."""
    require(by, Permission.IMPORT_APPLY)
    if Batch.objects.filter(kind=KIND).exists():
        return None
    told, progress = told or story(), progress or _silent
    found = [one for kabupaten in told.kabupaten for one in _invented(told, kabupaten, progress)]
    batch = Batch(kind=KIND, name=told.source, exported_on=told.exported_on, at=at, by=by.name)
    entry = {"by": by, "at": at, "batch": batch.pk}
    counts = _write_registry(found, told.source, entry) | {"returns": _write_returns(found, told, entry)}
    counts |= _write_families(told, families or told.families, folder, by, at)
    progress(1)
    batch.counts = counts
    batch.save(force_insert=True)
    progress(1)
    for kabupaten in told.kabupaten:
        for name in classes.names():
            classify_months(by=by, at=at, periods=told.months, rules=name, region=kabupaten.code)
            progress(1)
    if snapshots:
        counts["figures"] = _fill_figures(told, snapshots, progress, by, at)
    audit.record(by=by, at=at, deed="demo.load", subject=batch.pk, detail=counts)
    return counts


def _fill_figures(told, folder, progress, by, at):
    """The indicators of the last months of the story, as a run on a snapshot stores them; gives how many."""
    stored, on = 0, timezone.localtime(at).date()
    for period in months.between(told.opening, told.closing)[-MONTHS:]:
        with acting(by):
            for kabupaten in told.kabupaten:
                build(by=by, at=at, on=on, folder=folder, period=period, region=kabupaten.code)
        out = folder / period / "figures"
        run(folder=folder / period, out=out)
        stored += sum(one.rows for one in store(by=by, at=at, out=out))
        progress(1)
    return stored


def _silent(number):
    """Nobody watches."""


def _invented(told, kabupaten, progress):
    places = Place.objects.within(kabupaten.code).villages().today().order_by("code")
    villages = [Village(code, name) for code, name in places.values_list("code", "name")]
    if not villages:
        raise Refused("Wilayah %(name)s belum dimuat. Jalankan “balai init” dahulu.", name=kabupaten.name)
    taken = KampungKB.objects.within(kabupaten.code).exists() or VillageMonth.objects.within(kabupaten.code).exists()
    if taken:
        raise Refused(
            "Di %(name)s sudah ada data lain; data contoh rekaan tidak dicampur dengannya. Pakai BALAI_HOME yang baru.",
            name=kabupaten.name,
        )
    rng = np.random.default_rng([told.seed, int(kabupaten.code.replace(".", ""))])
    found = invent(rng, told, kabupaten, villages)
    progress(1)
    return found


def _write_registry(found, source, entry):
    formed = [one for one in found if one.founded_on]
    names = [(one.village.code, 1, f"Kampung KB {one.village.name}", one.founded_on, one.founded_on) for one in formed]
    register_kampungs(**entry, source=source, invented=True, rows=names)
    kampung = {one.village_id: one for one in KampungKB.objects.filter(batch=entry["batch"])}
    answers = (
        (kampung[one.village.code], item, value, text, from_on)
        for one in formed
        for item, value, text, from_on in one.answers
    )
    activities = ((one.village.code, *activity) for one in formed for activity in _in_order(one.activities))
    for one in formed:
        _file_papers(kampung[one.village.code], one.papers, entry | {"source": source})
    return {
        "villages": len(found),
        "kampung_kb": len(formed),
        "answers": record_answers(**entry, source=source, rows=answers),
        "activities": record_activities(**entry, source=source, rows=activities),
        "data_houses": record_data_houses(**entry, source=source, rows=_data_houses(formed)),
    }


def _file_papers(kampung, papers, entry):
    for step, done_on in papers.steps:
        record_step(**entry, kampung=kampung, step=step, done_on=done_on)
    for extent, areas, from_on in papers.coverage:
        record_coverage(**entry, kampung=kampung, extent=extent, areas=areas, from_on=from_on)
    filed = {
        kind: record_document(
            **entry, kampung=kampung, kind=kind, level=level, number=number, dated_on=dated_on, from_on=dated_on
        )
        for kind, level, number, dated_on in papers.documents
    }
    if papers.pokja:
        template, from_on = papers.pokja
        decree = filed.get(DocumentKind.POKJA_DECREE)
        record_pokja(**entry, kampung=kampung, template=template, from_on=from_on, decree=decree)


def _in_order(activities):
    return [(agency, on, title) for agency, on, title in sorted(activities, key=lambda activity: activity[1])]


def _data_houses(formed):
    for one in formed:
        opened = [from_on for item, value, _text, from_on in one.answers if item == "data_house" and value]
        if opened:
            yield one.village.code, True, None, None, None, min(opened)


def _write_families(told, families, folder, by, at):
    """The families of the first kabupaten of the story, with their answers, by the door of a file; rows by table."""
    places = homes(told.kabupaten[0].code, families, told.seed)
    write(folder, Wanted(told.seed, told.exported_on, places, told.dirt), progress=_silent)
    with acting(by):
        return load(by=by, at=at, folder=folder, progress=_silent)


def _write_returns(found, told, entry):
    by_register = defaultdict(list)
    for one in found:
        for register, period, values in one.returns:
            by_register[register].append((one.village.code, period, values))
    return sum(
        record_returns(
            **entry, register=register, exported_on=told.exported_on,
            rows=[_row(registers()[register], *figures) for figures in sorted(rows, key=lambda row: row[:2])],
        ).written
        for register, rows in by_register.items()
    )  # fmt: skip


def _row(register, code, period, values):
    found = marks(register, values)
    month = {field: added(values, keys) for field, keys in register.month.items()}
    bits = month_marks(register, values, marked=bool(found))
    return ReturnRow(code=code, period=period, values=values, marks=found, month=month, month_marks=bits)


@transaction.atomic
def seat_visitor(*, by, at, visitor, code_hash, password=""):
    """A way into one account of the demonstration, anew each time: an officer gets the password and, as the second
    factor, a recovery code that is given back; a kader gets a code for a telephone. Never beside real people.
    """
    require(by, Permission.SYSTEM_SETUP)
    if not Batch.objects.filter(kind=KIND).exists() or _people().exists():
        raise Refused("Akun peragaan hanya dibuat di samping data contoh, dan tidak di samping akun orang.")
    account = Account.objects.filter(username=visitor.username).first() or accounts.create_account(
        by=by, at=at, username=visitor.username, name=visitor.name, role=visitor.role, region=visitor.region,
        from_on=timezone.localtime(at).date(), agency=visitor.agency,
    )  # fmt: skip
    audit.record(by=by, at=at, deed="demo.visitor", subject=account.pk)
    if not password:
        accounts.invite_device(by=by, at=at, account=account, code_hash=code_hash)
        return ""
    code = accounts.invite(by=by, at=at, account=account, code_hash=code_hash)
    accounts.accept_invitation(by=own.oneself(account.pk), at=at, code=code, password=password)
    Authenticator.objects.filter(user=account).delete()
    TOTP.activate(account, generate_totp_secret())
    return RecoveryCodes.activate(account).get_unused_codes()[0]


def _people():
    return Account.objects.exclude(username__startswith=PREFIX)
