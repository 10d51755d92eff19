"""Z-scores of many children at once."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from balai.growth.rules.columns import Flags, Numbers

LAST_DAY = 1826  # the last day under 60.0 months (days / 30.4375), as in WHO's R package anthro
LAST_DAY_OF_TABLES = 1856  # 60.99 months, as in WHO's older macros


@dataclass(frozen=True, slots=True)
class Scores:
    """One z-score (two decimals, NaN where not defined) and one flag (True: not plausible) a child and index.

    A flagged z-score is shown but leaves the prevalence. With oedema waz, whz and baz are NaN and the child counts as
    severely wasted (`classes` does so).
    """

    waz: Numbers
    haz: Numbers
    whz: Numbers
    baz: Numbers
    hcz: Numbers
    muacz: Numbers
    waz_flag: Flags
    haz_flag: Flags
    whz_flag: Flags
    baz_flag: Flags
    hcz_flag: Flags
    muacz_flag: Flags


def score(
    sex: ArrayLike,
    age_days: ArrayLike,
    weight_kg: ArrayLike | None = None,
    height_cm: ArrayLike | None = None,
    position: ArrayLike | None = None,
    oedema: ArrayLike | None = None,
    head_cm: ArrayLike | None = None,
    muac_cm: ArrayLike | None = None,
    *,
    last_day: int = LAST_DAY,
    older: bool = True,
) -> Scores:
    """WHO z-scores of n children: all columns have shape (n,), a column that is not there may be None.

    sex        int8: 1 boy, 2 girl, anything else: no z-score
    age_days   float: days since birth, rounded to whole days (halves up); NaN: weight for height only
    weight_kg  0.9 to 58 kg under five, else no z-score; 5 to 250 kg above
    height_cm  length or height as measured, 38 to 150 cm under five; 50 to 230 cm above
    position   int8: 0 not known (taken as what WHO expects at that age), 1 lying, 2 standing
    oedema     bool: no weight-based z-score
    head_cm, muac_cm   muac from day 91

    Under five: WHO Child Growth Standards 2006 by day up to `last_day` (1826; 1856 as WHO's older macros).
    `older`: from 61 to 228 months (weight to 120) WHO Reference 2007 by month, interpolated; between `last_day` and
    61 months there is no z-score. Raises ValueError where columns differ in length.
    """
    raise NotImplementedError
