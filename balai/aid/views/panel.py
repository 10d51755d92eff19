"""What the page of a family tells of aid and of lists: each for readers of its matter only."""

from django.utils.translation import gettext as _

from balai.access.rules import Matter
from balai.aid.models import Aid
from balai.aid.views import telling
from balai.families.views.panels import Panel


def received(request, family, people):
    if not telling.may_read(request.actor, Matter.WELFARE):
        return None
    names = {person.pk: person.name for person in people}
    rows = telling.told_aid(Aid.objects.filter(family=family).in_order(), names)
    context = {
        "now": [one for one in rows if one.row.state == "received" and one.row.until_on is None],
        "others": [one for one in rows if one.row.state != "received" or one.row.until_on],
        "may_record": telling.may_record(request.actor) and family.left_on is None,
    }
    return Panel("bantuan", _("Bantuan yang diterima"), "aid/_received.html", context)


def listed(request, family, people):
    if not telling.may_read(request.actor, Matter.POVERTY):
        return None
    names = {person.pk: person.name for person in people}
    lists = telling.told_lists(family, names)
    return Panel("daftar", _("Menurut daftar lain"), "aid/_listed.html", {"lists": lists})
