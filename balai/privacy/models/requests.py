"""Requests of persons, and apart from them who asks for a child and what was said: the first for whoever handles
requests, the second only for who may see names."""

import uuid

from django.db import models
from django.db.models import F, Q

from balai.access.models import Scoped, ScopedManager, ScopedOneToOne, ScopedQuerySet, Walls
from balai.access.rules import Matter, Permission
from balai.privacy.rules import OPEN, RESTRICTS, Guardian, Proof, RequestKind, RequestState
from balai.regions.models import RegionCode
from balai.regions.rules import span


class RequestQuerySet(ScopedQuerySet):
    def within(self, code):
        lo, hi = span(code)
        return self.filter(region__gte=lo, region__lt=hi)

    def waiting(self):
        """Somebody still has to do something."""
        return self.filter(state__in=[state.value for state in OPEN])

    def restricting(self):
        """Those by which a person's data is only kept."""
        return self.filter(
            kind__in=[kind.value for kind in RESTRICTS], state=RequestState.DONE.value, lifted_at__isnull=True
        )

    def most_urgent_first(self):
        """What waits stands by its clock, what is finished after it, newest first."""
        waits = models.Case(
            models.When(state__in=[state.value for state in OPEN], then=models.Value(0)), default=models.Value(1)
        )
        clock = models.Case(models.When(state__in=[state.value for state in OPEN], then=F("due_at")))
        return self.annotate(waits=waits, clock=clock).order_by(
            "waits", F("clock").asc(nulls_last=True), "-received_at"
        )


class Request(Scoped):
    """Names nobody: the person stands as an id, which is gone once the person is erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = RegionCode(help_text="that of the person when the request came")
    family = models.UUIDField(null=True)
    person = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=12, choices=RequestKind.choices())
    for_child = models.BooleanField()
    proof = models.CharField(max_length=12, choices=Proof.choices())
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=150)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState.choices())
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_reason = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)
    lifted_reason = models.CharField(max_length=500, blank=True)

    # Not a matter of families: the officer for data protection handles requests and sees no names.
    walls = Walls(
        Matter.VILLAGE, view=Permission.RIGHTS_RECEIVE, edit=Permission.RIGHTS_RECEIVE, read_is_enough=True,
        family="family",
    )  # fmt: skip
    objects = ScopedManager.from_queryset(RequestQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "due_at"], name="request_region_due")]
        constraints = [
            models.CheckConstraint(
                name="request_decided_at_and_by",
                condition=Q(decided_at__isnull=True, decided_by="", decided_reason="")
                | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
            ),
            models.CheckConstraint(
                name="request_lifted_at_and_by",
                condition=Q(lifted_at__isnull=True, lifted_by="", lifted_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_by="")),
            ),
            models.CheckConstraint(name="request_due_after_received", condition=Q(due_at__gt=F("received_at"))),
            models.CheckConstraint(
                name="request_open_is_undecided",
                condition=~Q(state=RequestState.RECEIVED.value) | Q(decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="request_done_has_its_moment",
                condition=Q(done_at__isnull=True)
                | ~Q(state__in=[RequestState.RECEIVED.value, RequestState.GRANTED.value]),
            ),
        ]

    @property
    def known_kind(self):
        return RequestKind(self.kind)

    @property
    def known_state(self):
        return RequestState(self.state)


class Applicant(Scoped):
    """Who asks for a child, and what the person asks in own words."""

    request = ScopedOneToOne(Request, primary_key=True, on_delete=models.CASCADE, related_name="applicant")
    region = RegionCode(help_text="that of the request")
    family = models.UUIDField(null=True)
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_relation = models.CharField(max_length=10, blank=True, choices=Guardian.choices())
    note = models.CharField(max_length=1000, blank=True)

    walls = Walls(
        Matter.NAMES, view=Permission.RIGHTS_RECEIVE, edit=Permission.RIGHTS_RECEIVE, entered_with=Matter.VILLAGE,
        read_is_enough=True, family="family",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="applicant_guardian_name_and_relation",
                condition=Q(guardian_name="", guardian_relation="") | (~Q(guardian_name="") & ~Q(guardian_relation="")),
            )
        ]
