"""Where the Kampung KB works: coverage, Rumah DataKu, groups (poktan), and agencies that were active in it."""

from django.db import models
from django.db.models import Count, F, Q

from balai.regions.models import Place
from balai.regions.rules import span
from balai.villages.models.recorded import Recorded, RecordedQuerySet, interval_in_order
from balai.villages.models.registry import Evidence, KampungKB
from balai.villages.rules import DataHouseClass, Extent, GroupKind, own_programme, year_before


class InVillageQuerySet(RecordedQuerySet):
    def within(self, code):
        lo, hi = span(code)
        return self.filter(village_id__gte=lo, village_id__lt=hi)


class CoverageQuerySet(RecordedQuerySet):
    def on(self, kampung, day):
        """The coverage of a Kampung KB on that day, or None: the latest that began by then."""
        return self.standing().filter(kampung=kampung, from_on__lte=day).order_by("from_on", "recorded_at").last()


class Coverage(Recorded):
    """What the Kampung KB covers from a day on: some RW, some dusun, or the whole desa (a dated upgrade)."""

    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="coverage")
    extent = models.CharField(max_length=8, choices=Extent.choices())
    areas = models.CharField(max_length=200, blank=True, help_text="names of the RW or dusun")
    from_on = models.DateField()

    objects = CoverageQuerySet.as_manager()


class DataHouseQuerySet(InVillageQuerySet):
    def oldest_first(self):
        return self.order_by(F("from_on").asc(nulls_first=True), "recorded_at")

    def on(self, village, day):
        """What is known of a village's Rumah DataKu on that day, or None: the latest that began by then."""
        return self.in_force(day).filter(village=village).oldest_first().last()


class DataHouse(Recorded):
    """Rumah DataKu of a village (it may stand outside a Kampung KB)."""

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="data_houses")
    exists = models.BooleanField(help_text="False: reported as absent")
    has_decree = models.BooleanField(null=True)
    full = models.BooleanField(null=True, help_text="stated class paripurna")
    funds = models.JSONField(null=True, help_text="list of fund source keys, null when not filled")
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    objects = DataHouseQuerySet.as_manager()

    class Meta:
        constraints = [interval_in_order("data_house_dates_in_order")]


class AssessmentQuerySet(RecordedQuerySet):
    def of(self, house):
        """Assessments of this Rumah DataKu, whichever of its corrections they were entered under."""
        return self.filter(house__lineage=house.lineage)


class DataHouseAssessment(Recorded):
    """A self-assessment: what stands there, and the class that rules.data_house_class gives it."""

    house = models.ForeignKey(DataHouse, on_delete=models.PROTECT, related_name="assessments")
    on = models.DateField()
    found = models.JSONField(help_text="the counts and flags that rules.data_house_class takes")
    computed_class = models.CharField(max_length=12, choices=DataHouseClass.choices(), blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT)

    objects = AssessmentQuerySet.as_manager()


class Group(Recorded):
    """A poktan: BKB, BKR, BKL, UPPKA or PIK-R."""

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=6, choices=GroupKind.choices())
    name = models.CharField(max_length=120, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    objects = InVillageQuerySet.as_manager()

    class Meta:
        constraints = [interval_in_order("group_dates_in_order")]


class ActivityQuerySet(InVillageQuerySet):
    def distinct_agencies(self, day):
        """One row a village: numbers of distinct agencies up to `day`, ever and in the last 12 months.

        `*_all` count every agency, the others leave out those that run the programme itself.
        """
        another_sector = ~Q(agency__in=own_programme())
        this_year = Q(on__gte=year_before(day))
        return (
            self.standing()
            .filter(on__lte=day)
            .values("village_id")
            .annotate(
                ever=Count("agency", distinct=True, filter=another_sector),
                ever_all=Count("agency", distinct=True),
                year=Count("agency", distinct=True, filter=another_sector & this_year),
                year_all=Count("agency", distinct=True, filter=this_year),
            )
            .order_by("village_id")
        )


class AgencyActivity(Recorded):
    """An agency did something in a village on a day: the fact behind 'distinct agencies' in the class."""

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="agency_activities")
    agency = models.PositiveSmallIntegerField(help_text="number in agencies.toml")
    on = models.DateField()
    title = models.CharField(max_length=200, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["village", "on"], name="activity_village_on")]
