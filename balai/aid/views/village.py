"""A village's page of aid: who receives what; who is poor by a list and receives nothing."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission
from balai.access.views import door, found, seen
from balai.aid import rules
from balai.aid.inputs.forms import programme_choices
from balai.aid.models import Aid, ListEntry, ListVersion
from balai.aid.views import telling
from balai.families.models import Family, Person
from balai.families.views import showing

PAGE = 50
READS = (Matter.NAMES, Matter.WELFARE, Matter.POVERTY)
STATES = ("received", "planned", "ended", "refused")
NOBODY = "tanpa"  # the view of those who are poor and receive nothing


@dataclass(frozen=True)
class Asked:
    """What the page was asked for; anything strange is as if nothing were asked."""

    programme: str
    state: str
    without: bool

    @classmethod
    def of(cls, query, actor):
        programme, state = query.get("bantuan", ""), query.get("keadaan", "")
        without = query.get("lihat") == NOBODY and telling.may_read(actor, Matter.POVERTY)
        return cls(
            programme if programme in rules.programmes() else "", state if state in STATES else "", without
        )  # fmt: skip


@door(Permission.FAMILY_VIEW, reads=READS)
def village(request, code):
    telling.need(request.actor, Matter.WELFARE)
    place = found(showing.villages_here(request.actor), pk=code)
    asked = Asked.of(request.GET, request.actor)
    page = Paginator(_families(asked, code), PAGE).get_page(request.GET.get("halaman"))
    families = list(page.object_list)
    seen(request, deed="aid.list", region=code, subjects=[family.pk for family in families])
    both = telling.may_read(request.actor, Matter.POVERTY)
    context = {
        "place": place, "page": page, "asked": asked, "here": "families", "may_know_poor": both,
        "rows": _rows(families, asked), "counts": _counts(code), "programmes": programme_choices()[1:],
        "states": [(one, _(rules.AidState(one).label)) for one in STATES],
        "may_import": may_import(request.actor, code), "limit": rules.poor_up_to(timezone.localdate()),
        "without": _poor_without(code).count() if both else None, "lists": _titles(code) if both else [],
        "invented": any(family.invented for family in families),
    }  # fmt: skip
    return render(request, "aid/village.html", context)


def may_import(actor, code):
    return telling.may_record(actor) and not actor.role.assigned and actor.covers(code)


def _families(asked, code):
    """Families of the village in scope whom the page is about, told."""
    if asked.without:
        return _poor_without(code).told()
    aid = _asked_aid(asked, code)
    rows = Family.objects.living_here().unrestricted().within(code)
    return rows.filter(pk__in=aid.values("family")).told()


def _asked_aid(asked, code):
    rows = Aid.objects.unrestricted().within(code)
    rows = rows.of(asked.programme) if asked.programme else rows
    if asked.state:
        return rows.filter(state=asked.state)
    return rows.lately(timezone.localdate())


def _rows(families, asked):
    """(family, where, aid as told, what lists say) of each."""
    shown = [family.pk for family in families]
    people = Person.objects.unrestricted().at_home().filter(family__in=shown)
    names = dict(people.values_list("pk", "name"))
    aid = _asked_aid(asked, "").filter(family__in=shown) if not asked.without else Aid.objects.none()
    by_family = {}
    for one in telling.told_aid(aid.in_order(), names):
        by_family.setdefault(one.row.family_id, []).append(one)
    where = showing.place_names({family.region for family in families})
    poor = _poor_by_family(families, names) if asked.without else {}
    return [
        (family, where[family.region], by_family.get(family.pk, []), poor.get(family.pk, [])) for family in families
    ]


def _poor(code):
    """Entries of the newest editions by which a family of the village is poor."""
    versions = [version.pk for there in ListVersion.objects.newest_of(code).values() for version in there]
    rows = ListEntry.objects.unrestricted().matched().within(code).filter(version__in=versions)
    return rows.poor(timezone.localdate())


def _poor_without(code):
    """Families that are poor by a list and received nothing within a year."""
    helped = Aid.objects.within(code).lately(timezone.localdate())
    rows = Family.objects.living_here().unrestricted().within(code)
    return rows.filter(Q(pk__in=_poor(code).values("family")), ~Q(pk__in=helped.values("family")))


def _poor_by_family(families, names):
    found_here = {}
    for code in {family.region[: showing.VILLAGE_CODE] for family in families}:
        rows = _poor(code).filter(family__in=[family.pk for family in families]).select_related("version")
        for entry in rows.order_by("version__kind", "line"):
            found_here.setdefault(entry.family_id, []).append((telling.said(entry), entry.version.title))
    return found_here


def _counts(code):
    """(programme, families) of what is or lately was received, the most frequent first."""
    rows = Aid.objects.unrestricted().within(code).lately(timezone.localdate()).values_list("programme", "family")
    by_programme = {}
    for programme, family in rows:
        by_programme.setdefault(programme, set()).add(family)
    found_here = [(telling.programme_name(one), len(families)) for one, families in by_programme.items()]
    return sorted(found_here, key=lambda pair: (-pair[1], pair[0]))


def _titles(code):
    newest = ListVersion.objects.newest_of(code)
    return [(there[0].title, there[0].dated_on) for there in newest.values()]
