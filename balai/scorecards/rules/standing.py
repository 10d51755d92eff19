"""How a figure stands beside another: in words, and only where chance is no explanation."""

from enum import StrEnum

from balai.base.words import sentence


class Standing(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def sign(self) -> str:
        return SIGNS[self]


LABELS = {
    Standing.BETTER: sentence("lebih baik"),
    Standing.WORSE: sentence("lebih buruk"),
    Standing.HIGHER: sentence("lebih tinggi"),
    Standing.LOWER: sentence("lebih rendah"),
    Standing.ALIKE: sentence("tidak jelas berbeda"),
    Standing.UNKNOWN: "",
}
SIGNS = {
    Standing.BETTER: "✓",
    Standing.WORSE: "✕",
    Standing.HIGHER: "↑",
    Standing.LOWER: "↓",
    Standing.ALIKE: "≈",
    Standing.UNKNOWN: "",
}


def standing(direction: str, low: float | None, high: float | None, other: float | None) -> Standing:
    """Of a figure with the interval `low` to `high` beside another region's value."""
    if low is None or high is None or other is None:
        return Standing.UNKNOWN
    if low <= other <= high:
        return Standing.ALIKE
    above = other < low
    if direction not in ("up", "down"):
        return Standing.HIGHER if above else Standing.LOWER
    return Standing.BETTER if above is (direction == "up") else Standing.WORSE
