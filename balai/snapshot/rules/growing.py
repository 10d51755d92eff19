"""What balai.growth says of measurements and of children, as columns beside the raw ones."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from balai.growth.rules import LETTERS, Scores, gain, score

Column = npt.NDArray[Any]
Columns = Mapping[str, Column]
OF_HEIGHT = ("haz", "whz", "baz", "hcz", "muacz")
# What is asked of the raw tables, in their order; days are whole days of age, and each child has a number.
OF_MEASUREMENTS = {
    "child": "hash(member)", "measured": "measured_on - DATE '1970-01-01'",
    "days": "measured_on - born_on", "sex": "sex", "weight_kg": "weight_kg", "height_cm": "height_cm",
    "position": "position", "oedema": "oedema", "head_cm": "head_cm", "muac_cm": "muac_cm",
}  # fmt: skip
OF_CHILDREN = {
    "weighed_days": "weighed_on - born_on", "days": "measured_on - born_on", "sex": "sex", "weighed_kg": "weighed_kg",
    "weighed_oedema": "weighed_oedema", "weight_kg": "weight_kg", "height_cm": "height_cm", "position": "position",
    "oedema": "oedema", "head_cm": "head_cm", "muac_cm": "muac_cm",
}  # fmt: skip


def _numbers(column: Column) -> Column:
    found: Column = np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
    return found


def _codes(column: Column) -> Column:
    found: Column = np.ma.filled(column, 0).astype(np.int8)
    return found


def _flags(column: Column) -> Column:
    found: Column = np.ma.filled(column, False).astype(np.bool_)
    return found


def _known(values: Column) -> Column:
    """Masked where there is no number, so that it is empty and not a number that is none."""
    found: Column = np.ma.masked_array(np.nan_to_num(values), mask=np.isnan(values))
    return found


def _told(scores: Scores, names: tuple[str, ...]) -> dict[str, Column]:
    found = {}
    for name in names:
        z = getattr(scores, name)
        found[name] = _known(z)
        found[f"{name}_flagged"] = np.ma.masked_array(getattr(scores, f"{name}_flag"), mask=np.isnan(z))
    return found


def of_measurements(given: Columns, on: date) -> dict[str, Column]:
    """Of rows sorted by child and day."""
    days, sex, weight = _numbers(given["days"]), _codes(given["sex"]), _numbers(given["weight_kg"])
    scores = score(
        sex, days, weight, _numbers(given["height_cm"]), _codes(given["position"]), _flags(given["oedema"]),
        _numbers(given["head_cm"]), _numbers(given["muac_cm"]),
    )  # fmt: skip
    child = np.cumsum(np.diff(given["child"], prepend=given["child"][:1]) != 0)
    plausible = np.where(scores.waz_flag, np.nan, weight)  # nobody gained or lost what a slip of the scale says
    gains = gain(child, _numbers(given["measured"]), days, sex, plausible, on=on)
    return {
        "age_days": _known(days),
        **_told(scores, ("waz", *OF_HEIGHT)),
        "gain": np.ma.masked_array(np.array(LETTERS, dtype=object)[gains.kind], mask=gains.kind == 0),
    }


def of_children(given: Columns) -> dict[str, Column]:
    """Weight for age as last weighed, everything else as length or height was last measured."""
    sex = _codes(given["sex"])
    weighed = score(
        sex, _numbers(given["weighed_days"]), _numbers(given["weighed_kg"]), oedema=_flags(given["weighed_oedema"])
    )
    measured = score(
        sex, _numbers(given["days"]), _numbers(given["weight_kg"]), _numbers(given["height_cm"]),
        _codes(given["position"]), _flags(given["oedema"]), _numbers(given["head_cm"]), _numbers(given["muac_cm"]),
    )  # fmt: skip
    return _told(weighed, ("waz",)) | _told(measured, OF_HEIGHT)
