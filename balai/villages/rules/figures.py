"""What one register says of one village in one month, on its way into the registry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

Figure = int | float | None


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """`values`: column key to figure as reported. `marks`: list of [check, column keys].

    `month`: fields of VillageMonth that this row fills (None: reported as empty), `month_marks`: its marks fields.
    Fields that are not named keep what other registers wrote, so one field belongs to one register.
    """

    code: str
    period: str
    values: Mapping[str, Figure]
    marks: Sequence[Sequence[object]] = ()
    month: Mapping[str, int | None] = field(default_factory=dict)
    month_marks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """Of a batch: rows added as new vintages, and rows that said what was already known."""

    written: int = 0
    unchanged: int = 0


def year_before(day: date) -> date:
    """The first day of the twelve months that end with `day`."""
    after = day + timedelta(days=1)
    leap_day = after.month == 2 and after.day == 29
    return date(after.year - 1, 3, 1) if leap_day else after.replace(year=after.year - 1)
