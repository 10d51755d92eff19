"""One-time codes: what an officer reads out and a person types once. Only a keyed hash of them is stored."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is taken for something else when read or written
LENGTH = 8  # 30^8: one guess in 650 thousand million
TRIES = 5


class Purpose(StrEnum):
    INVITATION = "invitation"
    DEVICE = "device"
    SETUP = "setup"


LIFE = {
    Purpose.INVITATION: timedelta(hours=72),
    Purpose.DEVICE: timedelta(hours=72),
    Purpose.SETUP: timedelta(hours=24),
}


class State(StrEnum):
    LIVE = "live"
    USED = "used"
    EXPIRED = "expired"
    TRIED = "tried"  # guessed at too often


def drawn(choose: Callable[[str], str]) -> str:
    """A new code; `choose` picks one of the letters, unpredictably."""
    return "".join(choose(LETTERS) for _place in range(LENGTH))


def shown(code: str) -> str:
    """As it is read out: 'ABCD-2345'."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def tidy(text: str) -> str:
    """What was typed, without case, dashes and blanks."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)


def digest(code: str, key: str) -> str:
    """What is stored; without the key the few letters cannot be guessed from it."""
    return hmac.new(key.encode(), f"balai one-time code:{tidy(code)}".encode(), sha256).hexdigest()


def state(*, used_at: datetime | None, expires_at: datetime, tries: int, at: datetime) -> State:
    if used_at is not None:
        return State.USED
    if at >= expires_at:
        return State.EXPIRED
    return State.TRIED if tries >= TRIES else State.LIVE
