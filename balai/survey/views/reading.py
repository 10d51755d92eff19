"""What a family answered, in words: today or on any day, and what changed from visit to visit."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import door, seen
from balai.survey.inputs import DayForm
from balai.survey.views import showing

CHANGES = 30  # that a page shows


def block_page(block):
    """The answers of a block as of a day."""

    @door(Permission.FAMILY_VIEW, reads=(Matter.NAMES, block.matter))
    def show(request, pk):
        family = showing.readable(request, pk, block)
        today = timezone.localdate()
        form = DayForm(request.GET or None, on=today)
        day = form.day if form.is_valid() else today
        asked = showing.whom(family, block, day)
        people = [one.person.pk for one in asked if one.person]
        seen(request, deed="survey.view", region=family.region, subjects=[family.pk, *people])
        context = {
            "family": family, "part": block, "form": form, "day": day, "is_today": day == today,
            "asked": showing.sections(block, asked), "here": "families", "invented": family.invented,
            **showing.village_of(family), "changes": showing.changes(block, asked)[:CHANGES],
            "visits": showing.visits(asked), "saved": showing.last_saved(request, family, timezone.now()),
            "form_address": showing.may_fill(request.actor, block) and family.left_on is None and asked
            and showing.address("form", block, family), "others": showing.others(request.actor, block, family),
        }  # fmt: skip
        return render(request, "survey/block.html", context)

    return show
