"""Who sees which figure (docs/adr/0027): from the role and region alone, before anything is read."""

from enum import IntEnum

from balai.access.rules import Actor, Matter, Right

FEWEST = 5  # families or persons in a cell that stands outside what somebody may see by name; Balai's own, as in 0012
ALL = (Matter.NAMES, Matter.CHILD_GROWTH, Matter.HEALTH, Matter.CONTRACEPTION, Matter.POVERTY, Matter.WELFARE)
# What a row of a promised table may tell. Whatever is not named may tell anything; villages and facilities are no
# persons.
MATTERS: dict[str, tuple[Matter, ...]] = {
    "villages": (),
    "facilities": (),
    "children": (Matter.NAMES, Matter.CHILD_GROWTH),
    "measurements": (Matter.NAMES, Matter.CHILD_GROWTH),
    "couples": (Matter.NAMES, Matter.CONTRACEPTION, Matter.HEALTH),
    "aid": (Matter.NAMES, Matter.WELFARE),
}
KABUPATEN = 5  # letters of its code


class Sight(IntEnum):
    """Each step includes the ones before it."""

    NONE = 0
    COARSE = 1  # the figure, unless it is about so few that it tells of one
    FULL = 2  # the figure, and who stands behind it


def matters_of(table: str) -> tuple[Matter, ...]:
    return MATTERS.get(table, ALL)


def reads_rows(actor: Actor, table: str) -> bool:
    """Whether the role may read the rows themselves, of the regions it holds."""
    return all(actor.right(matter) >= Right.MASKED for matter in matters_of(table))


def may_list(actor: Actor, region: str, table: str) -> bool:
    """Whether there is a list behind a figure for the actor: of those in it that are in the actor's own scope."""
    return bool(matters_of(table)) and reads_rows(actor, table) and touches(actor, region)


def sight(actor: Actor, region: str, table: str) -> Sight:
    """How far `actor` sees the figures of a region that are counted from the rows of a promised table.

    Kabupaten and above are open to all who sign in; below, to those whose region holds it or lies in it.
    """
    if actor.account is None:
        return Sight.NONE
    if not matters_of(table):
        return Sight.FULL
    if reads_rows(actor, table) and actor.covers(region) and not actor.role.assigned:
        return Sight.FULL
    return Sight.COARSE if len(region) <= KABUPATEN or touches(actor, region) else Sight.NONE


def touches(actor: Actor, region: str) -> bool:
    """Whether the region lies in the actor's, or holds it."""
    return actor.covers(region) or any(lo.startswith(region + ".") for lo, _hi in actor.ranges)


def withheld(n: int, d: int | None, *, share: bool) -> bool:
    """Whether a cell is about so few that outside one's own scope it stays hidden: those counted, or the rest of a
    share. For a mean only how many it is the mean of."""
    if d is None:
        return n < FEWEST
    return (min(n, d - n) if share else d) < FEWEST
