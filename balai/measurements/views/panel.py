"""What the page of a family tells of its under-fives, for readers of the growth of children only."""

from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Right
from balai.families.views.panels import Panel
from balai.measurements.rules import LAST_DAY
from balai.measurements.views import showing


def panel(request, family, people):
    on = timezone.localdate()
    children = [one for one in people if one.born_on and 0 <= (on - one.born_on).days <= LAST_DAY]
    if request.actor.right(Matter.CHILD_GROWTH) < Right.MASKED or not children:
        return None
    context = {
        "children": showing.standings(children, on),
        "may_write": showing.may_write(request.actor) and family.left_on is None, "is_here": family.left_on is None,
    }  # fmt: skip
    return Panel("tumbuh", _("Pertumbuhan balita"), "measurements/_panel.html", context, (Matter.CHILD_GROWTH,))
