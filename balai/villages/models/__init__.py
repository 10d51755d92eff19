from balai.villages.models.figures import Return, VillageMonth
from balai.villages.models.people import Companion, Pokja, PokjaMember, PokjaTraining
from balai.villages.models.places import (
    AgencyActivity,
    Coverage,
    DataHouse,
    DataHouseAssessment,
    Group,
)
from balai.villages.models.registry import Answer, Document, Evidence, FormationStep, KampungKB, KampungVersion

__all__ = [
    "AgencyActivity",
    "Answer",
    "Companion",
    "Coverage",
    "DataHouse",
    "DataHouseAssessment",
    "Document",
    "Evidence",
    "FormationStep",
    "Group",
    "KampungKB",
    "KampungVersion",
    "Pokja",
    "PokjaMember",
    "PokjaTraining",
    "Return",
    "VillageMonth",
]
