"""What a facility is and what a list of them says: pure."""

from balai.facilities.rules.facts import ADDRESS, NAME, SOURCE, Facts, faults, letters, one_line, same_name
from balai.facilities.rules.kinds import ClosedReason, FacilityKind, Service, missing
from balai.facilities.rules.sheet import COLUMN_OF, MOST_ROWS, OUTCOMES, Column, Outcome, Read, headings, read

__all__ = [
    "ADDRESS",
    "COLUMN_OF",
    "MOST_ROWS",
    "NAME",
    "OUTCOMES",
    "SOURCE",
    "ClosedReason",
    "Column",
    "FacilityKind",
    "Facts",
    "Outcome",
    "Read",
    "Service",
    "faults",
    "headings",
    "letters",
    "missing",
    "one_line",
    "read",
    "same_name",
]
