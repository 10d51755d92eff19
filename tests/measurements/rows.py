"""Children and measurements for tests, before the day on which the pages are opened."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from balai.access.models import acting
from balai.families.models import Person
from balai.families.rules import Sex
from balai.measurements import actions
from balai.measurements.rules import Facts
from tests.families import register
from tests.families.register import BY, HERE


def today():
    return timezone.localdate()  # noqa: TID251  as the pages do


def now():
    return timezone.now()  # noqa: TID251  as the pages do


def before(days):
    return today() - timedelta(days=days)


def baby(name="Dimas Prasetyo", days=400, sex=Sex.MALE, region=HERE, **more):
    """A child of that age in days, of a family of its own."""
    made = register.family(region, people=[register.head(), register.child(name, sex, before(days))], at=now(), **more)
    with acting(BY):
        return Person.objects.select_related("family").get(family=made, name=name)


def facts(ago=0, weight="9.4", height=None, **more):
    numbers = {"weight_kg": weight, "height_cm": height} | more
    told = {
        key: Decimal(value) if key.endswith(("_kg", "_cm")) and value is not None else value
        for key, value in numbers.items()
    }
    return Facts(before(ago), **told)


def measure(child, ago=0, weight="9.4", height=None, by=BY, **more):
    with acting(by):
        return actions.record_measurement(
            by=by, at=now(), person=child, facts=facts(ago, weight, height, **more), sure=True
        )
