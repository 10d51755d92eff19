"""The people of an officer's own regions: who they are, what they hold, what happened to their accounts."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from balai.access.actions import record
from balai.access.models import AuditEntry
from balai.access.rules import ROLES, Permission
from balai.access.rules.deeds import DEEDS
from balai.access.views import door, found
from balai.accounts.actions.granting import appoints, may_be_governed
from balai.accounts.models import Account, Grant
from balai.accounts.models.people import people_of
from balai.accounts.rules.granting import AGENCIES
from balai.base import cells
from balai.regions.models import Place
from balai.staff.inputs.forms import spoken
from balai.staff.models.people import SOON, matching
from balai.staff.models.reviewing import reviews
from balai.staff.rules import asking

A_PAGE = 50
TOLD = 50  # entries of the trail that a person's page shows


def person_in_scope(request, pk):
    """Somebody of the officer's own regions; anybody else is not found."""
    return found(people_of(request.actor, timezone.localdate()), pk=pk)


@door(Permission.ACCOUNT_VIEW)
def people(request):
    asked = asking.asked(request.GET)
    rows = _asked_for(request, asked)
    page = Paginator(rows, A_PAGE).get_page(asked.page)
    known = {
        "asked": asked, "page": page, "rows": told(page.object_list, request.actor),
        "roles": ROLES.values(), "states": asking.STATES, "sorts": asking.SORTS, "query": asked.address(),
        "may_manage": request.actor.may(Permission.ACCOUNT_MANAGE), "soon": timezone.localdate() + SOON,
    }  # fmt: skip
    return render(request, "staff/list.html", known)


@door(Permission.ACCOUNT_VIEW)
def export(request, kind):
    if kind not in cells.WRITERS:
        raise Http404
    rows = told(_asked_for(request, asking.asked(request.GET)), request.actor)
    record(by=request.actor, at=timezone.now(), deed="account.export", subject="people",
           region=request.actor.ranges[0][0], detail={"rows": len(rows), "kind": kind})  # fmt: skip
    head = [_("Nama"), _("Nama akun"), _("Telepon"), _("Peran"), _("Wilayah"), _("Nama wilayah"), _("Mulai"),
            _("Sampai"), _("Keadaan"), _("Terakhir masuk")]  # fmt: skip
    response = HttpResponse(cells.WRITERS[kind](head, _lines(rows)), content_type=cells.MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"petugas.{kind}")
    return response


def _asked_for(request, asked):
    return matching(people_of(request.actor, timezone.localdate()), asked, request.actor, timezone.now())


def told(accounts, actor):
    """[(account, its open grants inside the actor's regions)], each grant with the name of its place."""
    accounts = list(accounts)
    grants = Grant.objects.open(timezone.localdate()).inside(actor.ranges).order_by("region", "role")
    held = named(list(grants.filter(account__in=[account.pk for account in accounts])))
    return [(account, [grant for grant in held if grant.account_id == account.pk]) for account in accounts]


def named(grants):
    """Grants that know the names of their role, place and agency."""
    names = dict(Place.objects.filter(pk__in={grant.region for grant in grants}).values_list("pk", "name"))
    for grant in grants:
        grant.place_name = names.get(grant.region, grant.region) if grant.region else "Indonesia"
        grant.title = grant.known_role.title if grant.known_role else grant.role
        grant.agency_title = AGENCIES[grant.agency_kind] if grant.agency else ""
    return grants


def _lines(rows):
    for account, grants in rows:
        state = asking.STATES["ditangguhkan" if account.suspended_at else "aktif"]
        seen = timezone.localtime(account.last_login).date().isoformat() if account.last_login else ""
        for grant in grants or [None]:
            held = (
                [gettext(grant.title), grant.region, grant.place_name, str(grant.from_on), str(grant.to_on or "")]
                if grant
                else [""] * 5
            )
            yield [account.name, account.username, account.phone, *held, gettext(state), seen]


@door(Permission.ACCOUNT_VIEW)
def person(request, pk):
    return person_page(request, person_in_scope(request, pk))


def person_page(request, account, problem=None, **typed):
    """The page of one person; after a refusal with the sentence and what was typed."""
    by, on = request.actor, timezone.localdate()
    grants = named(list(account.grants.order_by("-from_on", "role")))
    held = [grant for grant in grants if grant.ended_at is None and (grant.to_on is None or grant.to_on >= on)]
    here = [grant for grant in held if by.covers(grant.region)]
    waiting = reviews(here, on)
    for grant in here:
        grant.mine, grant.review = appoints(by, grant), waiting.get(grant.pk)
    known = {
        "person": account, "held": here, "elsewhere": len(held) - len(here), "typed": typed,
        "problem": problem and spoken(problem),
        "past": [grant for grant in grants if grant not in held and by.covers(grant.region)],
        "history": _history(account), "governed": may_be_governed(by, account, timezone.now()),
        "may_manage": by.may(Permission.ACCOUNT_MANAGE) and by.account != account.pk,
        "may_enrol": by.may(Permission.DEVICE_ENROL), "may_reset": by.may(Permission.FACTOR_RESET),
        "mine": any(grant.mine for grant in here),
        "assigns": any(grant.mine and grant.known_role.assigned for grant in here),
    }  # fmt: skip
    return render(request, "staff/person.html", known, status=problem.status if problem else 200)


def _history(account):
    """(entry, what was done, by whom) of the account, the newest first; names, not ids, for those who did it."""
    entries = list(AuditEntry.objects.filter(subject=str(account.pk)).order_by("-at", "-pk")[:TOLD])
    ids = {entry.by.removeprefix("account:") for entry in entries if entry.by.startswith("account:")}
    names = {f"account:{pk}": name for pk, name in Account.objects.filter(pk__in=ids).values_list("pk", "name")}
    return [(entry, DEEDS.get(entry.deed, entry.deed), names.get(entry.by, entry.by)) for entry in entries]
