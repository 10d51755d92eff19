"""Did a child gain enough weight since the month before? N, T, O, B of the posyandu."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from numpy.typing import ArrayLike

from balai.growth.rules.columns import Codes, Flags, Numbers


class Gain(IntEnum):
    NONE = 0  # not weighed, or 60 months and older
    GAINED = 1  # N
    NOT_GAINED = 2  # T
    ABSENT = 3  # O: not weighed the month before
    FIRST = 4  # B: weighed for the first time


LETTERS = ("", "N", "T", "O", "B")


@dataclass(frozen=True, slots=True)
class Gains:
    """One value a measurement, in the order given."""

    kind: Codes  # Gain
    twice: Flags  # 2T: not gained, and not gained the time before
    gain_g: Numbers  # gram since the weighing compared with; NaN for O, B, none
    least_g: Numbers  # KBM, the least gain in gram at this age; NaN likewise
    days: Numbers  # days since the weighing compared with; NaN likewise


def gain(
    child: ArrayLike, measured: ArrayLike, age_days: ArrayLike, sex: ArrayLike, weight_kg: ArrayLike, *, on: date
) -> Gains:
    """N, T, O, B of every measurement. All columns have shape (n,), sorted by child, then by day.

    child      any numbers or texts that are equal for one child and stand together
    measured   day of measuring: datetime64[D] or whole days
    age_days, sex, weight_kg as in `score`; `on`: the day whose KBM table counts

    Raises ValueError where the rows are not sorted or the columns differ in length.
    """
    raise NotImplementedError
