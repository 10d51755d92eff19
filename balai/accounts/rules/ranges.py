"""Ranges of region codes: half-open pairs, as `regions.rules.span` gives them."""

from collections.abc import Iterable

Span = tuple[str, str]


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same codes in the fewest spans, in order."""
    found: list[Span] = []
    for lo, hi in sorted(spans):
        if found and lo <= found[-1][1]:
            found[-1] = (found[-1][0], max(hi, found[-1][1]))
        else:
            found.append((lo, hi))
    return tuple(found)
