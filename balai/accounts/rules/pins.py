"""The PIN of an enrolled device: six digits that a neighbour does not guess."""

from datetime import date, timedelta
from hashlib import sha256

from balai.base.errors import NotValid

DIGITS = 6
TRIES = 5  # wrong ones in a row lock the person on that device
DEVICE_LIFE = timedelta(days=30)  # since it was last used
DEVICE_ROLES = frozenset({"cadre", "companion"})  # what a device and a PIN open, whatever else the person holds


def must_be_hard_to_guess(pin: str) -> None:
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise NotValid("PIN terdiri dari 6 angka. Tulis enam angka tanpa spasi.")
    if _repeats(pin) or _counts(pin):
        raise NotValid("PIN ini mudah ditebak (angka berulang atau berurutan). Pilih enam angka lain.")
    if _is_day(pin):
        raise NotValid("PIN ini terbaca sebagai tanggal, seperti tanggal lahir. Pilih enam angka lain.")


def _repeats(pin: str) -> bool:
    return len(set(pin)) <= 2 or pin[:3] == pin[3:]


def _counts(pin: str) -> bool:
    steps = {int(after) - int(before) for before, after in zip(pin, pin[1:], strict=False)}
    return len(steps) == 1


def _is_day(pin: str) -> bool:
    first, month, last = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    return any(_exists(2000 + year, month, day) for day, year in ((first, last), (last, first)))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def token_digest(token: str) -> str:
    """What is stored of a device's token; its 256 random bits need no key."""
    return sha256(token.encode()).hexdigest()
