"""Every write of the register. Whoever calls acts: personal tables open to nobody else (access.models.acting)."""

from balai.families.actions.families import add_family, correct_family, move_family, record_leaving
from balai.families.actions.joining import join_persons, part_persons
from balai.families.actions.loading import load_families
from balai.families.actions.numbers import reveal_number, search_number
from balai.families.actions.papers import record_documents
from balai.families.actions.people import add_person, correct_person

__all__ = [
    "add_family",
    "add_person",
    "correct_family",
    "correct_person",
    "move_family",
    "join_persons",
    "load_families",
    "part_persons",
    "record_documents",
    "record_leaving",
    "reveal_number",
    "search_number",
]
