"""Permissions, roles, and the one question: may this actor do this here?"""

from dataclasses import dataclass
from enum import StrEnum

from balai.base.errors import NotAllowed


class Permission(StrEnum):
    REGIONS_LOAD = "regions.load"
    REGIONS_EDIT = "regions.edit"
    VILLAGE_EDIT = "village.edit"
    IMPORT_APPLY = "import.apply"
    CLASSIFY = "classify"


@dataclass(frozen=True)
class Role:
    name: str
    may: frozenset[Permission]


OPERATOR = Role("operator", frozenset(Permission))


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: a role over a half-open range of region codes ("" to "~" is the whole nation)."""

    name: str
    role: Role
    lo: str = ""
    hi: str = "~"

    def covers(self, code: str) -> bool:
        return self.lo <= code < self.hi


def require(by: Actor, permission: Permission, code: str = "") -> None:
    """Raises NotAllowed unless `by` holds `permission` over the region `code` ("" means the nation)."""
    if permission not in by.role.may or not by.covers(code):
        raise NotAllowed(
            "%(who)s tidak berwenang untuk %(what)s di wilayah %(where)s.",
            who=by.name, what=str(permission), where=code or "Indonesia",
        )  # fmt: skip


def operator(user: str) -> Actor:
    """Whoever holds the command line of the server: everything, everywhere, by the name of the system account."""
    return Actor(name=f"operator:{user}", role=OPERATOR)
