"""Where families stand, in one query for any number of them: state, last visit, who wrote last.

`state` says what rules.state_of says of one; a test compares them.
"""

from datetime import date, timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, NullIf, Substr, TruncDate

from balai.families.models import VILLAGE_CODE
from balai.quality.models.verification import Round
from balai.quality.rules import QUARTER, YEAR, Band, Outcome, State
from balai.survey.models import MemberAnswers

VILLAGE = Substr("region", 1, VILLAGE_CODE)
NEVER = Value(date(1, 1, 1), DateField())


def standing(families):
    """The families with `state`, `entry` (of the last write), `writer`, `visited_on` (the newest day on which members
    or house were asked about; empty: none)."""
    opened = Round.objects.filter(village=Substr(OuterRef("region"), 1, VILLAGE_CODE)).order_by("-year")
    asked = MemberAnswers.objects.now().filter(family=OuterRef("pk")).order_by().values("family")
    return families.alias(
        decision=FilteredRelation("verifications", condition=Q(verifications__until_at__isnull=True)),
        house=FilteredRelation("housing", condition=Q(housing__until_on__isnull=True)),
        opened_at=Subquery(opened.values("opened_at")[:1]),
        asked_on=Subquery(asked.annotate(newest=Max("from_on")).values("newest")),
    ).annotate(
        entry=Coalesce("last_write__entry", Value(0), output_field=BigIntegerField()),
        writer=Coalesce("last_write__by", "made_by"),
        visited_on=NullIf(Greatest(Coalesce("house__from_on", NEVER), Coalesce("asked_on", NEVER)), NEVER),
        state=_STATE,
    )  # fmt: skip


_SENT_BACK = Q(decision__outcome=Outcome.SENT_BACK.value)
_STATE = Case(
    When(decision__outcome__isnull=True, then=Value(State.DRAFT.value)),
    When(_SENT_BACK & Q(decision__entry=F("entry")), then=Value(State.SENT_BACK.value)),
    When(_SENT_BACK, then=Value(State.FIXED.value)),
    When(~Q(decision__village=VILLAGE), then=Value(State.MOVED.value)),
    When(~Q(decision__entry=F("entry")), then=Value(State.CHANGED.value)),
    When(decision__decided_at__lt=F("opened_at"), then=Value(State.DUE.value)),
    default=Value(State.VERIFIED.value),
    output_field=CharField(),
)


def to_visit(families):
    """Those whom rules.is_to_visit says; a test compares them."""
    waits = Q(visited_on__isnull=True) | Q(visited_on__lt=TruncDate("opened_at"))
    back = Q(state__in=(State.SENT_BACK.value, State.MOVED.value))
    return standing(families).filter(back | (~Q(state=State.VERIFIED.value) & waits))


def banded(families, on):
    """With `band`: how long ago the visit was."""
    return families.annotate(
        band=Case(
            When(visited_on__isnull=True, then=Value(Band.NEVER.value)),
            When(visited_on__gte=on - timedelta(days=QUARTER), then=Value(Band.QUARTER.value)),
            When(visited_on__gte=on - timedelta(days=YEAR), then=Value(Band.YEAR.value)),
            default=Value(Band.LONGER.value),
            output_field=CharField(),
        )
    )


def counted(families, on, **by):
    """{(what they are grouped by, state, band): families}, of rows that may be shown."""
    rows = banded(standing(families.living_here().unrestricted()), on).annotate(**by).order_by()
    return {tuple(told): number for *told, number in rows.values_list(*by, "state", "band").annotate(rows=Count("pk"))}
