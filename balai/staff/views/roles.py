"""Who may see what, from the same facts as docs/generated/roles.md and the walls of the database."""

from django.shortcuts import render

from balai.access.rules import ROLES, described
from balai.access.views import public
from balai.accounts.rules.granting import AGENCIES
from balai.accounts.rules.words import MATTERS, PERMISSIONS, REACHES, RIGHTS


@public()
def roles(request):
    known = {"roles": [_told(facts) for facts in described()], "matters": MATTERS.values()}
    return render(request, "staff/roles.html", known)


def _told(facts):
    return {
        "facts": facts,
        "may": [PERMISSIONS[permission] for permission in facts.may],
        "reach": [REACHES[reach] for reach in facts.reach],
        "gives": [ROLES[name].title for name in (*facts.gives, *facts.gives_through_others)],
        "rows": [
            (AGENCIES.get(agency), [(rights[matter], RIGHTS[rights[matter]]) for matter in MATTERS])
            for agency, rights in facts.rights.items()
        ],
    }
