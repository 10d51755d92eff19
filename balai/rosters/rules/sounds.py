"""Whether two names may be one person's."""

from functools import lru_cache

from rapidfuzz import fuzz

from balai.families.rules.sounds import sounds
from balai.sheets.rules.items import squeezed

ALIKE = 90  # of 100: a letter or two in a whole name


def alike(one: str, other: str) -> bool:
    """As they sound, or but for a slip of the pen."""
    first, second = squeezed(one), squeezed(other)
    return first == second or _sounds(one) == _sounds(other) or fuzz.ratio(first, second) >= ALIKE


@lru_cache(maxsize=50_000)
def _sounds(name: str) -> tuple[str, ...]:
    return sounds(name)


def same_text(one: str, other: str) -> bool:
    """Capitals, signs and spaces make no difference."""
    return squeezed(one) == squeezed(other)
