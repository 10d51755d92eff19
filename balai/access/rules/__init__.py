from balai.access.rules.actors import EVERYWHERE, STRANGER, Actor, operator, require
from balai.access.rules.described import RoleFacts, described
from balai.access.rules.matters import DataClass, Matter, Right
from balai.access.rules.permissions import Permission
from balai.access.rules.roles import OPERATOR, PUBLIC, ROLES, AgencyKind, Reach, Role, appointable
from balai.access.rules.walls import (
    APP_ROLE,
    EVERY_DEED,
    WalledTable,
    Walls,
    grants,
    is_everywhere,
    membership,
    told,
    wall,
)

__all__ = [
    "APP_ROLE",
    "EVERYWHERE",
    "EVERY_DEED",
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
    "RoleFacts",
    "WalledTable",
    "Walls",
    "appointable",
    "described",
    "grants",
    "is_everywhere",
    "membership",
    "operator",
    "require",
    "told",
    "wall",
]
