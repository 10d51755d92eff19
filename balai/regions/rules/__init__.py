"""Codes, names and the matching of places: pure."""

from balai.regions.rules.codes import (
    CODE_LENGTH,
    BelowKind,
    ChangeKind,
    Kind,
    Level,
    below_code,
    code_start,
    dotted,
    kind_of,
    level_of,
    may_stand_under,
    parent_of,
    span,
)
from balai.regions.rules.gazetteer import Gazetteer, Match, Suggestion
from balai.regions.rules.names import called, numbered, search_form, untitled
from balai.regions.rules.outline import decimals, simplified, tolerance

__all__ = [
    "CODE_LENGTH",
    "BelowKind",
    "ChangeKind",
    "Gazetteer",
    "Kind",
    "Level",
    "Match",
    "Suggestion",
    "below_code",
    "called",
    "code_start",
    "decimals",
    "dotted",
    "kind_of",
    "level_of",
    "may_stand_under",
    "numbered",
    "parent_of",
    "search_form",
    "simplified",
    "span",
    "tolerance",
    "untitled",
]
