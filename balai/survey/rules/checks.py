"""What an answer can be, and which answers are asked about once more."""

from datetime import date, datetime

from balai.survey.rules.catalogue import Item, Kind


def possible(item: Item, value: object) -> bool:
    """Whether it is an answer to the item at all; no answer is one."""
    if value is None:
        return True
    if item.kind is Kind.MONTH:
        return isinstance(value, date) and not isinstance(value, datetime) and value.day == 1
    if type(value) is not int:
        return False
    if item.kind is Kind.COUNT:
        return item.low <= value <= item.high
    if item.kind is Kind.SEVERAL:
        return 0 <= value <= item.every
    return value in item.numbers
