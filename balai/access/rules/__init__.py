from balai.access.rules.actors import EVERYWHERE, STRANGER, Actor, operator, require
from balai.access.rules.matters import DataClass, Matter, Right
from balai.access.rules.permissions import Permission
from balai.access.rules.roles import OPERATOR, PUBLIC, ROLES, AgencyKind, Reach, Role, appointable

__all__ = [
    "EVERYWHERE",
    "OPERATOR",
    "PUBLIC",
    "ROLES",
    "STRANGER",
    "Actor",
    "AgencyKind",
    "DataClass",
    "Matter",
    "Permission",
    "Reach",
    "Right",
    "Role",
    "appointable",
    "operator",
    "require",
]
