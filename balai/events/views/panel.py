"""On the page of a family: what happened in it, and the ways to record more."""

from uuid import UUID

from django.utils.translation import gettext as _

from balai.access.rules import Matter, Right
from balai.accounts.models import Account
from balai.events.models import LifeEvent
from balai.events.rules import Kind, place_label
from balai.families.models import VILLAGE_CODE
from balai.families.rules import LeftReason, Relation
from balai.families.views import showing
from balai.families.views.panels import Panel

SHOWN = 30
ACCOUNT = "account:"
DONE = "tercatat"  # names the event that was just entered or undone


def panel(request, family, people):
    """Every reader of the page may read what happened; whoever edits the register records it."""
    events = list(LifeEvent.objects.of(family).unrestricted().select_related("person")[:SHOWN])
    edits = showing.may_edit(request.actor)
    here = edits and family.left_on is None
    context = {
        "family": family,
        "events": told(request.actor, events),
        "edits": edits,
        "kinds": [kind for kind in Kind if fits(kind, people)] if here else _way_back(edits, family),
        "alone": family.left_on is not None and showing.may_enter(request.actor),
        "village": family.region[:VILLAGE_CODE],
        "done": next((event for event in events if str(event.pk) == request.GET.get(DONE)), None),
    }
    return Panel("peristiwa", _("Peristiwa"), "events/_panel.html", context)


def _way_back(edits, family):
    return [Kind.RETURNED] if edits and family.left_reason == LeftReason.MOVED_AWAY else []


def fits(kind, people):
    """Whether the kind can happen to a family of these people."""
    relations = {person.relation for person in people}
    needed = {Kind.DIVORCE: Relation.SPOUSE in relations, Kind.NEW_HEAD: len(people) > 1, Kind.SPLIT: len(people) > 1}
    return needed.get(kind, True)


def told(actor, events):
    """[(event, who entered it, details)]: an officer's name for those who see who works here."""
    entered = {event.made_by.removeprefix(ACCOUNT) for event in events if event.made_by.startswith(ACCOUNT)}
    names = {}
    if actor.right(Matter.STAFF) >= Right.READ:
        rows = Account.objects.filter(pk__in=[UUID(one) for one in entered])
        names = {ACCOUNT + str(pk): name for pk, name in rows.values_list("pk", "name")}
    own = {actor.name: _("Anda")}
    return [(event, (names | own).get(event.made_by, ""), details(event)) for event in events]


def details(event):
    """Short codes as words; codes of regions stay as they are."""
    return [_(place_label(value)) for value in event.detail.values() if place_label(value) != value]
