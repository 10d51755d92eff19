"""Whether two written names may be one person's, as they sound. Enough for a proposal that a person decides about."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from balai.families.rules import sounds

ALIKE = 85  # of 100
CLEARLY = 5  # the next best must be at least so much less alike


def likeness(one: str, other: str) -> float:
    """Of two names, 0 to 100: of the parts that tell most, whatever their order; titles and degrees do not count."""
    heard, other_heard = " ".join(sounds(one)), " ".join(sounds(other))
    return fuzz.token_sort_ratio(heard, other_heard) if heard and other_heard else 0.0


def proposed(name: str, names: Sequence[str]) -> int | None:
    """Which of the names may be the same as `name`; None where none is alike or two are nearly equally so."""
    scored = sorted(((likeness(name, one), place) for place, one in enumerate(names)), reverse=True)
    if not scored or scored[0][0] < ALIKE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLEARLY:
        return None
    return scored[0][1]
