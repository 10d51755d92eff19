"""Codes of a generator depend on the time of day, and telephones' clocks differ."""

from collections.abc import Callable
from datetime import timedelta

PERIOD = 30  # seconds that a code is shown (RFC 6238)
TOLERATED = 1  # periods before and after that are accepted
LOOKED_AT = 20  # periods before and after in which a wrong code is recognised as that of a wrong clock: ten minutes
REMEMBERED = timedelta(seconds=PERIOD * (LOOKED_AT + TOLERATED + 1))  # longer than any code can be good


def step_of(code: str, code_at: Callable[[int], str], now: int) -> int | None:
    """By how many periods the clock that showed `code` is ahead (behind when negative); None when by no such number."""
    for step in range(TOLERATED + 1, LOOKED_AT + 1):
        for signed in (-step, step):
            if code_at(now + signed) == code:
                return signed
    return None


def minutes(step: int) -> int:
    """Whole minutes, at least one."""
    count = max(1, round(abs(step) * PERIOD / 60))
    return count if step > 0 else -count
