"""What the actions of the register share: the row in scope, numbers, and what changed."""

from django.utils import timezone

from balai.access.actions import record
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.base.words import sentence
from balai.families.models import Family, IdentityNumber, LastWrite
from balai.families.rules import UNKNOWN_NIK, NumberKind
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.vault.models import canonical, masked

NOT_HERE = sentence("Keluarga ini tidak ada di wilayah Anda.")


def held(by, family):
    """The family as it stands now, locked; NotAllowed when `by` does not see it, whatever the caller had in hand."""
    row = Family.objects.visible_to(by).select_for_update().filter(pk=family.pk).first()
    if row is None:
        raise NotAllowed(NOT_HERE)
    if row.left_on:
        raise Refused("Keluarga ini sudah tidak tinggal di sini; datanya hanya dapat dibaca.")
    return row


def home(region):
    """The code, when a family can be at home there: a village or a place below it, of the tree in force."""
    known = Place.objects.today().filter(pk=region, level__gte=Level.VILLAGE).exists()
    if not known:
        raise NotValid("Pilih desa, kelurahan, atau tempat di bawahnya sebagai tempat tinggal keluarga.")
    return region


def day(at):
    """The calendar day of a moment, where the server is."""
    return timezone.localtime(at).date()


def known_number(written):
    """16 digits, or nothing where there is no number."""
    number = canonical(written) if written.strip() else ""
    return "" if number == UNKNOWN_NIK else number


def write_number(*, number, family, person, by, at):
    row = IdentityNumber(
        kind=NumberKind.NIK if person else NumberKind.KK, family=family, person=person, region=family.region,
        made_at=at, made_by=by.name,
    )  # fmt: skip
    row.hold(number)
    row.save(force_insert=True)
    return row


def change_number(*, number, family, person, by, at):
    """(before, after), masked, or None where nothing changes. An empty number leaves what is there."""
    if not number:
        return None
    kind = NumberKind.NIK if person else NumberKind.KK
    row = IdentityNumber.objects.select_for_update().filter(family=family, person=person, kind=kind).first()
    if row is None:
        write_number(number=number, family=family, person=person, by=by, at=at)
        return "", masked(number)
    before = row.number
    if before == number:
        return None
    # whoever was shown the old number was not promised the new one
    row.reveals.all().delete()
    row.hold(number)
    row.save(update_fields=["sealed", "blind", "is_sound"])
    return masked(before), masked(number)


def changed(row, values):
    """Sets what differs; {field: (before, after)} as the trail keeps it."""
    found = {}
    for field, after in values.items():
        before = getattr(row, field)
        if before != after:
            setattr(row, field, after)
            found[field] = (plain(before), plain(after))
    return found


def plain(value):
    """A value as JSON takes it."""
    return value if value is None or isinstance(value, str | int) else str(value)


def record_change(*, families, **entry):
    """The entry in the trail, and the note that these families are no longer as they were: whatever was verified of
    them is looked at again. Every action that writes something of a family ends with it."""
    key = record(**entry)
    LastWrite.objects.note(families, entry=key, at=entry["at"], by=entry["by"].name)
    return key
