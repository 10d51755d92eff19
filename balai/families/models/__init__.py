"""Families, persons, their identity numbers and their past."""

from balai.families.models.carried import carried
from balai.families.models.finding import find_families
from balai.families.models.hearing import sounding
from balai.families.models.looking import NumberSearch, Reveal
from balai.families.models.register import (
    VILLAGE_CODE,
    Family,
    FamilyQuerySet,
    IdentityNumber,
    Person,
    RegisterQuerySet,
    villages_of,
)
from balai.families.models.stays import PastStay
from balai.families.models.writes import LastWrite

__all__ = [
    "VILLAGE_CODE",
    "Family",
    "FamilyQuerySet",
    "IdentityNumber",
    "LastWrite",
    "NumberSearch",
    "PastStay",
    "Person",
    "RegisterQuerySet",
    "Reveal",
    "carried",
    "find_families",
    "sounding",
    "villages_of",
]
