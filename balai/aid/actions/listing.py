"""A list is brought and looked at, applied, taken away again. Editions stand beside each other; none overwrites one."""

from collections import Counter, defaultdict

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Matter, Permission, Right, require
from balai.aid import rules
from balai.aid.actions.matching import Sought, found
from balai.aid.models import ListEntry, ListVersion, inside
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.actions.writing import day
from balai.families.models import VILLAGE_CODE
from balai.regions.models import Place
from balai.vault.models import blinds, keyring

AT_ONCE = 500


@transaction.atomic
def take_in_list(*, by, at, kind, edition, dated_on, region, source, sha256, total, file="", named=None):
    """A list of `total` lines, to be matched by `match_lines`; no page tells of it until it is applied. Whatever the
    same account looked at before and did not apply goes."""
    may_bring(by, region)
    if dated_on > day(at):
        raise NotValid("Tanggal ini belum terjadi. Periksa tahunnya.")
    if not Place.objects.today().official().filter(pk=region).exists():
        raise NotValid("Pilih wilayah yang dicakup daftar ini.")
    _refuse_twin(kind, region, sha256)
    for draft in ListVersion.objects.there().filter(brought_by=by.name, applied_at=None, region=region):
        _take_away(draft, by, at)
    version = ListVersion.objects.create(
        kind=rules.ListKind(kind).value, edition=edition, dated_on=dated_on, region=region, source=source,
        sha256=sha256, brought_at=at, brought_by=by.name, work=rules.Work.MATCHING, total=total, file=file,
        named=named or {},
    )  # fmt: skip
    detail = {"kind": version.kind, "edition": edition, "lines": total}
    record(by=by, at=at, deed="list.bring", subject=version.pk, region=region, matters=(Matter.POVERTY,), detail=detail)
    return version


@transaction.atomic
def match_lines(*, by, at, version, lines):
    """The next of all the `lines` (rules.Line) of a list. Gives whether any are left; what is done is marked."""
    row = ListVersion.objects.select_for_update().get(pk=version.pk)
    may_bring(by, row.region)
    if row.removed_at or row.work != rules.Work.MATCHING:
        return False
    chunk = lines[row.done : row.done + AT_ONCE]
    row.counts = dict(Counter(row.counts) + _entered(row, chunk, by, at))
    row.done += len(chunk)
    if row.done >= len(lines):
        row.work = rules.Work.NONE
    row.save(update_fields=["counts", "done", "work"])
    record(
        by=by, at=at, deed="list.lines", subject=row.pk, region=row.region, matters=(Matter.POVERTY,),
        detail=row.counts,
    )  # fmt: skip
    return row.is_working


@transaction.atomic
def bring_list(*, by, at, lines, **about):
    """All at once: a list of `lines`, matched."""
    lines = list(lines)
    version = take_in_list(by=by, at=at, total=len(lines), **about)
    while match_lines(by=by, at=at, version=version, lines=lines):
        pass
    version.refresh_from_db()
    return version


@transaction.atomic
def note_stopped(*, by, at, version, said):
    """The work was refused or broke. Of a list not yet matched nothing is left; what a later search found stays, for
    each of it is whole. The list says why."""
    require(by, Permission.FAMILY_VIEW)
    row = ListVersion.objects.select_for_update().get(pk=version)
    if row.work == rules.Work.MATCHING and not row.removed_at:
        _take_away(row, by, at)
    params = {name: str(value) for name, value in said.params.items()}
    row.work, row.said = rules.Work.NONE, [said.message, params]
    row.save(update_fields=["work", "said"])
    record(by=by, at=at, deed="list.stop", subject=row.pk, region=row.region, matters=(Matter.POVERTY,))
    return row


@transaction.atomic
def apply_list(*, by, at, version):
    """From now on the pages of families tell what the list says."""
    row = version_held(by, version)
    if row.applied_at:
        raise Refused("Daftar ini sudah diterapkan.")
    _refuse_twin(row.kind, row.region, row.sha256)
    row.applied_at, row.applied_by = at, by.name
    row.save(update_fields=["applied_at", "applied_by"])
    _tell_list(by, at, "list.apply", row)
    return row


