"""The working group (Pokja) in both templates, its members and training, and the companion officer."""

from django.db import models
from django.db.models import F

from balai.villages.models.recorded import Recorded, RecordedQuerySet, interval_in_order
from balai.villages.models.registry import Document, Evidence, KampungKB
from balai.villages.rules import CompanionKind, PokjaTemplate


class PokjaQuerySet(RecordedQuerySet):
    def on(self, kampung, day):
        """The Pokja of a Kampung KB on that day, or None: the latest that began by then."""
        return (
            self.in_force(day)
            .filter(kampung=kampung)
            .order_by(F("from_on").asc(nulls_first=True), "recorded_at")
            .last()
        )


class Pokja(Recorded):
    """A working group: four sections (Perban 20/2023) or eight family functions; rules.SECTION_OF maps the two."""

    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="pokja")
    template = models.CharField(max_length=16, choices=PokjaTemplate.choices())
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    decree = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)

    objects = PokjaQuerySet.as_manager()

    class Meta:
        constraints = [interval_in_order("pokja_dates_in_order")]


class MemberQuerySet(RecordedQuerySet):
    def of(self, pokja):
        """Members of this Pokja, whichever of its corrections they were entered under."""
        return self.filter(pokja__lineage=pokja.lineage)


class PokjaMember(Recorded):
    """A person's place in a Pokja. Names are staff data (class P2): shown to nobody until accounts exist."""

    pokja = models.ForeignKey(Pokja, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=40, help_text="a key of rules.POSITIONS")
    section = models.CharField(max_length=40, blank=True, help_text="a key of rules.SECTIONS for the template")
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    trained_on = models.DateField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [interval_in_order("member_dates_in_order")]


class PokjaTraining(Recorded):
    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="trainings")
    title = models.CharField(max_length=200)
    held_on = models.DateField(null=True)
    trained_members = models.PositiveSmallIntegerField(null=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT)


class Companion(Recorded):
    """The PKB/PLKB, or who directs the village where there is none. Name and NIP are staff data (class P2)."""

    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="companions")
    kind = models.CharField(max_length=16, choices=CompanionKind.choices())
    name = models.CharField(max_length=120, blank=True)
    employee_number = models.CharField(max_length=18, blank=True, help_text="NIP")
    other = models.CharField(max_length=120, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [interval_in_order("companion_dates_in_order")]
