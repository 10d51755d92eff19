"""Whether anything was written of a kabupaten since: a few counts that no writing leaves as they were."""

from hashlib import sha256

from django.db.models import Count, Max

from balai.aid.models import ListVersion
from balai.facilities.models import Facility
from balai.families.models import LastWrite, Person
from balai.regions.rules import span
from balai.snapshot.models.registers import READ_FROM
from balai.snapshot.models.villages import facts_of_villages

MOMENTS = ("made_at", "changed_at", "decided_at", "until_at", "undone_at")


def stamp(code, day):
    """A text that stays the same while nothing of the place changes. Rows that left it, or are gone, change the counts;
    what was written of a family changes its last entry in the trail."""
    lo, hi = span(code)
    models = {model._meta.label: model for told in READ_FROM.values() for model in told}
    found = [_counted(model, model.objects.within(code)) for _label, model in sorted(models.items())]
    written = LastWrite.objects.filter(family__region__gte=lo, family__region__lt=hi)
    found.append(tuple(written.aggregate(rows=Count("pk"), last=Max("entry")).values()))
    kept = Person.objects.within(code).filter(restricted_at__isnull=False).count()
    places = Facility.objects.within(code).order_by("pk").values_list("pk", "kind", "outside", "opened_on", "closed_on")
    lists = ListVersion.objects.applied().order_by("pk").values_list("pk", "applied_at")
    told = found, kept, list(places), list(lists), facts_of_villages(code, day)
    return sha256(repr(told).encode()).hexdigest()


def _counted(model, rows):
    newest = {field: Max(field) for field in MOMENTS if field in {one.name for one in model._meta.concrete_fields}}
    return model._meta.label, *rows.aggregate(rows=Count("pk"), **newest).values()
