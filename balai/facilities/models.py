"""Places that serve families: facts of a village, about no person."""

import uuid

from django.db import models
from django.db.models import Q

from balai.facilities.rules import ADDRESS, NAME, SOURCE, ClosedReason, FacilityKind
from balai.regions.models import Place, RegionCode
from balai.regions.rules import span

VILLAGE_CODE = 13  # letters of a village's code


class FacilityQuerySet(models.QuerySet):
    def within(self, code):
        """Those that serve the place of that code or a place below it."""
        lo, hi = span(code)
        return self.filter(region__gte=lo, region__lt=hi)

    def open_now(self):
        return self.filter(closed_on__isnull=True)

    def on(self, day):
        """Those known to serve on that day; one that does not say since when has always done."""
        return self.filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day), Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        )

    def in_order(self):
        return self.order_by("outside", "kind", "name", "pk")

    def visible_to(self, actor):
        """Facts of a village are everybody's to read; these are the ones that the actor may change."""
        inside = Q(pk__in=())
        for lo, hi in actor.ranges:
            inside |= Q(region__gte=lo, region__lt=hi)
        return self.filter(inside)


class Facility(models.Model):
    """`region` is the village it serves, or the place below it; `outside` where it stands in another village, as near
    as `travel_km` and `travel_minutes` say."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = RegionCode()
    kind = models.CharField(max_length=16, choices=FacilityKind.choices())
    name = models.CharField(max_length=NAME)
    address = models.CharField(max_length=ADDRESS, blank=True)
    services = models.JSONField(default=list, help_text="codes of what it offers; empty: not known")
    outside = models.BooleanField(default=False)
    travel_km = models.FloatField(null=True)
    travel_minutes = models.PositiveIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_reason = models.CharField(max_length=16, choices=ClosedReason.choices(), null=True)
    source = models.CharField(max_length=SOURCE, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "kind"], name="facility_region_kind")]
        constraints = [
            models.CheckConstraint(
                name="facility_closed_on_and_reason",
                condition=Q(closed_on__isnull=True, closed_reason__isnull=True)
                | Q(closed_on__isnull=False, closed_reason__isnull=False),
            ),
            models.CheckConstraint(
                name="facility_closed_after_it_opened",
                condition=Q(opened_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=models.F("opened_on")),
            ),
            models.CheckConstraint(
                name="facility_point_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="facility_travel_is_to_outside",
                condition=Q(outside=True) | Q(travel_km__isnull=True, travel_minutes__isnull=True),
            ),
            models.CheckConstraint(
                name="facility_kind_known", condition=Q(kind__in=[one.value for one in FacilityKind])
            ),
        ]

    @property
    def village(self):
        return self.region[:VILLAGE_CODE]


def villages_today():
    """The villages of the tree in force, with the places above them."""
    return Place.objects.today().villages().select_related("parent__parent")


def homes(village):
    """(code, name) of the village and the places below it."""
    rows = Place.objects.today().within(village.pk).order_by("pk")
    return [(place.pk, place.name if place.pk == village.pk else f"{village.name}, {place.name}") for place in rows]
