"""Who may see what, from the very objects that decide it."""

from django.shortcuts import render

from balai.access.rules import ROLES, appointable
from balai.access.views import public
from balai.accounts.rules.granting import AGENCIES
from balai.accounts.rules.words import MATTERS, PERMISSIONS, REACHES, RIGHTS


@public()
def roles(request):
    known = {"roles": [_told(role) for role in ROLES.values()], "matters": MATTERS.values(), "rights": RIGHTS.items()}
    return render(request, "accounts/people/roles.html", known)


def _told(role):
    return {
        "role": role,
        "may": [PERMISSIONS[permission] for permission in PERMISSIONS if permission in role.may],
        "reach": [REACHES[reach] for reach in sorted(role.reach)],
        "gives": [ROLES[name].title for name in ROLES if name in appointable(role)],
        "rows": _rows(role),
    }


def _rows(role):
    """[(title, its rights in the order of the matters)]: one row, or one a kind of agency."""
    if role.by_agency:
        return [(AGENCIES[kind], _rights(role, kind)) for kind in AGENCIES]
    return [(role.title, _rights(role))]


def _rights(role, agency=None):
    return [(right := role.right(matter, agency), RIGHTS[right]) for matter in MATTERS]
