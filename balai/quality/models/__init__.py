"""Decisions and rounds; and what is counted of the register."""

from balai.quality.models.choosing import (
    BAND,
    FIELD,
    STATE,
    blocks_of,
    chosen,
    doubts_of,
    here,
    knows_numbers,
    written_by,
)
from balai.quality.models.dossiers import Dossier, dossiers, doubts, gaps
from balai.quality.models.fields import FieldCount, field_counts, without_answer
from balai.quality.models.hands import own_hand
from balai.quality.models.mending import issues
from balai.quality.models.standing import VILLAGE, banded, counted, standing, to_visit
from balai.quality.models.verification import Round, Verification, decisions_of, missed_rounds, rounds_of

__all__ = [
    "BAND",
    "Dossier",
    "FIELD",
    "FieldCount",
    "Round",
    "STATE",
    "VILLAGE",
    "Verification",
    "banded",
    "blocks_of",
    "chosen",
    "counted",
    "decisions_of",
    "dossiers",
    "doubts",
    "doubts_of",
    "field_counts",
    "gaps",
    "here",
    "issues",
    "missed_rounds",
    "knows_numbers",
    "own_hand",
    "rounds_of",
    "standing",
    "to_visit",
    "without_answer",
    "written_by",
]
