"""What guards a personal table: asked by its manager, and written out as row-level security for PostgreSQL.

Both walls come from one frozen description, so that they cannot drift. The database is told who acts by settings of the
transaction; nothing told means no rows (docs/adr/0012).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from balai.access.rules.actors import EVERYWHERE, Actor
from balai.access.rules.matters import Matter, Right
from balai.access.rules.permissions import Permission

APP_ROLE = "balai_app"
EVERY_DEED = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Walls:
    """What guards a personal table: its matter, the permissions to see and to edit it, its columns of place and family.

    `entered_with` names another matter whose right lets in rows of this table, where few may read what was entered:
    whoever writes down a family writes down its numbers. With `read_is_enough` the permission alone decides who among
    the readers of that matter writes.
    """

    matter: Matter
    view: Permission = Permission.FAMILY_VIEW
    region: str = "region"
    family: str = "family_id"
    edit: Permission = Permission.FAMILY_EDIT
    entered_with: Matter | None = None
    read_is_enough: bool = False

    def opens_to(self, actor: Actor) -> bool:
        """Whether the actor may see rows of this table at all."""
        return actor.may(self.view) and actor.right(self.matter) >= Right.MASKED

    def takes_from(self, actor: Actor) -> bool:
        """Whether the actor may write rows of this table at all."""
        least = Right.MASKED if self.read_is_enough else Right.WRITE
        return actor.may(self.edit) and actor.right(self.entered_with or self.matter) >= least


@dataclass(frozen=True)
class WalledTable:
    """A table of the database and the columns by which it is guarded."""

    name: str
    region: str
    family: str
    walls: Walls


class Kind(IntEnum):
    """Of a scope, for the database."""

    ONE = 1
    SEVERAL = 2
    ASSIGNED = 3


NOBODY: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        (
            "app.lo", "app.hi", "app.kind", "app.bounds", "app.families", "app.may", "app.sees", "app.writes",
        ),
        "",
    )
)  # fmt: skip


def told(actor: Actor | None) -> Mapping[str, str]:
    """The settings by which the database knows who acts. The envelope `app.lo`, `app.hi` says all of one range;
    several ranges and the assigned are narrower than that."""
    if actor is None or not actor.ranges:
        return NOBODY
    bounds = _bounds(actor.ranges)
    return {
        "app.lo": bounds[0],
        "app.hi": bounds[-1],
        "app.kind": f"{Kind.ASSIGNED if actor.role.assigned else Kind.SEVERAL if len(bounds) > 2 else Kind.ONE:d}",
        "app.bounds": ",".join(bounds),
        "app.families": ",".join(sorted(str(family) for family in actor.assignment or ())),
        "app.may": ",".join(sorted(actor.role.may)),
        "app.sees": _matters(actor, Right.MASKED),
        "app.writes": _matters(actor, Right.WRITE),
    }


def _bounds(ranges: Iterable[tuple[str, str]]) -> list[str]:
    """Where one is let in, where out, in turn and in order; ranges that touch or overlap are one."""
    bounds: list[str] = []
    for lo, hi in sorted(ranges):
        if bounds and lo <= bounds[-1]:
            bounds[-1] = max(bounds[-1], hi)
        else:
            bounds += [lo, hi]
    return bounds


def _matters(actor: Actor, right: Right) -> str:
    return ",".join(matter for matter in Matter if actor.right(matter) >= right)


def is_everywhere(actor: Actor) -> bool:
    return actor.ranges == EVERYWHERE


def _quoted(name: str) -> str:
    """An identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _among(setting: str, value: str) -> str:
    return f"'{value}' = ANY (string_to_array(current_setting('{setting}'), ','))"


def _inside(table: WalledTable, permission: Permission, right: str, matter: Matter) -> str:
    """The condition on a row. The envelope comes first: an index on the region answers it, for `>=` and `<` are
    leakproof and LIKE is not. What does not depend on the row stands in a sub-select, which is asked once; compared by
    ANY, the planner takes it for nearly always so, as it does `<> 0`, and plans as if it were not there."""
    region, family = (f"{_quoted(table.name)}.{_quoted(column)}" for column in (table.region, table.family))
    bounds = "string_to_array(current_setting('app.bounds'), ',')"
    allowed = f"{_among('app.may', permission)} AND {_among(right, matter)}"
    # In which of the steps between the bounds a region lies: in the first, third, fifth … it is inside.
    step = f"width_bucket({region}::text, (SELECT {bounds})) % 2 = 1"
    assigned = f"strpos(current_setting('app.families'), {family}::text) > 0"
    return (
        f"{region} >= ANY ((SELECT ARRAY[current_setting('app.lo')])::text[])"
        f" AND {region} < ANY ((SELECT CASE WHEN {allowed} THEN ARRAY[current_setting('app.hi')] END)::text[])"
        f" AND ((SELECT current_setting('app.kind') = '{Kind.ONE:d}')"
        f" OR CASE WHEN {step} THEN CASE (SELECT current_setting('app.kind'))"
        f" WHEN '{Kind.SEVERAL:d}' THEN 1"
        f" WHEN '{Kind.ASSIGNED:d}' THEN CASE WHEN {assigned} THEN 1 ELSE 0 END"
        " ELSE 0 END ELSE 0 END <> 0)"
    )


def wall(table: WalledTable) -> tuple[str, ...]:
    """The statements that put row-level security on the table; they may be repeated."""
    name, walls = _quoted(table.name), table.walls
    entered, right = walls.entered_with or walls.matter, "app.sees" if walls.read_is_enough else "app.writes"
    seen = _inside(table, walls.view, "app.sees", walls.matter)
    written = _inside(table, walls.edit, right, entered)
    policies = {
        "balai_see": f"FOR SELECT USING ({seen})",
        "balai_add": f"FOR INSERT WITH CHECK ({written})",
        "balai_change": f"FOR UPDATE USING ({written}) WITH CHECK ({written})",
        "balai_remove": f"FOR DELETE USING ({written})",
    }
    return (
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        *(
            statement
            for policy, rule in policies.items()
            for statement in (f"DROP POLICY IF EXISTS {policy} ON {name}", f"CREATE POLICY {policy} ON {name} {rule}")
        ),
    )


def grants(tables: Mapping[str, Iterable[str]], schema: str) -> tuple[str, ...]:
    """The statements that leave the app's role exactly these deeds on these tables of the schema, and no other."""
    within = _quoted(schema)
    return (
        f"REVOKE CREATE ON SCHEMA {within} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {within} TO {APP_ROLE}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {within} FROM {APP_ROLE}",
        *(
            f"GRANT {', '.join(deeds)} ON {within}.{_quoted(name)} TO {APP_ROLE}"
            for name, deeds in sorted(tables.items())
        ),
    )


def membership(login: str) -> str:
    """The statement that lets a login act in the app's role."""
    return f"GRANT {APP_ROLE} TO {_quoted(login)}"
