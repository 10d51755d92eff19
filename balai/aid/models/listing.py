"""Lists of others: each edition kept beside the earlier ones, its entries matched to families and persons."""

import uuid

from django.db import models
from django.db.models import Q

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter, Permission
from balai.aid.rules import (
    EDITION,
    MARK,
    MATCHED,
    NAME,
    POOR_BY_ENTRY,
    RANKED,
    SOURCE,
    ListKind,
    MatchState,
    Work,
    poor_up_to,
)
from balai.families.models import Family, Person, RegisterQuerySet
from balai.regions.models import RegionCode
from balai.regions.rules import span
from balai.vault.models import BlindField, SealedField, blind

MATCHED_STATES = [one.value for one in MATCHED]


class ListVersionQuerySet(models.QuerySet):
    def applied(self):
        return self.filter(applied_at__isnull=False, removed_at__isnull=True)

    def there(self):
        """Those that were not taken away again."""
        return self.filter(removed_at__isnull=True)

    def covering(self, code):
        """Those that speak of the place of that code: of it, or of a region in which it lies."""
        parts = code.split(".")
        return self.filter(region__in=["", *(".".join(parts[: count + 1]) for count in range(len(parts)))])

    def open_to(self, actor):
        """Those that speak of something in the actor's regions."""
        inside = Q(pk__in=())
        for lo, hi in actor.ranges:
            inside |= Q(region__gte=lo, region__lt=hi) | Q(pk__in=ListVersion.objects.covering(lo))
        return self.filter(inside)

    def newest_of(self, code):
        """Of each list that speaks of the place, the versions of its newest edition there."""
        newest = {}
        for version in self.applied().covering(code).order_by("kind", "-dated_on", "-brought_at"):
            kept = newest.setdefault(version.kind, [])
            if not kept or kept[0].dated_on == version.dated_on:
                kept.append(version)
        return newest

    def in_order(self):
        return self.order_by("-dated_on", "-brought_at", "pk")


class ListVersion(models.Model):
    """One file of one list, as of a day, about a region. Looked at first: it counts once it is applied. When it is
    taken away its row stays, for some of its entries may lie out of the sight of whoever did it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=ListKind.choices())
    edition = models.CharField(max_length=EDITION)
    dated_on = models.DateField()
    region = RegionCode()
    source = models.CharField(max_length=SOURCE, help_text="which agency gave it, by which letter")
    sha256 = models.CharField(max_length=64, help_text="of the file")
    counts = models.JSONField(default=dict, help_text="as it was when the file was looked at")
    work = models.CharField(max_length=8, choices=Work.choices(), default=Work.NONE)
    file = models.CharField(max_length=60, blank=True, help_text="under which name it lies until it is matched")
    named = models.JSONField(default=dict, help_text="{part: heading} as somebody typed them")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="lines, or entries, that the work is through with")
    said = models.JSONField(default=list, help_text="why the work stopped: sentence and what fills it")
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=150)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.CharField(max_length=150, null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=150, null=True)

    objects = ListVersionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "region", "dated_on"], name="list_version_kind_region")]
        constraints = [
            models.CheckConstraint(
                name="listversion_applied_at_and_by",
                condition=Q(applied_at__isnull=True, applied_by__isnull=True)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
            ),
            models.CheckConstraint(
                name="listversion_removed_at_and_by",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "region", "sha256"], condition=Q(applied_at__isnull=False, removed_at__isnull=True),
                name="listversion_file_once",
            ),
        ]  # fmt: skip

    @property
    def title(self):
        return f"{ListKind(self.kind).label} {self.edition}"

    @property
    def is_working(self):
        return self.work != Work.NONE and self.removed_at is None

    @property
    def working(self):
        return Work(self.work)


class ListEntryQuerySet(RegisterQuerySet):
    def unrestricted(self):
        return self.filter(Q(person__isnull=True) | Q(person__restricted_at__isnull=True))

    def applied(self):
        return self.filter(version__applied_at__isnull=False, version__removed_at__isnull=True)

    def matched(self):
        return self.filter(state__in=MATCHED_STATES)

    def proposals(self):
        return self.filter(state=MatchState.PROPOSED.value)

    def unmatched(self):
        """Those that might yet be matched by a number: nobody was found, or nobody has decided."""
        return self.exclude(state__in=MATCHED_STATES)

    def poor(self, on):
        """Those by which their list calls a family poor."""
        ranked = Q(version__kind__in=[one.value for one in RANKED], decile__lte=poor_up_to(on))
        return self.filter(ranked | Q(version__kind__in=[one.value for one in POOR_BY_ENTRY]))

    def counted(self):
        """Match state to how many."""
        rows = self.order_by().values_list("state").annotate(rows=models.Count("pk"))
        return dict(rows)


class ListEntry(Scoped):
    """What a list says of a family or a person.

    Numbers and name stay only as long as the entry is not matched by a number: then the register has them. What
    matches nobody goes a year after `unmatched_on`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="entries")
    line = models.PositiveIntegerField(help_text="row of the file")
    family = ScopedKey(Family, null=True, on_delete=models.CASCADE, related_name="list_entries")
    person = ScopedKey(Person, null=True, on_delete=models.CASCADE, related_name="list_entries")
    region = RegionCode(help_text="that of the family; of the list or its row while nobody is matched")
    decile = models.PositiveSmallIntegerField(null=True)
    rank = models.PositiveBigIntegerField(null=True)
    mark = models.CharField(max_length=MARK, blank=True)
    state = models.CharField(max_length=9, choices=MatchState.choices())
    matched_on = models.DateField(null=True)
    unmatched_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, null=True)
    sealed_nik = SealedField(blind="blind_nik", null=True)
    blind_nik = BlindField(blank=True)
    sealed_card = SealedField(blind="blind_card", null=True)
    blind_card = BlindField(blank=True)
    name = models.CharField(max_length=NAME, blank=True)
    born_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    walls = Walls(Matter.POVERTY, family="family_id", edit=Permission.FAMILY_VIEW)
    objects = ScopedManager.from_queryset(ListEntryQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "id"], name="list_entry_region"),
            models.Index(fields=["version", "state"], name="list_entry_version_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="listentry_decided_at_and_by",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="listentry_matched_or_not",
                condition=Q(
                    state__in=MATCHED_STATES, family__isnull=False, matched_on__isnull=False, unmatched_on__isnull=True
                )
                | (
                    ~Q(state__in=MATCHED_STATES)
                    & Q(matched_on__isnull=True, unmatched_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="listentry_decile_one_to_ten",
                condition=Q(decile__isnull=True) | Q(decile__gte=1, decile__lte=10),
            ),
        ]  # fmt: skip

    def hold(self, ring, nik="", card=""):
        """Takes the numbers in, sealed to this row by that key ring. Does not save."""
        for column, number in (("nik", nik), ("card", card)):
            if number:
                closed = ring.sealed(number, self.pk, self._meta.db_table, f"sealed_{column}")
                setattr(self, f"sealed_{column}", closed)
                setattr(self, f"blind_{column}", blind(number))

    def let_go(self):
        """Empties what only matching needed. Does not save."""
        self.sealed_nik = self.sealed_card = self.born_on = None
        self.blind_nik = self.blind_card = self.name = ""


def inside(code, other):
    """Whether the place `code` is `other` or lies in it."""
    lo, hi = span(other)
    return lo <= code < hi
