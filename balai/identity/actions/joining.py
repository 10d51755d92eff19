"""One person who was entered twice: the second row goes, and what hangs on it goes over to the first. Undone again when
it was a mistake."""

from django.db import IntegrityError, transaction

from balai.access.models import AuditEntry, unscoped
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.families.actions.people import held_person
from balai.families.actions.writing import changed, day, held, record_change
from balai.families.models import VILLAGE_CODE, Person
from balai.families.rules import GoneReason, LeftReason, Relation

JOIN, PART = "person.join", "person.part"


@transaction.atomic
def join_persons(*, by, at, kept, other):
    """`other` is the same person as `kept`: its row goes, no row of it is lost. What `kept` has one of already stays
    with `other`. Gives {table: rows that stayed}."""
    kept, other = held_person(by, kept), held_person(by, other)
    home, left = held(by, kept.family), held(by, other.family)
    for family in (home, left):
        require(by, Permission.FAMILY_EDIT, family.region)
    _may_join(kept, other, left)
    with unscoped("rows of a person who was entered twice"):
        moved, stayed = _hang(_hanging(other), other, kept, home)
    other.gone_on, other.gone_reason, other.joined_into = day(at), GoneReason.SAME_PERSON.value, kept
    other.save(update_fields=["gone_on", "gone_reason", "joined_into"])
    emptied = not left.people.at_home().exists()
    if emptied:
        left.left_on, left.left_reason = day(at), LeftReason.ENTERED_TWICE.value
        left.save(update_fields=["left_on", "left_reason"])
    _tell(by, at, JOIN, kept, other, {"moved": moved, "stayed": stayed, "emptied": emptied})
    return {table: len(rows) for table, rows in stayed.items()}


@transaction.atomic
def part_persons(*, by, at, person):
    """Undoes `join_persons`: what went over comes back, as far as it still stands with the other row."""
    person = held_person(by, person)
    kept = person.joined_into and held_person(by, person.joined_into)
    joined = AuditEntry.objects.of(person.pk).filter(deed=JOIN, subject=str(person.pk)).first()
    if kept is None or joined is None:
        raise Refused("Orang ini tidak disatukan dengan catatan lain yang dapat Anda lihat.")
    for row in (kept, person):
        require(by, Permission.FAMILY_EDIT, row.region)
    family = person.family
    if joined.detail["emptied"]:
        changed(family, {"left_on": None, "left_reason": None})
        family.save(update_fields=["left_on", "left_reason"])
    person.gone_on = person.gone_reason = person.joined_into = None
    try:
        with transaction.atomic():
            person.save(update_fields=["gone_on", "gone_reason", "joined_into"])
    except IntegrityError as clash:
        raise Refused(
            "Hubungan orang ini dalam keluarganya sudah diisi orang lain. Betulkan itu lebih dahulu."
        ) from clash
    with unscoped("rows of a person who was joined by mistake"):
        moved, stayed = _hang(_hanging(kept, joined.detail["moved"]), kept, person, family)
    _tell(by, at, PART, kept, person, {"moved": moved, "stayed": stayed})
    return person


def _may_join(kept, other, left):
    if kept.pk == other.pk:
        raise NotValid("Pilih dua catatan yang berbeda.")
    if kept.gone_on or other.gone_on:
        raise Refused("Salah satu catatan ini bukan anggota keluarga lagi, sehingga tidak dapat disatukan.")
    if kept.pk == other.mother_id or other.pk == kept.mother_id:
        raise Refused("Kedua catatan ini tercatat sebagai ibu dan anak. Betulkan ibunya lebih dahulu.")
    others = left.people.at_home().exclude(pk=other.pk).exists()
    if other.relation == Relation.HEAD and others:
        raise Refused(
            "Catatan yang akan dihilangkan ialah kepala keluarga yang masih beranggota. Gantilah kepala keluarganya "
            "lebih dahulu, atau simpan catatan itu dan hilangkan yang lain."
        )


def _hanging(person, only=None):
    """(key, row) of every row, in every room, that has a key to the person."""
    for key in Person._meta.related_objects:
        rows = key.related_model.objects.filter(**{key.field.name: person.pk}).order_by("pk")
        name = f"{key.related_model._meta.label_lower}.{key.field.name}"
        yield from ((key, name, row) for row in rows if only is None or str(row.pk) in only.get(name, ()))


def _hang(rows, before, after, family):
    """Hangs the rows on `after`, at home in its family: {table and key: keys of rows that went, and that stayed}."""
    moved, stayed = {}, {}
    for key, name, row in list(rows):
        fields = [key.field.name, *_follow(row, family)]
        setattr(row, key.field.name, after)
        try:
            with transaction.atomic():
                row.save(update_fields=fields)
        except IntegrityError:
            stayed.setdefault(name, []).append(str(row.pk))
        else:
            moved.setdefault(name, []).append(str(row.pk))
    return moved, stayed


def _follow(row, family):
    """Sets family and place of a row that stands where its person stands."""
    if isinstance(row, Person) or getattr(row, "stays_put", False):
        return []
    names = {field.name for field in row._meta.concrete_fields}
    wanted = {"family": family, "region": family.region}
    fields = [name for name in wanted if name in names]
    for name in fields:
        setattr(row, name, wanted[name])
    return fields


def _tell(by, at, deed, kept, other, detail):
    families = {kept.family_id, other.family_id}
    record_change(
        families=sorted(families), by=by, at=at, deed=deed, subject=other.pk, region=other.region, detail=detail,
        subjects=[kept.pk, other.pk, *families],
    )  # fmt: skip
    if other.region[:VILLAGE_CODE] != kept.region[:VILLAGE_CODE]:
        record_change(
            families=[kept.family_id], by=by, at=at, deed=deed, subject=kept.pk, region=kept.region,
            subjects=[kept.pk, other.pk],
        )  # fmt: skip
