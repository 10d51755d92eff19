"""What may be measured, what cannot be, what it means, and its pictures: pure."""

from balai.growth.rules import LETTERS, Gain, Index
from balai.measurements.rules.facts import Facts, Position, Source, faults, settled
from balai.measurements.rules.limits import LAST_DAY, LYING_BEFORE, UNDO_FOR
from balai.measurements.rules.meaning import GAINS, advice, age_of, same_month, summed
from balai.measurements.rules.pictures import Picture, height_picture, kms_picture, shape_picture
from balai.measurements.rules.results import CLASSED, MEANT, NAMES, Measured, Result, height_used, results
from balai.measurements.rules.typed import HEAD, HEIGHT, MUAC, QUANTITIES, WEIGHT, Quantity, Typed, plain, read

__all__ = [
    "CLASSED",
    "GAINS",
    "HEAD",
    "HEIGHT",
    "LAST_DAY",
    "LETTERS",
    "LYING_BEFORE",
    "MEANT",
    "MUAC",
    "NAMES",
    "QUANTITIES",
    "UNDO_FOR",
    "WEIGHT",
    "Facts",
    "Gain",
    "Index",
    "Measured",
    "Picture",
    "Position",
    "Quantity",
    "Result",
    "Source",
    "Typed",
    "advice",
    "age_of",
    "faults",
    "height_picture",
    "height_used",
    "kms_picture",
    "plain",
    "read",
    "results",
    "same_month",
    "settled",
    "shape_picture",
    "summed",
]
