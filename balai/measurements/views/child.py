"""The page of a child: what the last measuring means, the charts, and every row."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Permission
from balai.access.views import door, seen
from balai.families.rules import Sex
from balai.measurements import rules
from balai.measurements.rules import Index, Picture
from balai.measurements.rules.meaning import MONTH
from balai.measurements.rules.pictures import Point
from balai.measurements.views import showing


@dataclass(frozen=True)
class Chart:
    anchor: str
    title: str
    about: str
    picture: Picture
    count: int


@door(Permission.FAMILY_VIEW, reads=showing.READS)
def child(request, pk):
    person, on = showing.child_here(request, pk), timezone.localdate()
    rows = showing.rows_of([person], on).get(person.pk, [])
    last = rows[-1] if rows else None
    seen(request, deed="measurement.view", region=person.region, subjects=[person.family_id, person.pk])
    context = {
        "child": person, "age": rules.age_of((on - person.born_on).days), "here": "families",
        "invented": person.family.invented, "rows": rows[::-1], "last": last, "on": on,
        "advice": list(rules.advice(last.result, last.measurement.oedema)) if last else [],
        "weighed": showing.standings([person], on)[0].weighed, "charts": charts(person, rows),
        "may_write": showing.may_write(request.actor), "kept": showing.last_save(request, person, timezone.now()),
        "boy": person.sex == Sex.MALE, **showing.village_of(person),
    }  # fmt: skip
    return render(request, "measurements/child.html", context)


def charts(person, rows):
    """Those for which something was measured."""
    weights = [_point(row, Index.WAZ, row.measurement.weight_kg) for row in rows]
    heights = [_point(row, Index.HAZ, _height(row)) for row in rows]
    found = [
        ("berat", _("Berat menurut umur (kartu menuju sehat, KMS)"), _("Pita merah, kuning, hijau, dan oranye."),
         weights, rules.kms_picture),
        ("tinggi", _("Panjang atau tinggi menurut umur"), _("Garis simpangan baku −3, −2, 0, +2, dan +3."), heights,
         rules.height_picture),
        ("bentuk", _("Berat menurut panjang atau tinggi"), _("Garis simpangan baku −3, −2, 0, +2, dan +3."),
         _shapes(rows), _shape_picture(rows)),
    ]  # fmt: skip
    return [
        Chart(anchor, title, about, draw(person.sex, points), len(points))
        for anchor, title, about, given, draw in found
        if (points := [one for one in given if one])
    ]


def _height(row):
    return rules.height_used(row.measurement.facts, row.result.age_days)


def _point(row, index, value):
    return value and Point(row.result.age_days / MONTH, float(value), index in row.result.odd)


def _is_standing(row):
    return row.result.age_days >= rules.LYING_BEFORE


def _shapes(rows):
    """Lengths and heights have tables of their own: those of the last row's age are shown."""
    for row in rows:
        height, weight = _height(row), row.measurement.weight_kg
        if height and weight and _is_standing(row) is _is_standing(rows[-1]):
            yield Point(height, float(weight), Index.WHZ in row.result.odd)


def _shape_picture(rows):
    def draw(sex, points):
        return rules.shape_picture(sex, points, standing=_is_standing(rows[-1]))

    return draw
