"""What the survey tells on the page of a family: one panel for each block that the reader may read."""

from django.utils import timezone
from django.utils.translation import gettext as _

from balai.families.views.panels import Panel
from balai.survey.rules import Block
from balai.survey.views import showing

CHANGES = 3  # the newest, on the family's page


def _panel_of(block):
    def panel(request, family, people):
        if not showing.may_read(request.actor, block):
            return None
        asked = showing.whom(family, block, timezone.localdate(), people, family.everybody)
        if not asked:
            return None
        context = {
            "asked": showing.sections(block, asked), "changes": showing.changes(block, asked)[:CHANGES],
            "read": showing.address("", block, family),
            "fill": showing.may_fill(request.actor, block) and family.left_on is None
            and showing.address("form", block, family),
        }  # fmt: skip
        return Panel(showing.SLUGS[block], _(block.label), "survey/_panel.html", context, (block.matter,))

    return panel


members, planning, development, housing = (_panel_of(block) for block in Block)
