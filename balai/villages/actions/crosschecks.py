"""What no single register can show: figures that come from several registers and contradict each other."""

from django.db import transaction
from django.db.models import BooleanField, Case, F, Q, Value, When

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.villages.models import VillageMonth
from balai.villages.rules import GroupKind, Mark

FIGURES = [f"{kind}_{what}" for kind in GroupKind for what in ("members", "target")]
BITS = [
    ("couples_marks", Mark.USERS_ABOVE_COUPLES, Q(users__gt=F("couples") - F("unmet"))),
    ("groups_marks", Mark.NEGATIVE, Q.create([(f"{name}__lt", 0) for name in FIGURES], connector=Q.OR)),
    *(
        ("groups_marks", Mark[f"{kind.name}_ABOVE_TARGET"], Q(**{f"{kind}_members__gt": F(f"{kind}_target")}))
        for kind in GroupKind
    ),
]


@transaction.atomic
def mark_crossings(*, by, at, periods, first, last):
    """Sets and takes away the marks that rest on several registers, in these months of the villages `first` to `last`
    (codes, both included). Gives how many marks changed."""
    for code in (first, last):
        require(by, Permission.IMPORT_APPLY, code)
    months = VillageMonth.objects.filter(period__in=periods, code__gte=first, code__lte=last)
    changed = sum(_settle(months, field, int(mark), wrong) for field, mark, wrong in BITS)
    if changed:
        audit.record(
            by=by, at=at, deed="figures.mark_crossings", subject=f"{min(periods)} – {max(periods)}",
            detail={"changed": changed},
        )  # fmt: skip
    return changed


def _settle(months, field, bit, wrong):
    """The bit stands in the rows that are wrong and in no other; a figure that is not filled makes nothing wrong."""
    is_wrong = Case(When(wrong, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = months.annotate(bit=F(field).bitand(bit), is_wrong=is_wrong)
    added = rows.filter(is_wrong=True, bit=0).update(**{field: F(field) + bit})
    return added + rows.filter(is_wrong=False, bit=bit).update(**{field: F(field) - bit})
