"""What a list says of persons: each row sealed whole, with what would become of it."""

import uuid
import zlib
from base64 import b64decode, b64encode

import msgspec
from django.db import models
from django.db.models import Count, Q

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter, Permission
from balai.families.models import Family, Person, RegisterQuerySet
from balai.regions.models import RegionCode
from balai.rosters.models.lists import Roster
from balai.rosters.rules.verdicts import Verdict, packed, unpacked
from balai.vault.models import SealedField, opened, sealed

WALLS = Walls(Matter.NAMES, view=Permission.IMPORT_APPLY, edit=Permission.IMPORT_APPLY)


class RosterRowQuerySet(RegisterQuerySet):
    def of(self, roster):
        return self.filter(roster=roster).order_by("unit", "number")

    def waiting(self):
        """What an application would bring into the register."""
        return self.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED), applied_at__isnull=True)

    def applied(self):
        return self.filter(applied_at__isnull=False)

    def by_verdict(self):
        counted = self.order_by().values("verdict").annotate(rows=Count("pk"))
        found = dict(counted.values_list("verdict", "rows"))
        return {verdict.value: found.get(verdict.value, 0) for verdict in Verdict}


class RosterRow(Scoped):
    """`number` counts through the file, `unit` through its cards. `decided` is what a person said of a possible
    duplicate. `family` and `person` are those of the register, once they are known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="rows")
    region = RegionCode(help_text="the village of the list")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(help_text="row of its sheet")
    sheet = models.PositiveSmallIntegerField(default=0)
    unit = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices())
    decided = models.CharField(max_length=5, blank=True)
    family = ScopedKey(Family, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="roster_rows")
    person = ScopedKey(Person, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="roster_rows")
    applied_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    sealed = SealedField()

    walls = WALLS
    stays_put = True
    objects = ScopedManager.from_queryset(RosterRowQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "id"], name="roster_row_region"),
            models.Index(fields=["roster", "unit", "number"], name="roster_row_unit"),
            models.Index(fields=["roster", "verdict", "number"], name="roster_row_verdict"),
            # What is done need not be read past on the way to what is left.
            models.Index(
                fields=["roster", "unit", "number"], condition=Q(applied_at__isnull=True), name="roster_row_left"
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="roster_row_once")]

    @property
    def is_of_the_register(self):
        """Whether the family is there already."""
        return self.applied_at is not None or self.verdict in (Verdict.CHANGED, Verdict.UNCHANGED, Verdict.DUPLICATE)

    @property
    def kept(self):
        return unpacked(opened(self.sealed, self.pk, self._meta.db_table, "sealed"))

    def keep(self, kept):
        """Takes in what was read and judged, sealed to this row. Does not save."""
        self.sealed = sealed(packed(kept), self.pk, self._meta.db_table, "sealed")


class RosterImageQuerySet(RegisterQuerySet):
    def of(self, roster):
        return self.filter(roster=roster).order_by("unit", "step")

    def told(self):
        """(unit, images) of each row."""
        table = self.model._meta.db_table
        for unit, pk, stored in self.values_list("unit", "pk", "sealed"):
            yield unit, unfolded(opened(stored, pk, table, "sealed"))


class RosterImage(Scoped):
    """Rows of the register before and after an application: of a family, or of one person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="images")
    region = RegionCode(help_text="the village of the list")
    unit = models.PositiveIntegerField()
    step = models.PositiveIntegerField(help_text="in which order they were written")
    family = ScopedKey(Family, null=True, on_delete=models.SET_NULL, related_name="roster_images")
    person = ScopedKey(Person, null=True, on_delete=models.SET_NULL, related_name="roster_images")
    made_at = models.DateTimeField()
    sealed = SealedField()

    walls = WALLS
    stays_put = True
    objects = ScopedManager.from_queryset(RosterImageQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "id"], name="roster_image_region"),
            models.Index(fields=["roster", "unit", "step"], name="roster_image_unit"),
        ]


def folded(images):
    """Names of columns repeat in every image: pressed, they cost little, with no more memory made ready than a person's
    images fill."""
    press = zlib.compressobj(1, wbits=12, memLevel=5)
    return b64encode(press.compress(msgspec.json.encode(images)) + press.flush()).decode()


def unfolded(text):
    return msgspec.json.decode(zlib.decompress(b64decode(text)))