@transaction.atomic
def remove_list(*, by, at, version):
    """Takes a version away with everything that it said; earlier editions are as they were."""
    row = version_held(by, version)
    _tell_list(by, at, "list.remove", row)
    _take_away(row, by, at)


def _take_away(row, by, at):
    ListEntry.objects.filter(version=row).delete()
    row.removed_at, row.removed_by = at, by.name
    row.save(update_fields=["removed_at", "removed_by"])


def may_bring(by, region):
    require(by, Permission.FAMILY_VIEW, region)
    if by.right(Matter.POVERTY) < Right.WRITE:
        raise NotAllowed("Peran Anda tidak membawa daftar kesejahteraan. Yang membawanya OPD-KB atau dinas sosial.")


def version_held(by, version):
    row = ListVersion.objects.select_for_update().get(pk=version.pk)
    may_bring(by, row.region)
    if row.removed_at:
        raise Refused("Daftar ini sudah dicabut.")
    if row.is_working:
        raise Refused("Daftar ini masih dicocokkan. Tunggu sampai selesai, lalu muat ulang halamannya.")
    return row


def _refuse_twin(kind, region, sha256):
    if ListVersion.objects.applied().filter(kind=kind, region=region, sha256=sha256).exists():
        raise Refused("Berkas ini sudah diterapkan sebagai daftar yang sama.")


def _entered(version, lines, by, at):
    """The entries of some lines, in the database; how many of each state, and of those left out."""
    kept = [line for line in lines if line.can_be_matched]
    sought = [_sought_line(line) for line in kept]
    ring, on = keyring(), day(at)
    entries = [
        _entry(version, line, match, ring, on, by, at)
        for line, match in zip(kept, found(sought, version.region), strict=True)
    ]
    ListEntry.objects.bulk_create(entries)
    counts = Counter(entry.state for entry in entries)
    counts["read"], counts["refused"] = len(lines), len(lines) - len(kept)
    counts["faulty"] = sum(bool(line.faults) for line in lines)
    return counts


def _sought_line(line):
    return Sought(
        niks=tuple(blinds(line.nik)) if line.nik else (), cards=tuple(blinds(line.card)) if line.card else (),
        name=line.name, born_on=line.born_on,
    )  # fmt: skip


def _entry(version, line, match, ring, on, by, at):
    matched = match.state in rules.MATCHED
    entry = ListEntry(
        version=version, line=line.line, family_id=match.family, person_id=match.person,
        region=match.region or _place(version, line, by), decile=line.decile, rank=line.rank, mark=line.mark,
        state=match.state, matched_on=on if matched else None, unmatched_on=None if matched else on, made_at=at,
        made_by=by.name,
    )  # fmt: skip
    if not matched:
        entry.hold(ring, line.nik, line.card)
        entry.name, entry.born_on = line.name, line.born_on
    return entry


def _place(version, line, by):
    """Where an entry that matches nobody stands: the village that its row names, if it lies in the list's region."""
    code = line.village
    return code if len(code) == VILLAGE_CODE and inside(code, version.region) and by.covers(code) else version.region


def _tell_list(by, at, deed, version):
    """One entry of the trail for each village with whom it is about, and one for the list itself."""
    rows = ListEntry.objects.filter(version=version).exclude(family=None)
    by_village = defaultdict(set)
    for region, family, person in rows.values_list("region", "family", "person"):
        by_village[region[:VILLAGE_CODE]] |= {family, person} - {None}
    detail = {"kind": version.kind, "edition": version.edition}
    told = {"by": by, "at": at, "deed": deed, "subject": version.pk, "matters": (Matter.POVERTY,)}
    record(**told, region=version.region, detail=detail)
    for village, subjects in sorted(by_village.items()):
        record(**told, region=village, detail=detail, subjects=subjects)
