"""A list comes in, is thrown away, approved, begun again."""

import uuid

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.rules import one_line
from balai.regions.models import Place
from balai.rosters.models import ColumnChoice, Roster, RosterRow
from balai.rosters.rules.states import APPROVED_ABOVE, WORKING, State, step
from balai.sheets.rules.items import LABELS, NEEDED, Item
from balai.sheets.rules.layouts import OTHER


@transaction.atomic
def take_in(*, by, at, village, file):
    """A list of the village whose file lies ready under the name `file`."""
    require(by, Permission.IMPORT_APPLY, village)
    require(by, Permission.FAMILY_EDIT, village)
    if not Place.objects.today().villages().filter(pk=village).exists():
        raise NotValid("“%(code)s” bukan kode desa atau kelurahan yang berlaku.", code=village)
    roster = Roster.objects.create(
        id=uuid.uuid4(), region=village, state=State.READING, file=file, progressed_at=at, made_at=at, made_by=by.name
    )
    record(by=by, at=at, deed="import.roster_read", subject=roster.pk, region=village)
    return roster


def held(by, roster):
    """The list as it stands now, locked; NotAllowed out of scope."""
    row = Roster.objects.visible_to(by).select_for_update().filter(pk=roster.pk).first()
    if row is None:
        raise NotAllowed("Impor ini tidak ada di wilayah Anda.")
    require(by, Permission.IMPORT_APPLY, row.region)
    return row


def moved(roster, to, at, **fields):
    """Into another state, with what changes along with it."""
    roster.state = step(roster.status, to)
    roster.progressed_at = at
    for name, value in fields.items():
        setattr(roster, name, value)
    roster.save(update_fields=["state", "progressed_at", *fields])
    return roster


@transaction.atomic
def tell_unknown(*, by, at, roster, guesses):
    """No sheet is known by its headings: whoever sent it says what they mean."""
    roster = held(by, roster)
    moved(roster, State.UNKNOWN, at, headings=guesses, kind=OTHER)
    record(by=by, at=at, deed="import.roster_unknown", subject=roster.pk, region=roster.region)
    return roster


@transaction.atomic
def choose_columns(*, by, at, roster, places, name=""):
    """`places`: {item: column}. With a name the choice is kept for the next list with these headings."""
    roster = held(by, roster)
    places = {Item(item).value: place for item, place in places.items()}
    missing = [LABELS[item] for item in (*NEEDED, Item.CARD) if item.value not in places]
    if missing:
        raise NotValid("Pilih dahulu kolom untuk: %(items)s.", items=", ".join(missing))
    if len(set(places.values())) < len(places):
        raise NotValid("Satu kolom hanya untuk satu isian. Periksa pilihan yang sama.")
    heads = roster.headings[0]["heads"]
    moved(roster, State.READING, at, headings=[{**roster.headings[0], "places": places}])
    if one_line(name):
        known = {"heads": heads, "places": places, "made_at": at, "made_by": by.name}
        ColumnChoice.objects.update_or_create(region=roster.region, name=one_line(name)[:80], defaults=known)
    record(by=by, at=at, deed="import.roster_columns", subject=roster.pk, region=roster.region)
    return roster


@transaction.atomic
def approve_roster(*, by, at, roster):
    """A second officer has looked at the changes of people who are there already (T5t)."""
    roster = held(by, roster)
    if roster.state != State.CHECKED or roster.approved_at:
        raise Refused("Impor ini tidak menunggu persetujuan.")
    if by.name == roster.made_by:
        raise NotAllowed("Persetujuan diberikan petugas lain, bukan yang mengunggah.")
    roster.approved_at, roster.approved_by = at, by.name
    roster.save(update_fields=["approved_at", "approved_by"])
    record(by=by, at=at, deed="import.roster_approve", subject=roster.pk, region=roster.region, detail=roster.counts)
    return roster


def needs_approval(roster):
    """Whether a second officer has yet to look at it."""
    return roster.counts.get("changed", 0) > APPROVED_ABOVE and roster.approved_at is None


@transaction.atomic
def begin_again(*, by, at, roster, to, partly=False):
    """Applying or undoing begins, or goes on where it stopped; a job does it."""
    roster = held(by, roster)
    if to is State.APPLYING and needs_approval(roster):
        raise Refused(
            "Lebih dari %(most)d orang yang sudah tercatat akan berubah. Minta persetujuan petugas lain dahulu.",
            most=APPROVED_ABOVE,
        )
    if roster.status is State.APPLIED and to is State.APPLYING and not _rows(roster).waiting().exists():
        raise Refused("Semua baris yang dapat diterapkan sudah diterapkan.")
    total = _rows(roster).waiting().count() if to is State.APPLYING else _rows(roster).applied().count()
    moved(roster, to, at, said=[], total=total, done=0, partly=partly)
    record(by=by, at=at, deed="import.roster_begin", subject=roster.pk, region=roster.region, detail={"to": to.value})
    return roster


def _rows(roster):
    return RosterRow.objects.of(roster)


@transaction.atomic
def discard_roster(*, by, at, roster):
    """Its rows are gone at once; what was applied stays, as does the list in the history."""
    roster = held(by, roster)
    moved(roster, State.DISCARDED, at, file="")
    _rows(roster).delete()
    record(by=by, at=at, deed="import.roster_discard", subject=roster.pk, region=roster.region)
    return roster


@transaction.atomic
def note_stopped(*, by, at, roster, said):
    """A job was refused or broke: the list says why, and can go on."""
    require(by, Permission.IMPORT_APPLY)
    row = Roster.objects.select_for_update().get(pk=roster)
    if row.status in WORKING:
        to = State.FAILED if row.status is State.READING else State.STOPPED
        params = {name: str(value) for name, value in said.params.items()}
        moved(row, to, at, said=[said.message, params])
    record(by=by, at=at, deed="import.roster_stop", subject=row.pk, region=row.region)
    return row
