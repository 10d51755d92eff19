"""The papers of a person, as of any day."""

import uuid

from django.db import models
from django.db.models import Q

from balai.access.models import Scoped, ScopedKey, ScopedManager, Walls
from balai.access.rules import Matter
from balai.families.models import Family, Person, RegisterQuerySet
from balai.identity.rules import DocumentKind
from balai.regions.models import RegionCode


class DocumentQuerySet(RegisterQuerySet):
    def now(self):
        return self.filter(until_on__isnull=True)

    def on(self, day):
        begun = Q(from_on__isnull=True) | Q(from_on__lte=day)
        return self.filter(begun, Q(until_on__isnull=True) | Q(until_on__gt=day))


class Document(Scoped):
    """Whether a person had a paper, from that day until the next answer. Its number is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ScopedKey(Person, on_delete=models.CASCADE, related_name="documents", db_index=False)
    family = ScopedKey(Family, on_delete=models.CASCADE, related_name="documents")
    region = RegionCode(help_text="that of the family")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices())
    is_held = models.BooleanField()
    issued_on = models.DateField(null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    walls = Walls(Matter.NAMES)
    objects = ScopedManager.from_queryset(DocumentQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="document_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(until_on__isnull=True), name="document_once_now"
            ),
            models.CheckConstraint(
                name="document_ended_after_it_began",
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="document_issued_is_held", condition=Q(issued_on__isnull=True) | Q(is_held=True)
            ),
        ]
