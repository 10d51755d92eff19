"""Codes of the family card and what they may be together: pure."""

from balai.families.rules.codes import LeftReason, NumberKind, Relation, Sex
from balai.families.rules.household import (
    FAMILY,
    Fault,
    PersonFacts,
    beside,
    check,
    check_person,
    faults,
    is_name,
    may_be_mother,
    of_person,
    one_line,
)
from balai.families.rules.limits import (
    HOUR,
    MEMBERS_AT_ONCE,
    MINUTE,
    REASON_LETTERS,
    REVEAL_LASTS,
    REVEALS_AN_HOUR,
    SEARCHES_A_MINUTE,
    UNKNOWN_NIK,
    letters,
)

__all__ = [
    "FAMILY",
    "HOUR",
    "MEMBERS_AT_ONCE",
    "MINUTE",
    "REASON_LETTERS",
    "REVEALS_AN_HOUR",
    "REVEAL_LASTS",
    "SEARCHES_A_MINUTE",
    "UNKNOWN_NIK",
    "Fault",
    "LeftReason",
    "NumberKind",
    "PersonFacts",
    "Relation",
    "Sex",
    "beside",
    "check",
    "check_person",
    "faults",
    "is_name",
    "letters",
    "may_be_mother",
    "of_person",
    "one_line",
]
