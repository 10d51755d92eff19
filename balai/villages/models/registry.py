"""The Kampung KB, how it was formed, its documents, and the answers of its profile."""

import uuid

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from balai.regions.models import Place, RegionCode
from balai.regions.rules import Level, span
from balai.villages.models.recorded import Recorded, interval_in_order
from balai.villages.rules import DocumentKind, FormationStepKind, IssuerLevel

LENGTH_OF = {Level.PROVINCE: 2, Level.KABUPATEN: 5, Level.KECAMATAN: 8, Level.VILLAGE: 13}


class KampungKBQuerySet(models.QuerySet):
    def within(self, code):
        lo, hi = span(code)
        return self.filter(village_id__gte=lo, village_id__lt=hi)

    def formed_by(self, day):
        """Kampung KB that certainly existed on that day."""
        return self.filter(founded_latest__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def main(self):
        """The Kampung KB that carries the village's class: the first of its village."""
        return self.filter(number=1)

    def formed_counts(self, level, within, day):
        """Region code of that level -> number of its villages with a Kampung KB on that day; one grouped query."""
        return dict(
            self.within(within)
            .formed_by(day)
            .annotate(region=Substr("village_id", 1, LENGTH_OF[level]))
            .values("region")
            .annotate(villages=Count("village_id", distinct=True))
            .values_list("region", "villages")
        )


class Founding(models.Model):
    """When a Kampung KB began and ended. Known exactly (both bounds equal) or only as a span (SIGA: '> 2019')."""

    name = models.CharField(max_length=160, blank=True)
    founded_earliest = models.DateField(null=True)
    founded_latest = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_founding_bounds_paired",
                condition=Q(founded_earliest__isnull=True, founded_latest__isnull=True)
                | Q(founded_earliest__lte=F("founded_latest")),
            ),
            models.CheckConstraint(
                name="%(class)s_ended_paired",
                condition=Q(ended_on__isnull=True, ended_reason="") | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
            ),
        ]


class KampungKB(Founding):
    """One Kampung KB. Everything hangs on this row, so it stays; what is known of its founding is repeated from the
    latest KampungVersion, as VillageMonth repeats the returns in force."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="kampung_kb")
    number = models.PositiveSmallIntegerField(
        default=1, help_text="1 for the village's first; SIGA knows villages with two"
    )
    invented = models.BooleanField(default=False, help_text="demonstration data")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)
    source = models.CharField(max_length=120)
    batch = models.UUIDField(null=True, db_index=True, help_text="import batch, when it came in by file")

    objects = KampungKBQuerySet.as_manager()

    class Meta(Founding.Meta):
        constraints = [
            *Founding.Meta.constraints,
            models.UniqueConstraint(fields=["village", "number"], name="kampung_village_number"),
        ]


class KampungVersion(Founding, Recorded):
    """What was known of a Kampung KB's name, founding and end from a moment on."""

    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="versions")

    class Meta(Founding.Meta):
        pass


class Evidence(models.Model):
    """A file that proves something. Stored under its own id, never under a name somebody sent."""

    id = models.UUIDField(primary_key=True)
    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(help_text="bytes")
    title = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)


class FormationStep(Recorded):
    """A step of Perban 20/2023 that was taken on a day."""

    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="formation_steps")
    step = models.CharField(max_length=12, choices=FormationStepKind.choices())
    done_on = models.DateField()
    note = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT)


class Document(Recorded):
    """SK Pokja, regulation, RKM …: level, issuer, number, date, file, validity (from_on inclusive, to_on exclusive)."""

    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=16, choices=DocumentKind.choices())
    level = models.CharField(max_length=12, choices=IssuerLevel.choices())
    issuer = models.CharField(max_length=160, blank=True)
    number = models.CharField(max_length=120, blank=True)
    dated_on = models.DateField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    title = models.CharField(max_length=200, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [interval_in_order("document_validity_in_order")]


class AnswerQuerySet(models.QuerySet):
    def within(self, code):
        lo, hi = span(code)
        return self.filter(village_code__gte=lo, village_code__lt=hi)

    def known_at(self, moment):
        """Answers that had been entered by that moment."""
        return self.filter(recorded_at__lte=moment)

    def by_force(self, day):
        """Answers that hold on `day`, oldest first: the last row of an item is the one in force."""
        return self.filter(from_on__lte=day).order_by("item", "from_on", "recorded_at", "id")

    def profile(self, kampung, day):
        """Item -> its answer in force on that day; items that are not filled (any more) are left out."""
        in_force = {answer.item: answer for answer in self.filter(kampung=kampung).by_force(day)}
        return {item: answer for item, answer in in_force.items() if answer.value is not None or answer.text}

    def history(self, kampung):
        """Who entered what and when, the newest entry first."""
        return self.filter(kampung=kampung).order_by("-recorded_at", "item", "-from_on")


class Answer(models.Model):
    """One item of the profile from a day on. `items.toml` says which items there are."""

    kampung = models.ForeignKey(KampungKB, on_delete=models.PROTECT, related_name="answers")
    village_code = RegionCode(help_text="scope: the village of the Kampung KB")
    item = models.CharField(max_length=40)
    value = models.IntegerField(
        null=True, help_text="1 yes, 0 no, or a count; null with empty text: not filled any more"
    )
    text = models.TextField(blank=True, help_text="choice, frequency or free text")
    from_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)
    source = models.CharField(max_length=120)
    batch = models.UUIDField(null=True, db_index=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        indexes = [
            # All that a class rests on, so that a run over the nation reads the index alone.
            models.Index(fields=["village_code", "item", "from_on", "recorded_at", "value"], name="answer_village_item")
        ]
        constraints = [
            models.UniqueConstraint(fields=["kampung", "item", "from_on", "recorded_at"], name="answer_once_a_moment")
        ]
