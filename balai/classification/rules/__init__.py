"""What a class is and how it comes about: pure. The rule sets themselves are data, in `rulesets/`."""

from balai.classification.rules.explaining import Explanation, Line, explain
from balai.classification.rules.judging import Judged
from balai.classification.rules.paths import Path, Step, paths
from balai.classification.rules.ruleset import FIGURES, RuleSet, load, names
from balai.classification.rules.vocabulary import (
    CLASSES,
    DIMENSIONS,
    GROUPS,
    INDICATORS,
    INPUTS,
    OWN_AGENCIES,
    REASONS,
    ClassName,
)

__all__ = [
    "CLASSES",
    "DIMENSIONS",
    "FIGURES",
    "GROUPS",
    "INDICATORS",
    "INPUTS",
    "OWN_AGENCIES",
    "REASONS",
    "ClassName",
    "Explanation",
    "Judged",
    "Line",
    "Path",
    "RuleSet",
    "Step",
    "explain",
    "load",
    "names",
    "paths",
]
