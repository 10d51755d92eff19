"""Hats: the roles that a person may act in today. Computed for every request; nothing of it is kept in a session."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from balai.access.rules import PUBLIC, ROLES, STRANGER, Actor, AgencyKind, Role
from balai.accounts.models.grants import Assignment, Grant
from balai.accounts.rules.ranges import union
from balai.base.errors import NotAllowed
from balai.regions.models import Change
from balai.regions.rules import ChangeKind, span

ORDER = list(ROLES)


@dataclass(frozen=True)
class Hat:
    """One role, for an agency or for none, with the regions of all grants of it that are in force."""

    role: Role
    agency: AgencyKind | None
    grants: tuple[Grant, ...]
    ranges: tuple[tuple[str, str], ...]

    @property
    def key(self):
        return f"{self.role.name}@{self.agency}" if self.agency else self.role.name

    @property
    def regions(self):
        return [grant.region for grant in self.grants]


def hats_of(account, on):
    """A list of the person's hats, in the order of the roles; none for a suspended person."""
    if not account.is_active:
        return []
    grants = [grant for grant in Grant.objects.in_force(on).filter(account=account) if grant.known_role]
    now = reached({grant.region for grant in grants}, on)
    grants.sort(key=lambda grant: (ORDER.index(grant.role), grant.agency, grant.region))
    return [_hat(list(same), now) for _hat_key, same in groupby(grants, key=lambda grant: (grant.role, grant.agency))]


def _hat(grants, now):
    ranges = union(span(code) for grant in grants for code in now[grant.region])
    return Hat(grants[0].known_role, grants[0].agency_kind, tuple(grants), ranges)


def reached(codes, on):
    """Code to the set of codes that a grant of it reaches on a day: its own, and those it was re-coded to.

    A split or merged place is not followed: what came of it may hold more, or other, people than the grant was given
    for, and a grant never grows by itself. `models.reviewing` tells the officer.
    """
    found = {code: {code} for code in codes}
    frontier = {code: {code} for code in codes}
    while frontier:
        changes = Change.objects.filter(kind=ChangeKind.RECODED, old__in=frontier, new__isnull=False, on__lte=on)
        further = {}
        for old, new in changes.values_list("old", "new"):
            for code in frontier[old]:
                if new not in found[code]:
                    found[code].add(new)
                    further.setdefault(new, set()).add(code)
        frontier = further
    return found


def last_day(by, region, on):
    """Of the actor's own grants over the region; None where one has no end, or where the operator acts.

    NotAllowed when no grant of that hat covers the region any more, even if the actor was made before it ended.
    """
    if by.account is None:
        return None
    own = Grant.objects.in_force(on).filter(account=by.account, role=by.role.name, agency=by.agency or "")
    now = reached({grant.region for grant in own}, on)
    days = [grant.to_on for grant in own if any(lo <= region < hi for lo, hi in map(span, now[grant.region]))]
    if not days:
        raise NotAllowed("Penugasan Anda di wilayah %(where)s sudah berakhir.", where=region or "Indonesia")
    return None if None in days else max(days)


def actor_of(account, session, on, held=None):
    """The actor of a request: the hat that the session names while it is still held, else the first one.

    `held` are the account's hats of that day, where they are known. An account without any grant in force is known by
    name and may do what the public may.
    """
    if not account.is_active:
        return STRANGER
    hats = {hat.key: hat for hat in (hats_of(account, on) if held is None else held)}
    hat = hats.get(session.get("hat")) or next(iter(hats.values()), None)
    device = session.get("device")
    known = {
        "name": account.actor_name, "account": account.pk, "device": UUID(device) if device else None,
        "assurance": session.get("assurance", 1),
    }  # fmt: skip
    if hat is None:
        return Actor(role=PUBLIC, ranges=(), **known)
    return Actor(role=hat.role, ranges=hat.ranges, agency=hat.agency, assignment=_assigned(hat), **known)


def _assigned(hat):
    if not hat.role.assigned:
        return None
    return frozenset(Assignment.objects.filter(grant__in=hat.grants).values_list("family", flat=True))
