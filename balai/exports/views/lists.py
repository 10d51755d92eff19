"""My downloads, what can be taken, one of them."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Permission
from balai.access.views import door, found
from balai.exports.inputs import JudgeForm
from balai.exports.models import Export
from balai.exports.rules import DAY, QUOTA, left_of_quota
from balai.exports.rules.canaries import can_be_planted
from balai.exports.views import showing
from balai.families.models import villages_of

SHOWN = 50  # the newest; the older ones are gone with their files


@door(Permission.FAMILY_VIEW)
def mine(request):
    return _list(request)


@door(Permission.FAMILY_VIEW)
def village(request, code):
    """The same from the list of a village, whose code stands in the form already."""
    showing.need_register(request.actor)
    return _list(request, found(villages_of(request.actor), pk=code))


def _list(request, place=None):
    own = Export.objects.of(request.actor)
    asked = own.taken_alone().since(timezone.now() - DAY).persons()
    context = {
        "exports": showing.told(own[:SHOWN]), "sheets": showing.sheets_for(request.actor), "place": place,
        "quota": QUOTA, "left": left_of_quota(asked), "here": "exports",
        "waiting": Export.objects.waiting_for(request.actor).count(), "may_judge": showing.may_judge(request.actor),
    }  # fmt: skip
    return render(request, "exports/mine.html", context)


@door(Permission.FAMILY_VIEW)
def one(request, pk):
    return page(request, found(Export.objects.visible_to(request.actor), pk=pk))


def page(request, export, form=None, password=None, status=200):
    own = export.account == request.actor.account
    context = {
        **showing.told([export])[0], "own": own, "password": password, "form": form or JudgeForm(),
        "may_judge": not own and showing.may_judge(request.actor), "here": "exports",
        "marked": can_be_planted(export.known_columns),
    }  # fmt: skip
    return render(request, "exports/one.html", context, status=status)
