"""What no single register can show: figures of two registers that contradict each other."""

from django.db import transaction
from django.db.models import F

from balai.accounts import actions as audit
from balai.accounts.rules import Permission, require
from balai.villages.models import VillageMonth
from balai.villages.rules import Mark

CROSSING = int(Mark.USERS_ABOVE_COUPLES)


@transaction.atomic
def mark_crossings(*, by, at, periods, first, last):
    """Marks the months of the villages `first` to `last` (codes, both included) in which users and unmet need together
    exceed the couples, and takes the mark from those in which they no longer do. Gives how many rows changed."""
    for code in (first, last):
        require(by, Permission.IMPORT_APPLY, code)
    months = VillageMonth.objects.filter(period__in=periods, code__gte=first, code__lte=last)
    marked = months.annotate(crossing=F("couples_marks").bitand(CROSSING))
    wrong = months.crossing()
    fresh = wrong.filter(pk__in=marked.filter(crossing=0).values("pk"))
    mended = marked.filter(crossing=CROSSING).exclude(pk__in=wrong.values("pk"))
    changed = fresh.update(couples_marks=F("couples_marks") + CROSSING)
    changed += months.filter(pk__in=mended.values("pk")).update(couples_marks=F("couples_marks") - CROSSING)
    if changed:
        audit.record(
            by=by, at=at, deed="figures.mark_crossings", subject=f"{min(periods)} – {max(periods)}",
            detail={"changed": changed},
        )  # fmt: skip
    return changed
