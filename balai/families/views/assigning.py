"""Which families a member of the companion team looks after: many at once, and one step back.

Answers to a deed are pages, not redirects: the step back stands on them, with the families it concerns.
"""

from uuid import UUID

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import ROLES, Matter, Permission
from balai.access.views import POST, by_method, door, found, seen
from balai.accounts import actions
from balai.accounts.actions.granting import appoints
from balai.accounts.models import Assignment, Grant
from balai.accounts.models.people import people_of
from balai.base.errors import NotValid
from balai.families.inputs import CSRF_FIELD, SEARCH, only
from balai.families.views import showing

MOST = 200  # families that one list shows; more is for the search to narrow
READS = (Matter.NAMES,)
DEEDS = {"tugaskan": actions.assign, "lepas": actions.unassign}
FIELDS = {CSRF_FIELD, "grant", "cari", "tempat", "keluarga", "perbuatan"}


@door(Permission.ACCOUNT_MANAGE, reads=READS)
def show(request, pk):
    person = _person(request, pk)
    grants = _grants(request, person)
    return _page(request, person, grants, grants[0] if grants else None)


@door(Permission.ACCOUNT_MANAGE, methods=POST, reads=READS)
def change(request, pk):
    """A search, or a deed with the families that are ticked."""
    only(request.POST, FIELDS)
    person = _person(request, pk)
    grants = _grants(request, person)
    grant = found(Grant.objects.filter(pk__in=[one.pk for one in grants]), pk=_number(request.POST.get("grant", "")))
    sought = {"sought": request.POST.get("cari", "").strip()[:SEARCH], "below": request.POST.get("tempat", "")}
    deed = request.POST.get("perbuatan", "")
    if deed not in DEEDS:
        return _page(request, person, grants, grant, **sought)
    if not (chosen := _chosen(request, grant, deed)):
        return _page(request, person, grants, grant, status=422, nothing=True, **sought)
    number = DEEDS[deed](by=request.actor, at=timezone.now(), grant=grant, families=chosen)
    done = {"deed": deed, "back": next(one for one in DEEDS if one != deed), "number": number, "families": chosen}
    return _page(request, person, grants, grant, done=done, **sought)


assigned = by_method(get=show, post=change)


def _person(request, pk):
    """Somebody of the officer's own regions, to whom those may be shown who are assigned."""
    showing.register_of(request.actor)
    return found(people_of(request.actor, timezone.localdate()), pk=pk)


def _grants(request, person):
    """The grants of an assigned role that the officer may order, each with the name of its place."""
    roles = [name for name, role in ROLES.items() if role.assigned]
    held = person.grants.open(timezone.localdate()).filter(role__in=roles).inside(request.actor.ranges)
    grants = [grant for grant in held.order_by("region", "pk") if appoints(request.actor, grant)]
    names = showing.place_names({grant.region for grant in grants})
    for grant in grants:
        grant.place_name = names[grant.region]
    return grants


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _here(request, grant):
    return showing.register_of(request.actor).living_here().unrestricted().within(grant.region)


def _chosen(request, grant, deed):
    """Of the families that were ticked those of which the deed may speak: no other id is taken from a form."""
    ticked = {_key(one) for one in request.POST.getlist("keluarga")[:MOST]}
    has = set(grant.assignments.values_list("family", flat=True))
    known = ticked & has if deed == "lepas" else ticked - has
    return sorted(_here(request, grant).filter(pk__in=known).values_list("pk", flat=True))


def _key(text):
    try:
        return UUID(text)
    except ValueError as failure:
        raise NotValid(
            "Formulir ini memuat isian yang tidak dikenal. Muat ulang halamannya, lalu isi kembali."
        ) from failure


def _page(request, person, grants, grant, *, sought="", below="", status=200, **known):
    known |= {"person": person, "grants": grants, "grant": grant, "sought": sought, "below": below, "most": MOST}
    if grant is not None:
        known |= _lists(request, grant, sought, below)
    shown = [family.pk for name in ("held", "free") for family in known.get(name, ())]
    region = grant.region if grant else request.actor.ranges[0][0]
    seen(request, deed="family.list", region=region, subjects=[*shown, *known.get("done", {}).get("families", ())])
    return render(request, "families/assigned.html", {**known, "here": "families"}, status=status)


def _lists(request, grant, sought, below):
    """Those that the person looks after and, once asked for, those that may be added, with who has them already."""
    has = set(grant.assignments.values_list("family", flat=True))
    here = _here(request, grant)
    held = list(here.filter(pk__in=has).told()[: MOST + 1])
    village = showing.villages_here(request.actor).filter(pk=grant.region[: showing.VILLAGE_CODE]).first()
    homes = showing.homes(request.actor, village) if village else []
    places = [(code, name) for code, name in homes if code.startswith(grant.region)]
    asked = bool(sought) or below in dict(places)
    free = here.exclude(pk__in=has) if asked else here.none()
    free = free.within(below) if below in dict(places) else free
    free = list((free.search(sought) if sought else free).told()[: MOST + 1])
    names = showing.place_names({family.region for family in [*held, *free]})
    others = _others(grant, free)
    for family in [*held, *free]:
        family.where, family.others = names[family.region], others.get(family.pk, [])
    return {
        "held": held[:MOST], "free": free[:MOST], "more_held": len(held) > MOST, "more_free": len(free) > MOST,
        "gone": len(has) - here.filter(pk__in=has).count(), "places": places, "asked": asked,
    }  # fmt: skip


def _others(grant, families):
    """Family's id to the names of others who look after it."""
    on = timezone.localdate()
    rows = Assignment.objects.filter(family__in=[one.pk for one in families], grant__in=Grant.objects.in_force(on))
    found_names = {}
    for family, name in rows.exclude(grant__account=grant.account_id).values_list("family", "grant__account__name"):
        found_names.setdefault(family, []).append(name)
    return found_names
