"""What may leave, in which columns, how much of it, and who must agree: pure."""

from balai.exports.rules.limits import (
    ALERT_DAYS,
    DAY,
    LIVES,
    PASSWORD_BYTES,
    PERSONS_ALONE,
    PURPOSE_LONGEST,
    QUOTA,
    TRACE_LONGEST,
    is_unusual,
    left_of_quota,
    needs_second,
    password_of,
    purpose_of,
)
from balai.exports.rules.lists import AGES, BY_SLUG, SHEETS, SINCE_DAYS
from balai.exports.rules.sheets import Choice, Column, Filter, Form, Sheet, as_it_is, matters
from balai.exports.rules.states import GONE_NOWHERE, Format, State

__all__ = [
    "AGES",
    "ALERT_DAYS",
    "BY_SLUG",
    "Choice",
    "Column",
    "DAY",
    "Filter",
    "Form",
    "Format",
    "GONE_NOWHERE",
    "LIVES",
    "PASSWORD_BYTES",
    "PERSONS_ALONE",
    "PURPOSE_LONGEST",
    "QUOTA",
    "SHEETS",
    "SINCE_DAYS",
    "Sheet",
    "State",
    "TRACE_LONGEST",
    "as_it_is",
    "is_unusual",
    "left_of_quota",
    "matters",
    "needs_second",
    "password_of",
    "purpose_of",
]
