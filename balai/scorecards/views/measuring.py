"""How well children are measured in a village: what is strange in a year of measurements, and what to do about it."""

from collections import Counter
from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import door, seen
from balai.base.errors import NotAllowed
from balai.base.words import sentence
from balai.measurements.models import Measurement
from balai.measurements.rules import Index, results
from balai.scorecards.rules.seeing import reads_rows
from balai.scorecards.views import places
from balai.scorecards.views.reading import Reader, periods_of

YEAR, ODD = timedelta(days=365), "S14"
DEEDS = {
    Index.HAZ: (
        sentence("Tinggi tidak wajar untuk umurnya"),
        sentence("Periksa tanggal lahir, lalu ukur ulang panjang atau tingginya."),
    ),
    Index.WAZ: (
        sentence("Berat tidak wajar untuk umurnya"),
        sentence("Periksa tanggal lahir, lalu timbang ulang dalam kilogram."),
    ),
    Index.WHZ: (sentence("Berat tidak wajar untuk tingginya"), sentence("Timbang dan ukur ulang pada hari yang sama.")),
    Index.BAZ: (
        sentence("Indeks massa tubuh tidak wajar untuk umurnya"),
        sentence("Timbang dan ukur ulang pada hari yang sama."),
    ),
    Index.HCZ: (sentence("Lingkar kepala tidak wajar"), sentence("Ukur ulang lingkar kepalanya dalam sentimeter.")),
    Index.MUACZ: (sentence("Lingkar lengan tidak wajar"), sentence("Ukur ulang lingkar lengannya dalam sentimeter.")),
    "height": (
        sentence("Tanpa panjang atau tinggi"),
        sentence("Ukur juga tingginya: tanpa itu stunting tidak diketahui."),
    ),
    "weight": (sentence("Tanpa berat"), sentence("Timbang juga: tanpa itu kenaikan berat tidak diketahui.")),
    "position": (
        sentence("Tidak dicatat telentang atau berdiri"),
        sentence("Catat cara mengukurnya; bedanya 0,7 cm pada anak kecil."),
    ),
}


@door(Permission.FAMILY_VIEW, reads=(Matter.NAMES, Matter.CHILD_GROWTH))
def measuring(request, code):
    if not reads_rows(request.actor, "measurements"):
        raise NotAllowed("Peran Anda tidak membuka pengukuran anak.")
    here, on = places.here(request.actor, code, village=True), timezone.localdate()
    rows = (
        Measurement.objects.unrestricted().within(code).filter(measured_on__gt=on - YEAR, person__born_on__isnull=False)
    )
    rows = [row.of(row.person) for row in rows.in_order().select_related("person")]
    found = results(rows, on)
    counted = Counter(kind for row, one in zip(rows, found, strict=True) for kind in strange(row.facts, one))
    period = next(iter(periods_of(code)), None)
    stored = Reader(request.actor).figures([code], period, [ODD]).get((code, ODD)) if period else None
    seen(request, deed="scorecard.measuring", region=code, subjects=[])
    context = {
        **here.told, "whole": len(rows),
        "odd": sum(bool(one.odd) for one in found), "stored": stored if stored and stored.figure else None,
        "stored_period": period,
        "lines": [(what, counted[kind], deed) for kind, (what, deed) in DEEDS.items() if counted[kind]],
    }  # fmt: skip
    return render(request, "scorecards/measuring.html", context)


def strange(facts, one):
    """What is strange or lacks in one measurement, by the keys of DEEDS."""
    yield from one.odd
    if facts.height_cm is None:
        yield "height"
    elif not facts.position:
        yield "position"
    if facts.weight_kg is None:
        yield "weight"
