"""Z-scores from 61 months to 19 years: WHO Reference 2007."""

import numpy as np

from balai.growth.rules.columns import Codes, Index, Numbers, Places, Sex
from balai.growth.rules.lms import straight, with_tails
from balai.growth.rules.measuring import HEIGHTS_OLDER, WEIGHTS_OLDER, Child, positioned, within
from balai.growth.rules.tables import Table, by_month

MONTH = 30.4375  # days
FIRST_MONTH, LAST_MONTH, LAST_MONTH_WEIGHT = 61.0, 228.0, 120.0


def score_older(child: Child, rows: Places) -> dict[Index, Numbers]:
    """Weight for age, height for age and BMI for age of the rows named; not rounded."""
    height = positioned(within(child.height_cm[rows], HEIGHTS_OLDER), child.age_days[rows], child.position[rows])
    weight = np.where(child.oedema[rows], np.nan, within(child.weight_kg[rows], WEIGHTS_OLDER))
    sex, months = child.sex[rows], child.age_days[rows] / MONTH
    place = _place(by_month(Index.HAZ), sex, months, LAST_MONTH)
    weighing = _place(by_month(Index.WAZ), sex, months, LAST_MONTH_WEIGHT)
    part = months - np.floor(months)
    _, median, spread = _between(by_month(Index.HAZ), place, part)
    return {
        Index.HAZ: straight(height, median, spread),
        Index.WAZ: with_tails(weight, *_between(by_month(Index.WAZ), weighing, part)),
        Index.BAZ: with_tails(weight / (height / 100.0) ** 2, *_between(by_month(Index.BAZ), place, part)),
    }


def _place(table: Table, sex: Codes, months: Numbers, last: float) -> Places:
    known = ((sex == Sex.BOY) | (sex == Sex.GIRL)) & (months <= last)
    month = np.floor(np.minimum(months, last)).astype(np.int64)
    return np.where(known, (sex - 1).astype(np.int64) * table.width + month - table.first, table.nowhere)


def _between(table: Table, place: Places, part: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """L, M, S between the row of the completed month and the next, where something of a month is over."""
    here, following = table.at(place), table.at(np.minimum(place + (part > 0), table.nowhere))
    power, median, spread = (one + part * (other - one) for one, other in zip(here, following, strict=True))
    return power, median, spread
