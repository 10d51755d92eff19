"""Every write of the register. Whoever calls acts: personal tables open to nobody else (access.models.acting)."""

from balai.families.actions.families import add_family, correct_family
from balai.families.actions.loading import load_families
from balai.families.actions.numbers import reveal_number, search_number
from balai.families.actions.people import add_person, correct_person

__all__ = [
    "add_family",
    "add_person",
    "correct_family",
    "correct_person",
    "load_families",
    "reveal_number",
    "search_number",
]
