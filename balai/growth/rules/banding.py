"""What a z-score is called: Permenkes 2/2020."""

from datetime import date

from numpy.typing import ArrayLike

from balai.growth.rules.columns import Codes, Index


def classes(index: Index, z: ArrayLike, *, on: date, oedema: ArrayLike | None = None, older: bool = False) -> Codes:
    """Class of each z-score by the rule in force `on`: 1 is the lowest, 0 where there is none (NaN).

    WAZ 1 to 4, HAZ 1 to 4, WHZ and BAZ 1 to 6, BAZ of 5 to 18 years (`older`) 1 to 5. -2.00 is normal, -3.00 the milder
    class, +1.00 and +2.00 and +3.00 the lower class. `oedema` (WHZ, BAZ) makes it 1 whatever the z-score.
    `class_words(index, on=on)[code]` is its name. Raises KeyError for an index without classes (HCZ, MUACZ),
    LookupError before 2020-01-08.
    """
    raise NotImplementedError


def class_words(index: Index, *, on: date, older: bool = False) -> tuple[str, ...]:
    """Names by code (Bahasa Indonesia, marked for translation); the name of code 0 is ""."""
    raise NotImplementedError
