"""Questions, whom they are asked, what their answers may be, and how days follow each other: pure."""

from balai.survey.rules.catalogue import Block, Code, Item, Kind, items, items_of
from balai.survey.rules.checks import possible
from balai.survey.rules.history import Place, place

__all__ = ["Block", "Code", "Item", "Kind", "Place", "items", "items_of", "place", "possible"]
