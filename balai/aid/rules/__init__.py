"""Programmes, what aid may be, what lists say and how they are matched: pure."""

from balai.aid.rules import columns
from balai.aid.rules.columns import Line, Part
from balai.aid.rules.giving import GIVEN, GOODS, LATELY, REASON, SOURCE, AidFacts, AidSource, AidState, faults, settled
from balai.aid.rules.lists import (
    EDITION,
    EXPLAINED,
    KEPT,
    MARK,
    MATCHED,
    NAME,
    POOR_BY_ENTRY,
    RANKED,
    ListKind,
    MatchState,
    Work,
    poor_up_to,
    says,
)
from balai.aid.rules.matching import likeness, proposed
from balai.aid.rules.programmes import AidKind, Level, Programme, programme_of, programmes

__all__ = [
    "EDITION",
    "EXPLAINED",
    "GIVEN",
    "GOODS",
    "KEPT",
    "LATELY",
    "MARK",
    "MATCHED",
    "NAME",
    "POOR_BY_ENTRY",
    "RANKED",
    "REASON",
    "SOURCE",
    "AidFacts",
    "AidKind",
    "AidSource",
    "AidState",
    "Level",
    "Line",
    "ListKind",
    "MatchState",
    "Part",
    "Programme",
    "Work",
    "columns",
    "faults",
    "likeness",
    "poor_up_to",
    "programme_of",
    "programmes",
    "proposed",
    "says",
    "settled",
]
