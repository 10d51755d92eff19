"""How a child was measured: position, limits of what is taken for a measure."""

from dataclasses import dataclass, fields

import numpy as np

from balai.growth.rules.columns import Codes, Flags, Numbers, Position

UPRIGHT_FROM = 731  # day from which WHO's standards are of standing children
NEVER_STANDING = 9 * 30.4375  # days: nobody stands to be measured before nine months
DIFFERENCE = 0.7  # cm by which a lying child is longer
WEIGHTS = (0.9, 58.0)  # kg, under five: outside, WHO's macros take it for a mistake
HEIGHTS = (38.0, 150.0)  # cm, under five
WEIGHTS_OLDER = (5.0, 250.0)  # kg and cm from five years: ours, WHO sets none
HEIGHTS_OLDER = (50.0, 230.0)
HEADS = (20.0, 70.0)  # cm, ours: WHO's macros ask only for more than nothing
ARMS = (5.0, 60.0)  # cm, likewise


@dataclass(frozen=True, slots=True)
class Child:
    """Columns of children, one row each."""

    sex: Codes
    age_days: Numbers
    weight_kg: Numbers
    height_cm: Numbers
    position: Codes
    oedema: Flags
    head_cm: Numbers
    muac_cm: Numbers

    def part(self, rows: slice) -> "Child":
        return Child(*(getattr(self, field.name)[rows] for field in fields(self)))


def within(values: Numbers, limits: tuple[float, float]) -> Numbers:
    """The values that lie within the limits; NaN for the others."""
    return np.where((values >= limits[0]) & (values <= limits[1]), values, np.nan)


def positioned(height_cm: Numbers, age_days: Numbers, position: Codes) -> Numbers:
    """Length below day 731, height from then on: 0.7 cm more for who stood too early, less for who lay too late.

    Standing under nine months is taken as not known (R package anthro). Without an age nothing is changed.
    """
    stood = (position == Position.STANDING) & (age_days < UPRIGHT_FROM) & (age_days >= NEVER_STANDING)
    lay = (position == Position.LYING) & (age_days >= UPRIGHT_FROM)
    changed: Numbers = height_cm + DIFFERENCE * (stood.astype(np.float64) - lay)
    return changed
