"""What can happen in the life of a family, and what follows from it for its people: pure."""

from balai.events.rules.kin import COUPLE, Member, kinship, may_marry
from balai.events.rules.kinds import (
    BIRTHPLACES,
    COUNTED,
    COUNTED_AS,
    DEATHPLACES,
    EARLIEST,
    FARTHER,
    Kind,
    NewHead,
    place_label,
)
from balai.events.rules.months import Period, months_back, period_of

__all__ = [
    "BIRTHPLACES",
    "COUNTED",
    "COUNTED_AS",
    "COUPLE",
    "DEATHPLACES",
    "EARLIEST",
    "FARTHER",
    "Kind",
    "Member",
    "NewHead",
    "Period",
    "kinship",
    "may_marry",
    "months_back",
    "period_of",
    "place_label",
]
