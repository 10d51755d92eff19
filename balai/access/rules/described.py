"""The roles laid out as facts, for the generated page and for the page that officers read: one source for both."""

from collections.abc import Mapping
from dataclasses import dataclass

from balai.access.rules.matters import Matter, Right
from balai.access.rules.permissions import Permission
from balai.access.rules.roles import ROLES, AgencyKind, Reach, Role, appointable


@dataclass(frozen=True)
class RoleFacts:
    """What one role is. `rights` is by kind of agency where the role depends on it, else under None alone."""

    name: str
    title: str
    reach: tuple[Reach, ...]
    may: tuple[Permission, ...]
    rights: Mapping[AgencyKind | None, Mapping[Matter, Right]]
    gives: tuple[str, ...]
    gives_through_others: tuple[str, ...]
    given_by: tuple[str, ...]
    second_factor: bool
    assigned: bool


def described() -> tuple[RoleFacts, ...]:
    """Every role that an account can hold, in the order of the file."""
    return tuple(_facts(role) for role in ROLES.values())


def _facts(role: Role) -> RoleFacts:
    agencies: tuple[AgencyKind | None, ...] = tuple(role.by_agency) or (None,)
    return RoleFacts(
        name=role.name,
        title=role.title,
        reach=tuple(sorted(role.reach)),
        may=tuple(permission for permission in Permission if permission in role.may),
        rights={agency: {matter: role.right(matter, agency) for matter in Matter} for agency in agencies},
        gives=_in_order(role.hands_out),
        gives_through_others=_in_order(appointable(role) - role.hands_out),
        given_by=tuple(other.name for other in ROLES.values() if role.name in other.hands_out),
        second_factor=role.second_factor,
        assigned=role.assigned,
    )


def _in_order(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in ROLES if name in names)
