"""On the page of a family: whether its record is verified, and what the officer wants put right."""

from django.utils.translation import gettext as _

from balai.access.rules import Permission
from balai.families.models import Family
from balai.families.views.panels import Panel
from balai.quality.models import Verification, own_hand, standing
from balai.quality.rules import State
from balai.quality.views import telling

HISTORY = 3


def panel(request, family, people):
    row = standing(Family.objects.filter(pk=family.pk)).first()
    decisions = list(Verification.objects.filter(family=family, undone_at__isnull=True).newest_first()[:HISTORY])
    names = telling.names(request.actor, [one.decided_by for one in decisions])
    state = State(row.state)
    may = request.actor.may(Permission.FAMILY_VERIFY) and family.left_on is None and bool(people)
    is_own = may and bool(own_hand(request.actor, [family.pk]))
    last = decisions[0] if decisions else None
    context = {
        "family": family, "state": state, "entry": row.entry, "last": last, "is_own": is_own,
        "history": [(one, names.get(one.decided_by, "")) for one in decisions],
        "may_verify": may and not is_own and state not in (State.VERIFIED, State.SENT_BACK),
        "may_send_back": may and state is not State.SENT_BACK,
        "may_undo": may and last is not None and last.until_at is None and last.decided_by == request.actor.name,
    }  # fmt: skip
    return Panel("pengesahan", _("Pengesahan"), "quality/_panel.html", context)
