"""Whether anything was written of a kabupaten since: a few counts that no writing leaves as they were."""

from hashlib import sha256

from django.db.models import Count, Max

from balai.aid.models import Aid, ListVersion
from balai.facilities.models import Facility
from balai.families.models import Family, LastWrite, PastStay, Person
from balai.regions.rules import span
from balai.snapshot.models.reading import COUNTED, moments
from balai.snapshot.models.villages import facts_of_villages


def stamp(code, day):
    """A text that stays the same while nothing of the place changes. Rows that left it, or are gone, change the counts;
    what was written of a family changes its last entry in the trail."""
    lo, hi = span(code)
    found = [Family.objects.within(code).count(), Person.objects.within(code).count()]
    restricted = Person.objects.within(code).filter(restricted_at__isnull=False)
    found.append(tuple(restricted.aggregate(rows=Count("pk"), last=Max("restricted_at")).values()))
    written = LastWrite.objects.filter(family__region__gte=lo, family__region__lt=hi)
    found.append(tuple(written.aggregate(rows=Count("pk"), last=Max("entry")).values()))
    beside = {model._meta.label: model for model in (PastStay, Aid, *COUNTED.values())}
    found += [_counted(model, model.objects.within(code)) for _label, model in sorted(beside.items())]
    places = Facility.objects.within(code).order_by("pk").values_list("pk", "kind", "outside", "opened_on", "closed_on")
    lists = ListVersion.objects.applied().order_by("pk").values_list("pk", "applied_at")
    told = found, list(places), list(lists), facts_of_villages(code, day)
    return sha256(repr(told).encode()).hexdigest()


def _counted(model, rows):
    newest = {field: Max(field) for field in moments(model)}
    return model._meta.label, *rows.aggregate(rows=Count("pk"), **newest).values()
