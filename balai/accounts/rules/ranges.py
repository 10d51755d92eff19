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


def common(one: Iterable[Span], other: Iterable[Span]) -> tuple[Span, ...]:
    """The codes that lie in both."""
    others = list(other)
    met = ((max(lo, low), min(hi, high)) for lo, hi in one for low, high in others)
    return union((lo, hi) for lo, hi in met if lo < hi)
