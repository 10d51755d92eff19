"""What the pages of measurements share: the child in scope, who may write, and rows with what they mean."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission, Right
from balai.access.views import found
from balai.base.errors import NotAllowed
from balai.families.models import VILLAGE_CODE, Person
from balai.families.views.showing import place_names
from balai.measurements import rules
from balai.measurements.models import LastSave, Measurement
from balai.measurements.rules import CLASSED, Index, Result

READS = (Matter.NAMES, Matter.CHILD_GROWTH)


@dataclass(frozen=True)
class Class:
    """One index of a row as it is told. `odd`: shown, and not counted."""

    name: str
    meant: str
    z: float | None
    word: str
    odd: bool


@dataclass(frozen=True)
class Row:
    measurement: Measurement
    result: Result
    classes: tuple[Class, ...]
    gain: str
    letter: str

    @property
    def age(self):
        return rules.age_of(self.result.age_days)


@dataclass(frozen=True)
class Standing:
    """A child with the last measuring, and with the last of this month at which it was weighed."""

    child: Person
    age: object
    last: Row | None
    weighed: Row | None


def need(actor, right=Right.MASKED):
    """A role may pass the door and yet have no right to the matter."""
    if actor.right(Matter.CHILD_GROWTH) < right:
        raise NotAllowed("Peran Anda tidak membuka pertumbuhan anak.")


def may_write(actor):
    return actor.may(Permission.FAMILY_EDIT) and actor.right(Matter.CHILD_GROWTH) >= Right.WRITE


def child_here(request, pk, right=Right.MASKED):
    """Somebody under five, or once measured as such, who lives here and may be shown."""
    need(request.actor, right)
    under_five = Q(born_on__gte=timezone.localdate() - timedelta(days=rules.LAST_DAY))
    measured = Exists(Measurement.objects.filter(person=OuterRef("pk")))
    rows = Person.objects.living_here().unrestricted().filter(under_five | measured, born_on__isnull=False)
    return found(rows.select_related("family"), pk=pk)


def village_of(child):
    """For the way back: code and name of the village."""
    code = child.region[:VILLAGE_CODE]
    return {"village": code, "village_name": place_names([code])[code]}


def rows_of(children, on):
    """Child's id to its rows, the oldest first."""
    known, found_here = {child.pk: child for child in children}, {}
    measurements = list(Measurement.objects.filter(person__in=known).select_related("place").in_order())
    results = rules.results([one.of(known[one.person_id]) for one in measurements], on)
    for one, result in zip(measurements, results, strict=True):
        found_here.setdefault(one.person_id, []).append(_row(one, result))
    return found_here


def _row(measurement, result):
    return Row(
        measurement, result, tuple(_class(result, index) for index in CLASSED if _is_told(result, index)),
        _(rules.GAINS[result.gain]) if rules.GAINS[result.gain] else "", rules.LETTERS[result.gain],
    )  # fmt: skip


def _is_told(result, index):
    return index in result.z or index in result.words


def _class(result, index):
    word = result.words.get(index, "")
    return Class(
        _(result.name(index)), _(rules.MEANT[index]), result.z.get(index), _(word) if word else "", index in result.odd
    )


def standings(children, on):
    """Of each child, in the order given."""
    rows = rows_of(children, on)
    return [_standing(child, rows.get(child.pk, []), on) for child in children]


def _standing(child, rows, on):
    now = [
        row for row in rows if row.measurement.weight_kg and rules.same_month(row.measurement.measured_on, on)
    ]  # fmt: skip
    age = rules.age_of((on - child.born_on).days)
    return Standing(child, age, rows[-1] if rows else None, now[-1] if now else None)


def last_save(request, child, at):
    """What this account did last to this child's measurements, as long as it may be taken back."""
    if not may_write(request.actor):
        return None
    return LastSave.objects.by(request.actor.account).since(at - rules.UNDO_FOR).filter(person=child).first()


def is_short(row):
    """Short or very short for its age."""
    return row.result.codes[Index.HAZ] in (1, 2)
