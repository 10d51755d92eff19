"""What the registry knows by rule: kinds, the items of the profile, agencies, Pokja, Rumah DataKu, plausibility."""

from balai.villages.rules import plausibility
from balai.villages.rules.agencies import Agency, agencies, own_programme
from balai.villages.rules.data_house import FOUND, LIMITS, Gap, Limits, check_found, data_house_class, next_class
from balai.villages.rules.evidence import FILE_KINDS, LARGEST, FileKind, sniff, stored_name
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
from balai.villages.rules.pokja import POSITIONS, SECTION_OF, SECTIONS, check_member, functions_of

__all__ = [
    "Agency",
    "CompanionKind",
    "Counts",
    "DataHouseClass",
    "DocumentKind",
    "Extent",
    "FILE_KINDS",
    "FOUND",
    "Figure",
    "FileKind",
    "FormationStepKind",
    "Frequency",
    "Gap",
    "GroupKind",
    "IssuerLevel",
    "Item",
    "ItemGroup",
    "ItemKind",
    "LARGEST",
    "LIMITS",
    "Limits",
    "Mark",
    "POSITIONS",
    "Pentahelix",
    "PokjaTemplate",
    "ReturnRow",
    "SECTIONS",
    "SECTION_OF",
    "STEP_NAMES",
    "agencies",
    "check_answer",
    "check_found",
    "check_member",
    "data_house_class",
    "functions_of",
    "groups",
    "items",
    "items_of",
    "narrowed",
    "narrower",
    "next_class",
    "order_warnings",
    "own_programme",
    "plausibility",
    "sniff",
    "stored_name",
    "year_before",
]
