"""A child is measured; what was written down is corrected, removed, and the last save taken back.

Nothing of it changes what a family told, so one that was verified stays verified: the trail is told, not LastWrite.
"""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Matter, Permission, Right, require
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.base.words import sentence
from balai.families.actions.writing import NOT_HERE, day, held
from balai.families.models import Person
from balai.measurements import rules
from balai.measurements.models import FACTS, LastSave, Measurement
from balai.measurements.rules import Source
from balai.vault.models import imprints

NOT_YOURS = sentence("Peran Anda tidak mencatat pengukuran anak.")


DOUBTFUL = sentence(
    "Nilai ini sangat jarang (%(names)s). Ukur dan baca sekali lagi; bila memang begitu, tandai “Tetap simpan”."
)
TWICE = sentence("Pada hari itu anak ini sudah tercatat diukur. Betulkan catatan itu, atau pilih tanggal lain.")


class Doubtful(NotValid):
    """Possible, and so rare that somebody has to look again."""


class Twice(Refused):
    """`row` is what stands there already."""

    def __init__(self, row):
        super().__init__(TWICE)
        self.row = row


@transaction.atomic
def record_measurement(*, by, at, person, facts, place=None, sure=False):
    """`facts`: rules.Facts; `sure`: whoever measured has looked at a strange value again."""
    child = _child(by, person)
    facts = _checked(facts, child, at, sure)
    _refuse_twin(child, facts)
    row = Measurement(
        person=child, family=child.family, region=child.region, place=_place(place, child), source=Source.FORM,
        made_at=at, made_by=by.name, **facts.__dict__,
    )  # fmt: skip
    row.save(force_insert=True)
    _tell(by, at, "measurement.record", row, imprints.of_made(row), {name: (None, _plain(row, name)) for name in FACTS})
    return row


@transaction.atomic
def correct_measurement(*, by, at, measurement, facts, place=None, sure=False):
    """For what was written down wrongly: the trail keeps what stood there."""
    row = _held(by, measurement)
    facts = _checked(facts, row.person, at, sure)
    _refuse_twin(row.person, facts, but=row)
    before, told = imprints.taken(row), {name: _plain(row, name) for name in FACTS}
    for name in FACTS:
        setattr(row, name, getattr(facts, name))
    row.place = _place(place, row.person)
    image = imprints.of_changed(row, before)
    if image is None:
        return row
    row.changed_at, row.changed_by = at, by.name
    row.save()
    _tell(by, at, "measurement.correct", row, image, {name: (told[name], _plain(row, name)) for name in FACTS})
    return row


@transaction.atomic
def remove_measurement(*, by, at, measurement):
    """What was never measured, or belongs to another child."""
    row = _held(by, measurement)
    image = imprints.of_removed(row)
    _tell(by, at, "measurement.remove", row, image, {name: (_plain(row, name), None) for name in FACTS})
    row.delete()


@transaction.atomic
def undo_measurement(*, by, at, person):
    """Takes back what this account did last to the measurements of the child, as long as nobody has written there
    since."""
    child = _child(by, person)
    kept = LastSave.objects.by(by.account).since(at - rules.UNDO_FOR).filter(person=child).first()
    if kept is None:
        raise Refused("Tidak ada simpanan Anda yang masih dapat dibatalkan untuk anak ini.")
    told = kept.told
    _refuse_day(child, told["image"])
    imprints.put_back(told["image"])
    # what comes back stands where the child stands now
    Measurement.objects.filter(pk=told["image"]["pk"]).update(
        family=child.family, region=child.region, changed_at=at, changed_by=by.name
    )
    kept.delete()
    record(
        by=by, at=at, deed="measurement.undo", subject=told["image"]["pk"], region=child.region,
        detail={"undone": told["deed"]}, subjects=[child.family_id, child.pk], matters=(Matter.CHILD_GROWTH,),
    )  # fmt: skip


def may_write(by, region):
    require(by, Permission.FAMILY_EDIT, region)
    if by.right(Matter.CHILD_GROWTH) < Right.WRITE:
        raise NotAllowed(NOT_YOURS)


def _child(by, person):
    """The person as it stands now, whose family lives here and is locked."""
    row = Person.objects.visible_to(by).at_home().select_related("family").filter(pk=person.pk).first()
    if row is None:
        raise NotAllowed(NOT_HERE)
    row.family = held(by, row.family)
    may_write(by, row.region)
    if row.restricted_at:
        raise Refused("Data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan, tidak diolah.")
    return row


def _held(by, measurement):
    row = Measurement.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=measurement.pk).first()
    if row is None:
        raise NotAllowed(NOT_HERE)
    row.person = _child(by, row.person)
    return row


def _checked(facts, child, at, sure):
    """Facts as they are stored; NotValid with the first thing that is wrong."""
    for _field, said in rules.faults(facts, child.born_on, day(at)):
        raise NotValid(said.message, **said.params)
    result = rules.results([rules.Measured(child.pk, child.sex, child.born_on, facts)], day(at))[0]
    if result.odd and not sure:
        raise Doubtful(DOUBTFUL, names=", ".join(result.name(index) for index in rules.Index if index in result.odd))
    return rules.settled(facts)


def _refuse_twin(child, facts, but=None):
    rows = Measurement.objects.filter(person=child, measured_on=facts.measured_on)
    row = (rows.exclude(pk=but.pk) if but else rows).first()
    if row:
        raise Twice(row)


def _refuse_day(child, image):
    """The day of what comes back may have been taken meanwhile."""
    measured_on = (image["before"] or {}).get("measured_on")
    row = Measurement.objects.filter(person=child, measured_on=measured_on).exclude(pk=image["pk"]).first()
    if row:
        raise Twice(row)


def _place(place, child):
    """A place that serves the village of the child, or none."""
    return place if place and place.region[: len(place.village)] == child.region[: len(place.village)] else None


def _plain(row, name):
    value = getattr(row, name)
    return value if value is None or isinstance(value, bool) else str(value)


def _tell(by, at, deed, row, image, changes):
    """The trail, and what would undo it."""
    if by.account is not None:
        LastSave.objects.by(by.account).filter(person=row.person_id).delete()
        kept = LastSave(
            account=by.account, family_id=row.family_id, person_id=row.person_id, region=row.region, saved_at=at
        )
        kept.hold(deed, image)
        kept.save(force_insert=True)
    record(
        by=by, at=at, deed=deed, subject=row.pk, region=row.region,
        subjects=[row.family_id, row.person_id], matters=(Matter.CHILD_GROWTH,),
        changes={name: pair for name, pair in changes.items() if pair[0] != pair[1]},
    )  # fmt: skip
