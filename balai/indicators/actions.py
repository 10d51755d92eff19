"""Storing what a run worked out."""

from itertools import islice

from django.db import transaction

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base import months
from balai.indicators.models import Doubt, Run, Value
from balai.regions.rules import span

BATCH = 5_000


@transaction.atomic
def store_figures(*, by, at, run, rows, doubts=()):
    """Puts the rows of a run in the place of those of its month and region; returns the run.

    `run`: engine, period, as_of, region, snapshot, definitions, code_version. Places above the run's region are left
    out: they were not covered whole. A median's rows follow one another, as the engines give them, or do not.
    `doubts`: (village, kind, rows) of what the snapshot could not take as it was written.
    """
    require(by, Permission.CLASSIFY, run["region"])
    months.parse(run["period"])
    stored = Run.objects.create(made_at=at, made_by=by.name, **run)
    for model in (Value, Doubt):
        model.objects.within(stored.region).filter(period=stored.period).delete()
    values = _values(stored, rows)
    while batch := list(islice(values, BATCH)):
        Value.objects.bulk_create(batch)
        stored.rows += len(batch)
    stored.save(update_fields=["rows"])
    Doubt.objects.bulk_create(_doubts(stored, doubts), BATCH)
    audit.record(
        by=by, at=at, deed="indicators.store", subject=f"{stored.period} {stored.engine}", region=stored.region,
        detail={"run": str(stored.pk), "rows": stored.rows, "definitions": stored.definitions[:12],
                "snapshot": stored.snapshot[:12]},
    )  # fmt: skip
    return stored


def _doubts(run, found):
    lo, hi = span(run.region)
    return [
        Doubt(run=run, period=run.period, region=village, kind=kind, rows=rows)
        for village, kind, rows in found
        if lo <= village < hi
    ]


def _values(run, rows):
    """Values one by one; the histograms, of which every value is a row, at the end."""
    lo, hi = span(run.region)
    histograms = {}
    for region, code, n, d, bin_ in rows:
        if not lo <= region < hi:
            continue
        if bin_ is None:
            yield Value(run=run, period=run.period, region=region, code=code, n=n, d=d)
        else:
            histograms.setdefault((region, code), {})[str(bin_)] = n
    for (region, code), bins in histograms.items():
        yield Value(run=run, period=run.period, region=region, code=code, n=sum(bins.values()), bins=bins)
