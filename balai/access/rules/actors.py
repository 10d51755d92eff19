"""Who acts, and the one question: may this actor do this here?"""

from dataclasses import dataclass
from uuid import UUID

from balai.access.rules.matters import Matter, Right
from balai.access.rules.permissions import Permission
from balai.access.rules.roles import OPERATOR, PUBLIC, AgencyKind, Role
from balai.base.errors import NotAllowed

EVERYWHERE = (("", "~"),)


@dataclass(frozen=True)
class Actor:
    """Somebody who acts, wearing one hat: a role over half-open ranges of region codes ("" to "~": the whole nation).

    `assignment` is the set of families that an assigned role is bound to inside its ranges; None for roles that see
    every family there. `account` and `device` are empty for the operator of the command line and for strangers.
    """

    name: str
    role: Role
    ranges: tuple[tuple[str, str], ...] = EVERYWHERE
    agency: AgencyKind | None = None
    account: UUID | None = None
    device: UUID | None = None
    assignment: frozenset[UUID] | None = None
    assurance: int = 2  # 1 a password alone, 2 a second factor

    def covers(self, code: str) -> bool:
        return any(lo <= code < hi for lo, hi in self.ranges)

    def may(self, permission: Permission) -> bool:
        return permission in self.role.may

    def right(self, matter: Matter) -> Right:
        return self.role.right(matter, self.agency)


def require(by: Actor, permission: Permission, code: str = "") -> None:
    """Raises NotAllowed unless `by` holds `permission` over the region `code` ("" means the nation)."""
    if not by.may(permission) or not by.covers(code):
        raise NotAllowed(
            "%(who)s tidak berwenang untuk %(what)s di wilayah %(where)s.",
            who=by.name, what=str(permission), where=code or "Indonesia",
        )  # fmt: skip


def operator(user: str) -> Actor:
    """Whoever holds the command line of the server: everything, everywhere, by the name of the system account."""
    return Actor(name=f"operator:{user}", role=OPERATOR)


STRANGER = Actor(name="", role=PUBLIC, assurance=0)
