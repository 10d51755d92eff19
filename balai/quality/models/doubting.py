"""The families behind what a snapshot doubts: people of an age that nobody reaches, children measured strangely."""

from django.db.models import F

from balai.families.models import Person
from balai.measurements.models import Measurement
from balai.measurements.rules import Index, results
from balai.quality.models.fields import back

OLDEST = 120  # years, as the snapshot doubts them
SCORED = frozenset({Index.WAZ, Index.HAZ, Index.WHZ, Index.BAZ})


def too_old(code, on, _actor):
    people = Person.objects.living_here().unrestricted().within(code)
    return people.filter(born_on__lt=back(on, OLDEST)).order_by().values("family")


def _measured(code):
    return Measurement.objects.unrestricted().within(code).filter(person__gone_on__isnull=True)


def measured_before_birth(code, _on, _actor):
    return _measured(code).filter(measured_on__lt=F("person__born_on")).order_by().values("family")


def measured_without_birthday(code, _on, _actor):
    return _measured(code).filter(person__born_on__isnull=True).order_by().values("family")


def measured_strangely(code, on, _actor):
    """A score beyond WHO's limits, in whatever year; what it means is worked out, not stored."""
    rows = list(_measured(code).filter(person__born_on__isnull=False).in_order().select_related("person"))
    found = results([row.of(row.person) for row in rows], on)
    return {row.family_id for row, one in zip(rows, found, strict=True) if one.odd & SCORED}
