"""How often a password may be tried. Failures are counted; nobody is locked for having guessed right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """So many failures within so long; the next try is free when the oldest of them has passed."""

    failures: int
    within: timedelta

    def free_at(self, failed: Sequence[datetime], at: datetime) -> datetime | None:
        """When the next try is free, or None if it is free now."""
        recent = sorted(moment for moment in failed if moment > at - self.within)
        return recent[-self.failures] + self.within if len(recent) >= self.failures else None


# Balai's own decisions (docs/adr/0015); the longest window is what has to be remembered.
ONE_NAME_FROM_ONE_ADDRESS = Limit(5, timedelta(minutes=15))
ONE_NAME = Limit(30, timedelta(days=1))  # from wherever: beyond it, addresses that never signed in go slowly
SLOWLY = Limit(1, timedelta(minutes=1))
ONE_ADDRESS = Limit(100, timedelta(hours=1))
REMEMBERED = ONE_NAME.within


def next_try_at(
    here: Sequence[datetime], name: Sequence[datetime], address: Sequence[datetime], *, known: bool, at: datetime
) -> datetime | None:
    """When a name may be tried again from an address, or None if now.

    The failures of the name from here, of the name from everywhere, and of the address with any name. `known`: the
    name has signed in from here before, so that strangers elsewhere cannot slow it down.
    """
    waits = [ONE_NAME_FROM_ONE_ADDRESS.free_at(here, at), ONE_ADDRESS.free_at(address, at)]
    if not known and ONE_NAME.free_at(name, at):
        waits.append(SLOWLY.free_at(name, at))
    return max((wait for wait in waits if wait), default=None)
