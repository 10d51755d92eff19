"""A value that law or science changes on a known day, with its source."""

from collections.abc import Mapping
from datetime import date
from typing import Generic, TypeVar

V = TypeVar("V")


class Dated(Generic[V]):
    """`Dated({date(2006, 4, 27): -2}, source="WHO 2006").on(day)` gives the value in force that day.

    Raises LookupError for a day before the first value.
    """

    def __init__(self, values: Mapping[date, V], *, source: str) -> None:
        self._values = sorted(values.items(), key=lambda pair: pair[0])
        self.source = source

    def on(self, day: date) -> V:
        for since, value in reversed(self._values):
            if since <= day:
                return value
        raise LookupError(f"no value on {day} ({self.source})")
