"""Undoing an event: every row as it was, or nothing and the reason."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, Refused
from balai.events.actions.telling import unsay
from balai.events.actions.writing import gather
from balai.events.models import Imprint, LifeEvent
from balai.families.actions.families import carry
from balai.families.actions.writing import record_change
from balai.families.models import Family, Person
from balai.families.rules import FIELDS, LeftReason, Relation
from balai.vault.models import imprints

PERSON, FAMILY = Person._meta.label_lower, Family._meta.label_lower


@transaction.atomic
def undo(*, by, at, event):
    """The register is what it was before the event; the event stays in the list, as undone."""
    event = _held(by, event)
    require(by, Permission.FAMILY_EDIT, event.region)
    steps = list(Imprint.objects.filter(event=event).order_by("step"))
    if len(steps) < event.steps:
        raise Refused("Data sebelum peristiwa ini sudah dihapus, sehingga tidak dapat dibatalkan lagi.")
    _unrestricted(steps)
    every = [step.image for step in steps]
    _allowed(by, every)
    images = unsay(every)
    touched = [*_keys(images, FAMILY), *_keys(images, PERSON)]
    Imprint.objects.filter(event=event).delete()
    _let_go(event, _keys(images, FAMILY, made=True), _keys(images, PERSON, made=True))
    _gather(images)
    _put_back(event, images)
    _settled(images)
    region = event.region
    done = {"undone_at": at, "undone_by": by.name}
    LifeEvent.objects.filter(Q(pk=event.pk) | Q(part_of=event)).update(**done)
    record_change(
        families=_changed(steps, images), by=by, at=at, deed="event.undo", subject=event.pk, region=region,
        detail={"kind": event.kind, "on": event.on.isoformat()}, subjects=touched,
    )  # fmt: skip
    return LifeEvent.objects.get(pk=event.pk)


def _held(by, event):
    rows = LifeEvent.objects.visible_to(by).select_for_update(of=("self",))
    row = rows.filter(pk=event.pk).first()
    if row is None:
        raise NotAllowed("Peristiwa ini tidak ada di wilayah Anda.")
    if row.part_of_id:
        raise Refused("Peristiwa ini bagian dari peristiwa lain. Batalkan peristiwa itu di halaman keluarganya.")
    if row.undone_at:
        raise Refused("Peristiwa ini sudah dibatalkan.")
    return row


def _allowed(by, images):
    """Whoever undoes may edit everywhere that it reaches: where the people are, and where they return to."""
    sides = [image[side] for image in images for side in ("before", "after") if image[side]]
    for region in sorted({side["region"] for side in sides if "region" in side}):
        require(by, Permission.FAMILY_EDIT, region)
    for model, table in ((Family, FAMILY), (Person, PERSON)):
        wanted = _keys(images, table)
        if model.objects.filter(pk__in=wanted).count() < len(wanted):
            raise NotAllowed("Peristiwa ini menyangkut keluarga di luar wilayah Anda. Minta petugas kecamatan.")


def _unrestricted(steps):
    people = {step.person_id for step in steps if step.person_id}
    if Person.objects.filter(pk__in=people, restricted_at__isnull=False).exists():
        raise Refused("Data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan, tidak diolah.")


def _keys(images, table, made=None):
    """Keys of the rows of a table, of those only that the event made."""
    return list(
        dict.fromkeys(
            UUID(image["pk"]) for image in images if image["table"] == table and (not made or image["before"] is None)
        )
    )


def _changed(steps, images):
    """The families that are there now and were in the event, or got somebody back."""
    back = Person.objects.filter(pk__in=_keys(images, PERSON)).values_list("family", flat=True)
    there = Family.objects.filter(pk__in={*back, *(step.family_id for step in steps)})
    return list(there.values_list("pk", flat=True))


def _let_go(event, families, people):
    """What the event made is about to go: this event, its parts, and events undone before, no longer lead to it."""
    over = LifeEvent.objects.filter(Q(pk=event.pk) | Q(part_of=event) | Q(undone_at__isnull=False))
    if people:
        over.filter(person__in=people).update(person=None)
    if families:
        over.filter(family__in=families).update(family=None)
        over.filter(other_family__in=families).update(other_family=None)


def _gather(images):
    """What was entered since goes with its people into the families to which they return."""
    known = [image["pk"] for image in images]
    before = {
        image["pk"]: image["before"]["family"]
        for image in reversed(images)
        if image["table"] == PERSON and image["before"] and "family" in image["before"]
    }
    families = Family.objects.in_bulk([UUID(pk) for pk in before.values()])
    for person in Person.objects.filter(pk__in=before).order_by("pk"):
        gather(person, families[UUID(before[str(person.pk)])], known)


def _put_back(event, images):
    try:
        with transaction.atomic():
            imprints.put_all_back(images)
    except imprints.Strayed as strayed:
        raise _told(event, strayed) from strayed
    except IntegrityError as clash:
        raise Refused(
            "Kepala keluarga atau pasangannya sudah lain sejak peristiwa ini. Batalkan dahulu peristiwa yang kemudian."
        ) from clash


def _told(event, strayed):
    """The refusal, naming the later event where there is one, else what was changed."""
    key = strayed.image["pk"]
    later = LifeEvent.objects.standing().filter(made_at__gte=event.made_at).exclude(pk=event.pk)
    mine = Q(imprints__touched=key) | Q(imprints__person=key) | Q(imprints__family=key)
    found = later.filter(mine).order_by("-made_at").first()
    if found:
        return Refused(
            "Sesudah itu dicatat peristiwa “%(kind)s” tanggal %(day)s. Batalkan dahulu peristiwa itu.",
            kind=found.known_kind.label, day=found.on.strftime("%d-%m-%Y"),
        )  # fmt: skip
    fields = [FIELDS[name] for name in strayed.fields if name in FIELDS]
    if fields:
        return Refused(
            "Sesudah itu %(what)s sudah diubah, sehingga peristiwa ini tidak dapat dibatalkan lagi.",
            what=", ".join(fields),
        )  # fmt: skip
    return strayed


def _settled(images):
    """Every family that was touched is whole, and what was entered since is where the family is."""
    families = set(Person.objects.filter(pk__in=_keys(images, PERSON)).values_list("family", flat=True))
    families |= set(_keys(images, FAMILY))
    for family in Family.objects.filter(pk__in=families).order_by("pk"):
        _whole(family)
        carry(family)


def _whole(family):
    here = Person.objects.at_home().filter(family=family)
    if family.left_reason == LeftReason.DISSOLVED:
        fits = not here.exists()
    elif family.left_reason == LeftReason.MOVED_AWAY:  # some of it may have come back, into other families
        fits = here.exists()
    else:
        fits = here.filter(relation=Relation.HEAD).exists() or (here.exists() and not here.unrestricted().exists())
    if not fits:
        raise Refused("Susunan keluarganya sudah lain sejak peristiwa ini. Batalkan dahulu peristiwa yang kemudian.")
