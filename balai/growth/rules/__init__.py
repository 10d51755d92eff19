"""WHO's growth standards and what Indonesia makes of them, on columns of numbers: pure NumPy."""

from balai.growth.rules.banding import class_words, classes
from balai.growth.rules.columns import Index, Position, Sex
from balai.growth.rules.curves import LEVELS, Curves, curves
from balai.growth.rules.gaining import LETTERS, Gain, Gains, gain
from balai.growth.rules.kms import KMS_WORDS, Kms, kms, kms_bands, to_refer
from balai.growth.rules.scoring import LAST_DAY, LAST_DAY_OF_TABLES, Scores, score
from balai.growth.rules.velocity import gain_at, velocity

__all__ = [
    "KMS_WORDS",
    "LAST_DAY",
    "LAST_DAY_OF_TABLES",
    "LETTERS",
    "LEVELS",
    "Curves",
    "Gain",
    "Gains",
    "Index",
    "Kms",
    "Position",
    "Scores",
    "Sex",
    "class_words",
    "classes",
    "curves",
    "gain",
    "gain_at",
    "kms",
    "kms_bands",
    "score",
    "to_refer",
    "velocity",
]
