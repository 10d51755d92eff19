"""Questions, whom they are asked, what their answers may be, and how days follow each other: pure."""

from balai.survey.rules.asked import (
    GROUPS,
    REPRODUCTIVE,
    Facts,
    Someone,
    age,
    asked,
    is_due,
    kept,
    missing,
    offered,
    participation,
)
from balai.survey.rules.catalogue import Block, Code, Item, Kind, items, items_of
from balai.survey.rules.checks import CHECKS, Finding, Level, findings, possible
from balai.survey.rules.codes import (
    Floor,
    HealthCover,
    Latrine,
    Marital,
    Method,
    Reply,
    Schooling,
    WantsChild,
    Water,
    Work,
)
from balai.survey.rules.history import Place, place
from balai.survey.rules.limits import DRAFT_LETTERS, UNDO_FOR
from balai.survey.rules.words import chosen, told

__all__ = [
    "CHECKS",
    "DRAFT_LETTERS",
    "GROUPS",
    "REPRODUCTIVE",
    "UNDO_FOR",
    "Block",
    "Code",
    "Facts",
    "Finding",
    "Floor",
    "HealthCover",
    "Item",
    "Kind",
    "Latrine",
    "Level",
    "Marital",
    "Method",
    "Place",
    "Reply",
    "Schooling",
    "Someone",
    "WantsChild",
    "Water",
    "Work",
    "age",
    "asked",
    "chosen",
    "findings",
    "is_due",
    "items",
    "items_of",
    "kept",
    "missing",
    "offered",
    "participation",
    "place",
    "possible",
    "told",
]
