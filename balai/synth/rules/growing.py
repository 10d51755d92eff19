"""Weights and lengths of invented children: medians and deviations of the WHO standards, one child always as tall or as
short for its age as it is, month by month with a little noise and the rounding of a posyandu's scale."""

from typing import Any

import numpy as np
import numpy.typing as npt

from balai.synth.rules.margins import Floats, Ints, margins
from balai.synth.rules.people import MALE

MONTHS = 12
MONTH = 30.4375  # days
WEIGHT_DEVIATION = 0.115  # of the weight: about one z-score


def measured(rng: np.random.Generator, age: Floats, sex: Ints, on: np.datetime64) -> tuple[Ints, dict[str, Any]]:
    """(places of the children, columns): one row a child and month in which it came; ages in years."""
    told, count = margins()["growth"], len(age)
    back = np.arange(MONTHS)
    months = age[:, None] * 12 - back
    came = (months >= 0) & (rng.random((count, MONTHS)) < told["weighed"])
    child, month = np.nonzero(came)
    then, male = months[child, month], sex[child] == MALE
    mean, deviation = told["height_z"]
    tall = rng.normal(mean, deviation, count)
    heavy = 0.75 * tall + 0.66 * rng.normal(0, 1, count)
    z = tall[child] + rng.normal(0, 0.12, len(child))
    height = _at(told, "cm", then, male) + z * np.interp(then, told["months"], told["deviation_cm"])
    weight = _at(told, "kg", then, male) * (1 + WEIGHT_DEVIATION * (heavy[child] + rng.normal(0, 0.12, len(child))))
    day = on - np.round((back[month]) * MONTH).astype("timedelta64[D]")
    return child, {
        "on": day, "lying": np.where(then < 24, 1, 0),
        "weight_kg": np.maximum(np.round(weight, 1), 1.0), "height_cm": np.maximum(np.round(height, 1), 38.0),
    }  # fmt: skip


def _at(told: Any, unit: str, months: Floats, male: npt.NDArray[np.bool_]) -> Floats:
    boys, girls = (np.interp(months, told["months"], told[f"{sex}_{unit}"]) for sex in ("boys", "girls"))
    found: Floats = np.where(male, boys, girls)
    return found
