"""An officer verifies what others wrote, one family or a list, or sends it back with the reason."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.base.words import Said
from balai.families.actions.writing import held
from balai.families.models import VILLAGE_CODE, Family
from balai.families.rules import one_line
from balai.quality import rules
from balai.quality.models import Round, Verification, own_hand, standing
from balai.quality.rules import Outcome, State

OWN = Said("Data ini Anda tulis sendiri sejak pengesahan terakhir; petugas lain yang mengesahkannya.")
STRAYED = Said("Data keluarga ini berubah sejak Anda membukanya. Lihat lagi, lalu putuskan.")
DONE = Said("Data keluarga ini sudah sah dan tidak berubah sejak itu.")
WITH_CADRE = Said("Data keluarga ini dikembalikan dan belum diperbaiki.")
GONE = Said("Keluarga ini tidak tinggal di sini lagi.")
SHORTEST = 5  # letters of a reason that says something


@dataclass(frozen=True)
class Verified:
    """Keys of the families that are verified now, and of those that were left, with why."""

    families: tuple[UUID, ...]
    left: tuple[tuple[UUID, Said], ...]


@transaction.atomic
def verify(*, by, at, family, entry):
    """`entry`: up to which entry of the trail the officer has seen the family's record (`standing` gives it)."""
    family = _one(by, family)
    _refuse(_against(by, [family], {family.pk: entry}).get(family.pk))
    row = _decide(by, at, [family], Outcome.VERIFIED)[0]
    _tell(by, at, "quality.verify", family.region, [family.pk], subject=family.pk)
    return row


@transaction.atomic
def verify_many(*, by, at, families, confirmed):
    """`families`: {id: entry up to which it was seen}; `confirmed`: how many they are, as the officer typed it. What
    cannot be verified is left, with why; the trail gets one entry for each village."""
    if not families:
        raise NotValid("Tandai dahulu keluarga yang sudah Anda periksa.")
    if len(families) > rules.AT_ONCE:
        raise NotValid("Paling banyak %(most)d keluarga disahkan sekaligus.", most=rules.AT_ONCE)
    if confirmed != len(families):
        raise NotValid(
            "Anda menandai %(ticked)d keluarga, tetapi mengetik %(typed)s. Periksa lagi, lalu ketik jumlahnya.",
            ticked=len(families), typed=confirmed,
        )  # fmt: skip
    rows = Family.objects.visible_to(by).living_here().unrestricted().filter(pk__in=families)
    rows = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for village in sorted({row.region[:VILLAGE_CODE] for row in rows}):
        require(by, Permission.FAMILY_VERIFY, village)
    against = _against(by, rows, families) | {key: GONE for key in families if key not in {row.pk for row in rows}}
    taken = [row for row in rows if row.pk not in against]
    _decide(by, at, taken, Outcome.VERIFIED)
    for village, there in _by_village(taken).items():
        _tell(by, at, "quality.verify", village, there)
    return Verified(tuple(row.pk for row in taken), tuple(against.items()))


@transaction.atomic
def send_back(*, by, at, family, entry, reason):
    """The cadre sees the reason on the page of the family and in the list of what to put right."""
    family = _one(by, family)
    reason = one_line(reason)
    if not SHORTEST <= len(reason) <= rules.REASON_LETTERS:
        raise NotValid("Tulis apa yang perlu diperbaiki, 5 sampai 300 huruf.")
    against = _against(by, [family], {family.pk: entry}).get(family.pk)
    _refuse(against if against in (STRAYED, WITH_CADRE) else None)
    row = _decide(by, at, [family], Outcome.SENT_BACK, reason)[0]
    _tell(by, at, "quality.send_back", family.region, [family.pk], subject=family.pk, why=reason)
    return row


@transaction.atomic
def undo(*, by, at, families):
    """Takes back this account's own decisions about these families; what was decided before stands again."""
    rows = Verification.objects.visible_to(by).now().select_for_update(of=("self",))
    rows = list(rows.filter(family__in=families, decided_by=by.name, decided_at__gt=at - rules.UNDO_FOR).order_by("pk"))
    if not rows:
        raise Refused("Tidak ada keputusan Anda dalam 7 hari ini yang masih dapat dibatalkan.")
    for row in rows:
        require(by, Permission.FAMILY_VERIFY, row.region)
        row.until_at, row.undone_at, row.undone_by = at, at, by.name
        row.save(update_fields=["until_at", "undone_at", "undone_by"])
        before = Verification.objects.filter(family=row.family_id, until_at=row.decided_at, undone_at__isnull=True)
        before.update(until_at=None)
    for village, there in _by_village(rows).items():
        _tell(by, at, "quality.undo", village, there)
    return len(rows)


def _one(by, family):
    row = held(by, family)
    require(by, Permission.FAMILY_VERIFY, row.region)
    if not Family.objects.unrestricted().filter(pk=row.pk).exists():
        raise Refused("Data keluarga ini sedang dibatasi; datanya hanya disimpan, tidak diolah.")
    return row


def _refuse(against):
    if against:
        raise Refused(against.message)


def _against(by, families, seen):
    """{family: why it cannot be verified now}, of those that cannot."""
    keys = [row.pk for row in families]
    now = {row.pk: row for row in standing(Family.objects.filter(pk__in=keys))}
    own = own_hand(by, keys)
    return {key: said for key in keys if (said := _why_not(now[key], seen[key], key in own))}


def _why_not(row, entry, is_own):
    if row.entry != entry:
        return STRAYED
    if row.state == State.VERIFIED:
        return DONE
    if row.state == State.SENT_BACK:
        return WITH_CADRE
    return OWN if is_own else None


def _decide(by, at, families, outcome, reason=""):
    keys = [family.pk for family in families]
    entries = dict(standing(Family.objects.filter(pk__in=keys)).values_list("pk", "entry"))
    villages = {family.region[:VILLAGE_CODE] for family in families}
    years = dict(Round.objects.filter(village__in=villages).order_by("year").values_list("village", "year"))
    Verification.objects.now().filter(family__in=keys).update(until_at=at)
    return Verification.objects.bulk_create(
        Verification(
            family=family, region=family.region, village=family.region[:VILLAGE_CODE], outcome=outcome.value,
            reason=reason, year=years.get(family.region[:VILLAGE_CODE]), entry=entries[family.pk], decided_at=at,
            decided_by=by.name,
        )
        for family in families
    )  # fmt: skip


def _by_village(rows):
    """{village: keys of the families there}, of families or of decisions about them."""
    found = {}
    for row in rows:
        found.setdefault(row.region[:VILLAGE_CODE], []).append(getattr(row, "family_id", row.pk))
    return dict(sorted(found.items()))


def _tell(by, at, deed, region, families, subject=None, why=""):
    record(
        by=by, at=at, deed=deed, subject=subject or region[:VILLAGE_CODE], region=region, subjects=families, why=why,
        detail={"families": len(families)},
    )  # fmt: skip
