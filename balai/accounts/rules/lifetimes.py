"""How long a sign-in lasts: unused, and at most (Balai's own decision, docs/adr/0015)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class Lifetime:
    idle: timedelta
    at_most: timedelta


OFFICER = Lifetime(idle=timedelta(minutes=30), at_most=timedelta(hours=12))
DEVICE = Lifetime(idle=timedelta(hours=12), at_most=timedelta(days=14))
NOTED_EVERY = timedelta(minutes=1)  # how exactly the last use of a session is known
FRESH = timedelta(minutes=5)  # so long after signing in nobody is asked for the password again


class Ended(StrEnum):
    IDLE = "idle"
    AT_MOST = "at_most"


def ended(*, began_at: datetime, seen_at: datetime, on_device: bool, at: datetime) -> Ended | None:
    life = DEVICE if on_device else OFFICER
    if at - began_at >= life.at_most:
        return Ended.AT_MOST
    return Ended.IDLE if at - seen_at >= life.idle else None
