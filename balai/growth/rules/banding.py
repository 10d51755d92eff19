"""What a z-score is called: Permenkes 2/2020."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from balai.base.dated import Dated
from balai.base.words import sentence
from balai.growth.rules.columns import Codes, Index


@dataclass(frozen=True, slots=True)
class Bands:
    words: tuple[str, ...]  # from the lowest class to the highest
    low: tuple[float, ...]  # a z-score on one of these belongs to the class above
    high: tuple[float, ...]  # a z-score on one of these belongs to the class below


WEIGHT = Bands(
    (
        sentence("Berat badan sangat kurang"),
        sentence("Berat badan kurang"),
        sentence("Berat badan normal"),
        sentence("Risiko berat badan lebih"),
    ),
    low=(-3.0, -2.0), high=(1.0,),
)  # fmt: skip
HEIGHT = Bands(
    (sentence("Sangat pendek"), sentence("Pendek"), sentence("Tinggi normal"), sentence("Tinggi")),
    low=(-3.0, -2.0), high=(3.0,),
)  # fmt: skip
NUTRITION = Bands(
    (
        sentence("Gizi buruk"),
        sentence("Gizi kurang"),
        sentence("Gizi baik"),
        sentence("Berisiko gizi lebih"),
        sentence("Gizi lebih"),
        sentence("Obesitas"),
    ),
    low=(-3.0, -2.0), high=(1.0, 2.0, 3.0),
)  # fmt: skip
NUTRITION_OLDER = Bands(
    (
        sentence("Gizi buruk"),
        sentence("Gizi kurang"),
        sentence("Gizi baik"),
        sentence("Gizi lebih"),
        sentence("Obesitas"),
    ),
    low=(-3.0, -2.0), high=(1.0, 2.0),
)  # fmt: skip
CLASSES: Dated[Mapping[tuple[Index, bool], Bands]] = Dated(
    {
        date(2020, 1, 1): {
            (Index.WAZ, False): WEIGHT,
            (Index.HAZ, False): HEIGHT,
            (Index.WHZ, False): NUTRITION,
            (Index.BAZ, False): NUTRITION,
            (Index.BAZ, True): NUTRITION_OLDER,
        }
    },
    source="Permenkes 2/2020 (the day within 2020 not verified); the bands of 5 to 18 years are inferred",
)


def classes(index: Index, z: ArrayLike, *, on: date, oedema: ArrayLike | None = None, older: bool = False) -> Codes:
    """Class of each z-score by the rule in force `on`: 1 is the lowest, 0 where there is none (NaN).

    WAZ 1 to 4, HAZ 1 to 4, WHZ and BAZ 1 to 6, BAZ of 5 to 18 years (`older`) 1 to 5. -2.00 is normal, -3.00 the milder
    class, +1.00 and +2.00 and +3.00 the lower class. `oedema` (WHZ, BAZ) makes it 1 whatever the z-score.
    `class_words(index, on=on)[code]` is its name. Raises KeyError for an index without classes (HCZ, MUACZ),
    LookupError before 2020.
    """
    bands = CLASSES.on(on)[index, older]
    z = np.asarray(z, np.float64)
    code: Codes = (~np.isnan(z)).astype(np.int8)
    for edge in bands.low:
        code += z >= edge
    for edge in bands.high:
        code += z > edge
    if oedema is not None and index in (Index.WHZ, Index.BAZ):
        code[np.asarray(oedema, np.bool_)] = 1
    return code


def class_words(index: Index, *, on: date, older: bool = False) -> tuple[str, ...]:
    """Names by code (Bahasa Indonesia, marked for translation); the name of code 0 is ""."""
    return ("", *CLASSES.on(on)[index, older].words)
