"""What the registry knows by rule: kinds, the items of the profile, agencies, Pokja, Rumah DataKu, plausibility."""

from balai.villages.rules import plausibility
from balai.villages.rules.agencies import Agency, agencies, own_programme
from balai.villages.rules.figures import Counts, Figure, ReturnRow, year_before
from balai.villages.rules.founding import STEP_NAMES, narrowed, narrower, order_warnings
from balai.villages.rules.items import Item, ItemGroup, check_answer, groups, items, items_of
from balai.villages.rules.kinds import (
    CompanionKind,
    DataHouseClass,
    DocumentKind,
    Extent,
    FormationStepKind,
    Frequency,
    GroupKind,
    IssuerLevel,
    ItemKind,
    Mark,
    Pentahelix,
    PokjaTemplate,
)

__all__ = [
    "STEP_NAMES",
    "Agency",
    "CompanionKind",
    "Counts",
    "DataHouseClass",
    "DocumentKind",
    "Extent",
    "Figure",
    "FormationStepKind",
    "Frequency",
    "GroupKind",
    "IssuerLevel",
    "Item",
    "ItemGroup",
    "ItemKind",
    "Mark",
    "Pentahelix",
    "PokjaTemplate",
    "ReturnRow",
    "agencies",
    "check_answer",
    "groups",
    "items",
    "items_of",
    "narrowed",
    "narrower",
    "order_warnings",
    "own_programme",
    "plausibility",
    "year_before",
]
