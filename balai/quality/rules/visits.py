"""How long ago a family was visited."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from balai.base.words import sentence

QUARTER, YEAR = 90, 365  # days: the visits of a quarter, and the yearly update


class Band(StrEnum):
    QUARTER = "quarter"
    YEAR = "year"
    LONGER = "longer"
    NEVER = "never"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Mapping[Band, str] = MappingProxyType(
    {
        Band.QUARTER: sentence("sampai 90 hari"),
        Band.YEAR: sentence("91 sampai 365 hari"),
        Band.LONGER: sentence("lebih dari setahun"),
        Band.NEVER: sentence("belum pernah"),
    }
)


def band_of(visited_on: date | None, on: date) -> Band:
    if visited_on is None:
        return Band.NEVER
    days = (on - visited_on).days
    if days <= QUARTER:
        return Band.QUARTER
    return Band.YEAR if days <= YEAR else Band.LONGER
